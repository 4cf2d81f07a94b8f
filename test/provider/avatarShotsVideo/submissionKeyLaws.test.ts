import assert from "node:assert/strict";
import fc from "fast-check";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import type { CheckedInputs } from "../../../provider/avatarShotsVideo/inputs.ts";
import { requestBody } from "../../../provider/avatarShotsVideo/renderRequest.ts";
import { keyOfNewTake, submissionKey } from "../../../provider/avatarShotsVideo/submissionKey.ts";
import { keyAfter, keyOf } from "../../../provider/keys.ts";
import type { Values } from "../../../provider/lifecycle.ts";
import { anyJson, anyText } from "../../support/anything.ts";
import { testContext } from "../../support/context.ts";
import { notRendered, rendered, spelling } from "./requests.ts";

const checked = (inputs: Values, olds?: Values) => {
	const found = checkWith(undefined, inputs, olds, testContext());
	assert.deepEqual(found.problems, []);
	return found.inputs;
};
const keyFor = (inputs: Values, olds?: Values) => checked(inputs, olds)["submissionKey"];

describe("the submission key of any request", () => {
	it("depends on nothing but what renders", () => {
		fc.assert(
			fc.property(rendered, notRendered, notRendered, spelling, (render, some, others, spelled) => {
				assert.equal(keyFor(spelled({ ...render, ...some })), keyFor({ ...render, ...others }));
			}),
		);
	});

	it("is the one that it has, while nothing that renders changes", () => {
		fc.assert(
			fc.property(rendered, notRendered, spelling, (render, others, spelled) => {
				const olds = { ...checked(render), submissionKey: "made-by-another-version" };
				assert.equal(keyFor(spelled({ ...render, ...others }), olds), "made-by-another-version");
			}),
		);
	});

	it("takes a prompt as it is given, since HeyGen gets its very characters", () => {
		const texts = fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(texts, (text) => {
				const [composed, decomposed] = [text.normalize("NFC"), text.normalize("NFD")];
				const of = (prompt: string) => checked({ prompt, avatarIds: ["a"] });
				assert.equal(
					of(composed)["submissionKey"] === of(decomposed)["submissionKey"],
					composed === decomposed,
				);
				const sent = requestBody(of(decomposed) as CheckedInputs, "avatar_shots", () => "");
				assert.equal(sent.prompt, decomposed.replace(/\r\n?/g, "\n"));
			}),
		);
	});

	it("is never shared by two resources, two scopes, two takes or two requests", () => {
		const identity = fc.record({
			urn: anyText({ maxLength: 3 }),
			keyScope: anyText({ maxLength: 3 }),
			revision: fc.option(fc.oneof(anyText({ maxLength: 2 }), fc.integer({ min: -2, max: 2 })), {
				nil: undefined,
			}),
			render: anyText({ maxLength: 3 }),
		});
		const told = ({ revision, ...others }: Parameters<typeof submissionKey>[0]) =>
			JSON.stringify([others, revision === undefined ? null : String(revision)]);
		const pairs = fc.tuple(
			identity,
			identity,
			fc.subarray(["urn", "keyScope", "revision", "render"] as const),
		);
		fc.assert(
			fc.property(pairs, ([one, other, same]) => {
				const near = { ...other, ...Object.fromEntries(same.map((name) => [name, one[name]])) };
				assert.equal(submissionKey(one) === submissionKey(near), told(one) === told(near));
			}),
		);
	});

	it("comes with the scope that is set and the resource's own name", () => {
		fc.assert(
			fc.property(anyText(), fc.stringMatching(/^[a-z0-9-]{0,8}$/), rendered, (urn, scope, render) => {
				const { inputs } = checkWith(
					undefined,
					render,
					undefined,
					testContext({ urn, environment: { HEYGEN_KEY_SCOPE: scope } }),
				);
				const isPlain = urn === testContext().urn && scope === "";
				assert.equal(inputs["submissionKey"] === keyFor(render), isPlain);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("every key", () => {
	it("is one that HeyGen takes, and no two of a chain and its takes are the same", () => {
		fc.assert(
			fc.property(fc.array(anyJson), (parts) => {
				const key = keyOf(parts);
				const keys = [key, keyAfter(key), keyAfter(keyAfter(key)), keyOfNewTake(key), keyOf([key])];
				for (const each of keys) assert.match(each, /^[A-Za-z0-9_:.-]{1,255}$/);
				assert.equal(new Set(keys).size, keys.length);
			}),
		);
	});
});
