import assert from "node:assert/strict";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { Shared, unknown } from "../../../provider/lifecycle.ts";
import { URN } from "../../support/context.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const urnOf = (name: string) => URN.replace("hero", name);

describe("heygen:maxNewVideos", () => {
	const at = scene({ concurrency: 50 });

	function capped(most: number, more: Record<string, string> = {}) {
		const environment = { HEYGEN_MAX_NEW_VIDEOS: String(most), HEYGEN_CONCURRENCY: "50", ...more };
		const first = at.run({ environment });
		return (name: string) => at.run({ sameRunAs: first, environment, urn: urnOf(name) });
	}
	const names = (count: number) => Array.from({ length: count }, (_, number) => `v${number}`);
	const makeAll = (run: ReturnType<typeof capped>, all: string[], inputs = VIDEO) =>
		Promise.allSettled(all.map((name) => made(run(name), inputs)));
	const count = (outcomes: PromiseSettledResult<unknown>[]) =>
		outcomes.filter(({ status }) => status === "fulfilled").length;

	it("lets as many renders start as it says", async () => {
		assert.equal(count(await makeAll(capped(12), names(12))), 12);
		assert.equal(at.paid(), 12);
	});

	it("pays for none of too many that are created together, and says what to do", async () => {
		const outcomes = await makeAll(capped(20, { HEYGEN_PRICE_PER_VIDEO_USD: "6.5" }), names(30));
		assert.deepEqual([count(outcomes), at.paid()], [0, 0]);
		for (const outcome of outcomes) {
			assert.ok(outcome.status === "rejected" && outcome.reason instanceof Shared);
			const { message, shared } = outcome.reason;
			assert.match(
				message,
				/^The video was not submitted and nothing was paid\. This run wants to render at least 30/,
			);
			assert.match(
				message,
				/30 videos \(USD 195\.00\); heygen:maxNewVideos allows 20\. Not begun: v0, v1, v10,/,
			);
			assert.match(message, /and 10 more\. .*`pulumi config set heygen:maxNewVideos 30`.*`pulumi preview`/);
			assert.equal(
				shared?.brief,
				"The video was not submitted and nothing was paid: heygen:maxNewVideos allows 20 in one run",
			);
		}
		const submits = at.emulator.control.requests().filter(({ method }) => method === "POST");
		assert.deepEqual(submits, []);
	});

	it("is never passed by renders that come one after the other", async () => {
		const run = capped(2);
		await made(run("v0"));
		await made(run("v1"));
		await assert.rejects(
			made(run("v2")),
			/at least 3 videos \(USD 21\.00\), 2 of which it has started; .* allows 2/,
		);
		assert.equal(at.paid(), 2);
	});

	it("counts replacements, also those that a comparison has not foreseen", async () => {
		const inputs = checked(VIDEO, at.run({ urn: urnOf("v0") }));
		const { id, state } = await create(inputs, at.run({ urn: urnOf("v0") }));
		const context = capped(0)("v0");
		const next = { ...VIDEO, prompt: "Another." };
		diff(id, state, checked(next, context, inputs), context);
		await assert.rejects(made(context, next), /heygen:maxNewVideos allows 0/);
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("does not count what an earlier run has paid: by its mark nothing is submitted at all", async () => {
		const all = names(6);
		await Promise.all(all.slice(0, 4).map((name) => made(at.run({ urn: urnOf(name) }))));
		assert.equal(count(await makeAll(capped(2), all)), 6);
		assert.equal(at.paid(), 6);
	});

	it("refuses all that is new when it is too much, and takes over what an earlier run has paid", async () => {
		const all = names(6);
		await Promise.all(all.slice(0, 3).map((name) => made(at.run({ urn: urnOf(name) }))));
		const outcomes = await makeAll(capped(2), all);
		assert.deepEqual([count(outcomes), at.paid()], [3, 3]);
	});

	it("gives back what a submit turns out not to have paid", async () => {
		const without = { HEYGEN_MARK_TITLES: "false" };
		await made(at.run({ urn: urnOf("v0"), environment: without }));
		at.emulator.control.clock.advance(3_600);
		const run = capped(1, without);
		await made(run("v0"));
		await made(run("v1"));
		await assert.rejects(made(run("v2")), /heygen:maxNewVideos allows 1/);
		assert.equal(at.paid(), 2);
	});

	it("gives back what HeyGen has refused, and keeps what may have been taken", async () => {
		const run = capped(1);
		const answer = (action: object) =>
			at.emulator.control.intercept({ method: "POST", route: "/v3/videos", times: 1, action } as never);
		answer({ status: 400, code: "avatar_not_usable" });
		await assert.rejects(made(run("v0")), /avatar_not_usable/);
		answer({ status: 401, html: "<h1>Sign in</h1>" });
		await assert.rejects(made(run("v1")), /may have been accepted/);
		await assert.rejects(made(run("v2")), /heygen:maxNewVideos allows 1/);
		assert.equal(at.paid(), 0);
	});

	it("gives back what was not submitted, since a file of it could not be uploaded", async () => {
		const run = capped(1);
		const inputs = {
			...checked(VIDEO, run("v0")),
			references: [{ file: "none.png", sha256: "0".repeat(64) }],
		};
		await assert.rejects(create(inputs, run("v0")), /nothing was paid\. references\[0\]\.file/);
		await made(run("v1"));
		assert.equal(at.paid(), 1);
	});

	it("never counts a video that is adopted", async () => {
		const { id } = await made(at.run({ urn: urnOf("v0") }));
		await made(capped(0)("v1"), { ...VIDEO, adoptVideoId: id });
		assert.equal(at.paid(), 1);
	});

	it("lets a preview tell a new video with unknown inputs from one that may turn out unchanged", () => {
		const context = capped(1)("hero");
		const planned = { ...VIDEO, prompt: unknown };
		assert.deepEqual(
			[checked(planned, context)["submissionKey"], checked(planned, context)["firstRender"]],
			[unknown, true],
		);
		const olds = checked(VIDEO, context);
		assert.equal(checked(planned, context, olds)["firstRender"], undefined);
		assert.equal(checked(planned, context)["firstRender"], undefined, "the second check of a replacement");
		assert.equal(checked(VIDEO, capped(1)("hero"))["firstRender"], undefined);
		assert.equal(checked(planned, at.run())["firstRender"], undefined, "without a limit");
	});
});
