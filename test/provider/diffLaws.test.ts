import assert from "node:assert/strict";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { asset } from "../../provider/asset/index.ts";
import type { Lifecycle, Values } from "../../provider/lifecycle.ts";
import { driftOf, sha256Of } from "../../provider/videoFile/fileOnDisk.ts";
import { createVideoFile } from "../../provider/videoFile/index.ts";
import { placeOf } from "../../provider/videoFile/place.ts";
import { webhookEndpoint } from "../../provider/webhookEndpoint/index.ts";
import { anyText } from "../support/anything.ts";
import { testContext } from "../support/context.ts";
import { SAMPLES } from "../support/samples.ts";

const NOTHING = { changed: false, replaces: [] };

/** What a lifecycle makes of a user's inputs. */
async function checked<State extends object>(lifecycle: Lifecycle<State>, given: Values): Promise<Values> {
	const { inputs, problems } = await lifecycle.check(given, undefined, testContext());
	assert.deepEqual(problems, []);
	return inputs;
}
/** As the engine keeps it, in JSON. */
const kept = (state: Values): Values => JSON.parse(JSON.stringify(state));

describe("the difference between any two webhook endpoints", () => {
	const endpoint = fc.record(
		{
			url: fc.webUrl({ validSchemes: ["https"] }),
			events: fc.uniqueArray(fc.stringMatching(/^[a-z.]{1,6}$/), { minLength: 1, maxLength: 4 }),
			entityId: fc.stringMatching(/^[a-z]{1,2}$/),
			secretVersion: fc.oneof(anyText({ maxLength: 2 }), fc.integer()),
		},
		{ requiredKeys: ["url"] },
	);
	const stateOf = (inputs: Values) =>
		kept({ ...inputs, secret: "whsec_1", status: "enabled", stateVersion: 1 });
	const between = (state: Values, inputs: Values) => webhookEndpoint.diff("e1", state, inputs, testContext());

	it("is nothing between one and the inputs it was made from, in any order of events and spelling of the URL", async () => {
		await fc.assert(
			fc.asyncProperty(endpoint, fc.boolean(), async (given, adopted) => {
				const inputs = await checked(webhookEndpoint, {
					...given,
					...(adopted ? { adoptEndpointId: "e1" } : {}),
				});
				const { events, url, secretVersion } = given;
				const again = {
					...inputs,
					url: new URL(url).href,
					...(events === undefined ? {} : { events: events.toReversed() }),
					...(secretVersion === undefined ? {} : { secretVersion: String(secretVersion) }),
				};
				assert.deepEqual(await between(stateOf(inputs), again), NOTHING);
			}),
		);
	});

	it("calls the same a replacement, and a change, in both directions", async () => {
		await fc.assert(
			fc.asyncProperty(endpoint, endpoint, async (one, other) => {
				const there = await between(stateOf(one), other);
				assert.deepEqual(there, await between(stateOf(other), one));
				assert.equal(there.replaces.length > 0, one.entityId !== other.entityId);
			}),
		);
	});
});

describe("the difference between any two assets", () => {
	const bytes = fc.record({ sha256: fc.stringMatching(/^[0-9a-f]{1,2}$/), source: fc.string() });
	const stateOf = ({ sha256 }: Values) =>
		kept({ sha256, mimeType: "image/png", sizeBytes: 1, account: "me", stateVersion: 1 });
	const between = (state: Values, inputs: Values) => asset.diff("a1", state, inputs, testContext());

	it("is one of bytes alone, in both directions", async () => {
		await fc.assert(
			fc.asyncProperty(bytes, bytes, async (one, other) => {
				const there = await between(stateOf(one), other);
				assert.deepEqual(there, await between(stateOf(other), one));
				const same = one.sha256 === other.sha256;
				assert.deepEqual(there, same ? NOTHING : { changed: true, replaces: ["sha256"] });
			}),
		);
	});
});

describe("the difference between any two video files", () => {
	let folder: string;
	before(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-")));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	const parts = fc.array(fc.constantFrom("a", "b", ".", "é"), { minLength: 1, maxLength: 3 });
	const file = fc.record({
		videoId: fc.constantFrom("v1", "v2"),
		path: parts.map((names) => [...names, "hero.mp4"].join("/")),
		overwrite: fc.boolean(),
	});
	const written = async (inputs: Values) => {
		const { absolute } = placeOf(folder, String(inputs["path"]));
		await mkdir(dirname(absolute), { recursive: true });
		await writeFile(absolute, SAMPLES["video/mp4"]);
		const sha256 = await sha256Of(absolute);
		const state = {
			...inputs,
			sha256,
			sizeBytes: SAMPLES["video/mp4"].length,
			mtimeMs: 1,
			account: "me",
			stateVersion: 1,
		};
		assert.equal(await driftOf(absolute, state), undefined);
		return kept(state);
	};
	const idOf = ({ path }: Values) => placeOf(folder, String(path)).id;
	const between = (state: Values, inputs: Values) =>
		createVideoFile({ folder }).diff(idOf(state), state, inputs, testContext());

	it("is nothing for one that is as it was written, and else the same in both directions", async () => {
		await fc.assert(
			fc.asyncProperty(file, file, async (one, other) => {
				const [first, second] = [
					await checked(createVideoFile({ folder }), one),
					await checked(createVideoFile({ folder }), other),
				];
				const [before, after] = [await written(first), await written(second)];
				assert.deepEqual(await between(before, first), NOTHING);
				assert.deepEqual(await between(before, { ...first, path: `./x/../${one.path}` }), NOTHING);
				const there = await between(before, second);
				assert.deepEqual(there, await between(after, first));
				assert.equal(there.replaces.length > 0, idOf(first) !== idOf(second));
			}),
			{ numRuns: 40 },
		);
	});
});
