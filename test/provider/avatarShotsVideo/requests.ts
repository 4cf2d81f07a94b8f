import fc from "fast-check";
import { ASPECT_RATIOS, RESOLUTIONS } from "../../../heygen/schemas/videoRequest.ts";
import type { Values } from "../../../provider/lifecycle.ts";
import { anyText, objectOf } from "../../support/anything.ts";

const id = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const line = fc
	.oneof(anyText({ maxLength: 12 }), fc.string({ unit: "grapheme", maxLength: 12 }))
	.map((text) => text.replace(/[\r\n]/g, ""));

/** The lines of a prompt, which is never empty. */
const lines = fc.tuple(fc.constantFrom("a", "é", "e\u0301"), fc.array(line, { maxLength: 4 }));

const reference = fc.oneof(
	fc.webUrl({ validSchemes: ["https"], withQueryParameters: true }).map((url) => ({ url })),
	id.map((assetId) => ({ assetId })),
	fc
		.uint8Array({ minLength: 3, maxLength: 9 })
		.map((bytes) => ({ base64: Buffer.from(bytes).toString("base64"), mediaType: "image/png" })),
);

const length = fc.oneof(
	fc.constant({}),
	fc.record({ duration: fc.integer({ min: 4, max: 15 }) }),
	fc.record({ autoDuration: fc.constant(true) }),
	fc.record({ duration: fc.integer({ min: 4, max: 15 }), autoDuration: fc.constant(false) }),
);

const revision = fc.oneof(
	fc.integer(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	anyText({ maxLength: 5 }),
);

/** What of a video's inputs renders: valid, each input there or not. */
export const rendered: fc.Arbitrary<Values> = fc
	.tuple(
		lines,
		length,
		fc.record(
			{
				avatarIds: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
				references: fc.array(reference, { maxLength: 3 }),
				aspectRatio: fc.constantFrom(...ASPECT_RATIOS),
				resolution: fc.constantFrom(...RESOLUTIONS),
				enhancePrompt: fc.boolean(),
				revision,
			},
			{ requiredKeys: ["avatarIds"] },
		),
	)
	.map(([[first, more], ofLength, others]) => ({
		prompt: [first, ...more].join("\n"),
		...ofLength,
		...others,
	}));

/** What does not render, each input there or not. */
export const notRendered: fc.Arbitrary<Values> = fc.record(
	{
		title: anyText({ maxLength: 9 }),
		callbackUrl: fc.webUrl({ validSchemes: ["https"] }),
		callbackId: anyText({ maxLength: 9 }),
		wait: fc.constantFrom({}, { timeout: "5m" }, { timeout: "24h" }),
	},
	{ requiredKeys: [] },
);

const ALL = [
	"references",
	"aspectRatio",
	"resolution",
	"duration",
	"autoDuration",
	"enhancePrompt",
	"revision",
];

/** How else one text of a program spells a request: the order of keys, `undefined` for absent, the ends of lines. */
export const spelling: fc.Arbitrary<(inputs: Values) => Values> = fc
	.record({
		order: fc.nat(),
		spelledOut: fc.boolean(),
		end: fc.constantFrom("\n", "\r\n", "\r"),
	})
	.map(({ order, spelledOut, end }) => {
		const turned = (value: unknown): unknown => {
			if (Array.isArray(value)) return value.map(turned);
			if (typeof value !== "object" || value === null) return value;
			const entries = Object.entries(value);
			const first = order % (entries.length || 1);
			return objectOf(
				[...entries.slice(first), ...entries.slice(0, first)].map(([key, item]) => [key, turned(item)]),
			);
		};
		const absent = objectOf(ALL.map((name) => [name, undefined]));
		return (inputs) => {
			const prompt = String(inputs["prompt"]).replaceAll("\n", end);
			return turned({ ...(spelledOut ? absent : {}), ...inputs, prompt }) as Values;
		};
	});
