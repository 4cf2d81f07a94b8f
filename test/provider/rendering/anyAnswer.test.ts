import assert from "node:assert/strict";
import fc from "fast-check";
import { HeyGenError } from "../../../heygen/errors.ts";
import { findVideo } from "../../../provider/rendering/find.ts";
import { waitForVideo } from "../../../provider/rendering/wait.ts";
import { type Answer, GATEWAY, MISSING, TROUBLE, VIDEO, watched } from "./support.ts";

const { signal } = new AbortController();

describe("whatever is answered, looking for a video", () => {
	const at = watched();

	it("ends within its time, and says that there is none only where HeyGen said so to the last", async () => {
		const answers = fc.constantFrom<Answer>(MISSING, MISSING, MISSING, GATEWAY, TROUBLE, "processing");
		const listed = fc.constantFrom<Answer>(
			"not_found",
			"not_found",
			"not_found",
			GATEWAY,
			TROUBLE,
			"processing",
		);
		const scripts = fc.tuple(fc.array(answers, { minLength: 1 }), fc.array(listed, { minLength: 1 }));
		await fc.assert(
			fc.asyncProperty(scripts, async ([reads, lists]) => {
				const start = at.clock.elapsed();
				at.asked.length = 0;
				const said: [Answer, number][] = [];
				const next = (from: Answer[], ms: number) => {
					const answer = from[at.asked.length % from.length] ?? MISSING;
					said.push([answer, ms]);
					return answer;
				};
				at.read = (ms) => next(reads, ms);
				at.list = (ms) => next(lists, ms);
				const found = await findVideo(VIDEO, { heygen: at.heygen, clock: at.clock, signal }).catch(
					(error: unknown) => error,
				);
				assert.ok(
					at.clock.elapsed() - start < 60_000 + 2_000 + 10_000,
					"a minute, and the tries of one read",
				);
				if (found !== undefined) {
					assert.ok(found instanceof HeyGenError || (found as { id: string }).id === VIDEO);
					return;
				}
				const tookMs = at.clock.elapsed() - start;
				const since = tookMs < 60_000 ? at.clock.elapsed() - 10_000 : start;
				assert.ok(!said.some(([answer, ms]) => ms > since && answer === "processing"));
			}),
			{ numRuns: 25 },
		);
	});
});

describe("whatever is answered, waiting for a video", () => {
	const at = watched();

	it("ends within the time that the user gave it", async () => {
		const common: Answer[] = [
			"processing",
			"pending",
			"completed",
			TROUBLE,
			GATEWAY,
			MISSING,
			{ status: 429 },
		];
		const refusals: Answer[] = [
			{ status: 429, retryAfter: "99999999999999999999" },
			{ status: 403, code: "forbidden" },
		];
		const answers = fc.array(fc.constantFrom(...common, "not_found", ...refusals), {
			minLength: 1,
			maxLength: 6,
		});
		await fc.assert(
			fc.asyncProperty(answers, answers, fc.boolean(), async (reads, lists, lookFirst) => {
				at.asked.length = 0;
				at.read = () => reads[at.asked.length % reads.length] ?? TROUBLE;
				at.list = () => lists[at.asked.length % lists.length] ?? TROUBLE;
				const { heygen, clock, renders } = at;
				const how = { heygen, clock, poller: renders.poller, signal, report: () => {} };
				const start = clock.elapsed();
				const ended = await waitForVideo(VIDEO, { ...how, timeoutMs: 30_000, lookFirst }).catch(
					(error: unknown) => error,
				);
				assert.ok(at.clock.elapsed() - start <= 30_000, `${at.clock.elapsed() - start} ms`);
				assert.ok(!(ended instanceof TypeError || ended instanceof RangeError), String(ended));
			}),
			{ numRuns: 25 },
		);
	});
});
