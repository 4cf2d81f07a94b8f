import assert from "node:assert/strict";
import { priceLine, pricePerVideo } from "../../scripts/start/price.ts";
import { UserError } from "../../scripts/userError.ts";

const urn = (type: string, name: string) => `urn:pulumi:heygen::project::${type}::${name}`;
const VIDEO = "pulumi-nodejs:dynamic/heygen:AvatarShotsVideo";
const video = urn(VIDEO, "hero");
const STACK = { op: "same", urn: urn("pulumi:pulumi:Stack", "project-heygen") };
const prompt = { prompt: "A baker.", submissionKey: "ph1" };

interface Given {
	op: string;
	urn?: string;
	inputs?: object;
}

/** The output of a preview with these steps of a video that was made of another prompt. */
const preview = (...steps: Given[]) =>
	JSON.stringify({
		config: {},
		steps: [
			{ ...STACK, newState: { inputs: {} } },
			...steps.map(({ op, urn = video, inputs = prompt }) => ({
				op,
				urn,
				oldState: op === "create" ? undefined : { id: "v1", inputs: {}, outputs: { prompt: "A cook." } },
				newState: { inputs },
			})),
		],
	});

describe("what `npm start` says of the price before anything is paid", () => {
	const RENDERED = "Price: 1 video × USD 7.00 = USD 7.00.";
	const FREE = "Price: nothing is rendered, so nothing is paid.";

	it("counts a first render, also inside a component", () => {
		assert.equal(priceLine(preview({ op: "create" }), 7), RENDERED);
		const inside = urn(`heygen:index:VideoSet$${VIDEO}`, "set-hero");
		const both = preview({ op: "create" }, { op: "create", urn: inside });
		assert.equal(priceLine(both, 6.5), "Price: 2 videos × USD 6.50 = USD 13.00.");
	});

	it("counts a replacement once, told in one step or in several", () => {
		assert.equal(priceLine(preview({ op: "replace" }), 7), RENDERED);
		const several = ["create-replacement", "replace", "delete-replaced"].map((op) => ({ op }));
		assert.equal(priceLine(preview(...several), 7), RENDERED);
	});

	it("counts what may turn out to be a render as the most that there can be", () => {
		const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
		const inputs = { prompt: unknown, submissionKey: unknown };
		assert.equal(
			priceLine(preview({ op: "replace", inputs }), 7),
			"Price: at most 1 video × USD 7.00 = USD 7.00.",
		);
	});

	it("counts neither updates and deletions nor a video that is adopted", () => {
		for (const op of ["update", "delete"]) assert.equal(priceLine(preview({ op }), 7), FREE, op);
		assert.equal(priceLine(preview({ op: "create", inputs: { adoptVideoId: "v1" } }), 7), FREE);
	});

	it("is nothing where there is nothing to do", () => {
		assert.equal(priceLine(preview({ op: "same" }, { op: "read" }), 7), undefined);
		assert.equal(priceLine('{ "changeSummary": { "same": 2 } }', 7), undefined);
	});

	it("takes the price as the provider does: the stack's, the environment's, the list price", () => {
		const environment = { HEYGEN_PRICE_PER_VIDEO_USD: "6.5" };
		assert.equal(pricePerVideo("5\n", environment), 5);
		assert.equal(pricePerVideo(undefined, environment), 6.5);
		assert.equal(pricePerVideo(undefined, {}), 7);
		for (const wrong of ["1e3", "-1", "free"]) {
			const refused = (error: unknown) =>
				error instanceof UserError && /^heygen:pricePerVideoUsd: must be a number/.test(error.message);
			assert.throws(() => pricePerVideo(wrong, environment), refused, wrong);
			assert.throws(() => pricePerVideo(undefined, { HEYGEN_PRICE_PER_VIDEO_USD: wrong }), refused, wrong);
		}
	});
});
