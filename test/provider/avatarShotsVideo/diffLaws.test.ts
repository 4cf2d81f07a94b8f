import assert from "node:assert/strict";
import fc from "fast-check";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import type { CheckedInputs } from "../../../provider/avatarShotsVideo/inputs.ts";
import { askedFor } from "../../../provider/avatarShotsVideo/state.ts";
import type { Values } from "../../../provider/lifecycle.ts";
import { testContext } from "../../support/context.ts";
import { notRendered, rendered, spelling } from "./requests.ts";

const NOTHING = { changed: false, replaces: [] };

const inputsOf = (given: Values) => {
	const { inputs, problems } = checkWith(undefined, given, undefined, testContext());
	assert.deepEqual(problems, []);
	return inputs;
};
/** As the engine keeps it, in JSON. */
const stateOf = (inputs: Values, status = "completed"): Values =>
	JSON.parse(JSON.stringify({ ...askedFor(inputsOf(inputs) as CheckedInputs), status, account: "me" }));
const between = (state: Values, inputs: Values) => diff("v1", state, inputsOf(inputs), testContext());

describe("the difference between any two requests", () => {
	it("is nothing between a finished video and the inputs it was made from, however they are spelled", () => {
		fc.assert(
			fc.property(rendered, notRendered, spelling, (render, others, spelled) => {
				const inputs = { ...render, ...others };
				assert.deepEqual(between(stateOf(inputs), spelled(inputs)), NOTHING);
				const adopted = { ...inputs, adoptVideoId: "v1" };
				assert.deepEqual(between(stateOf(adopted), spelled(adopted)), NOTHING);
			}),
		);
	});

	it("is free where all that renders is the same", () => {
		fc.assert(
			fc.property(rendered, notRendered, notRendered, (render, before, after) => {
				const found = between(stateOf({ ...render, ...before }), { ...render, ...after });
				const told = ({ title, callbackUrl, callbackId, wait }: Values) =>
					JSON.stringify([title, callbackUrl, callbackId, wait].map((value) => value ?? null));
				assert.deepEqual(found, { changed: told(before) !== told(after), replaces: [] });
			}),
		);
	});

	it("calls the same a replacement in both directions, and gives the two another key exactly then", () => {
		const pairs = fc.oneof(
			fc.tuple(rendered, rendered),
			fc
				.tuple(rendered, rendered, fc.nat())
				.map(([one, other, at]) => [one, { ...one, ...sameLength(one, partOf(other, at)) }] as const),
		);
		fc.assert(
			fc.property(pairs, ([one, other]) => {
				const there = between(stateOf(one), other);
				assert.deepEqual(there, between(stateOf(other), one));
				const sameKey = inputsOf(one)["submissionKey"] === inputsOf(other)["submissionKey"];
				assert.equal(there.replaces.length === 0, sameKey);
				assert.equal(there.changed, !sameKey);
			}),
		);
	});

	it("is never nothing while the video is not finished, and another render only when it is lost", () => {
		const statuses = fc.oneof(fc.string(), fc.constantFrom("pending", "failed", "gone", "constructor"));
		fc.assert(
			fc.property(rendered, statuses, (inputs, status) => {
				fc.pre(status !== "completed");
				const lost = status === "failed" || status === "gone";
				const expected = { changed: true, replaces: lost ? ["status"] : [] };
				assert.deepEqual(between(stateOf(inputs, status), inputs), expected);
			}),
		);
	});
});

/** One input of a request, in turn. */
function partOf(inputs: Values, at: number): Values {
	const entries = Object.entries(inputs);
	return Object.fromEntries(entries.slice(at % entries.length).slice(0, 1));
}

/** Nothing of a length that does not go with the other one's. */
function sameLength(one: Values, part: Values): Values {
	const isLength = "duration" in part || "autoDuration" in part;
	return isLength && ("duration" in one || "autoDuration" in one) ? {} : part;
}
