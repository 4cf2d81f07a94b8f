import assert from "node:assert/strict";
import type { InterceptionAction } from "../../../emulator/index.ts";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { type Change, type Rewritten, rewriting } from "../../support/rewriting.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

describe("submitting a video", () => {
	const at = scene();
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});
	const answer = (action: InterceptionAction, times = 1) =>
		at.emulator.control.intercept({ method: "POST", route: "/v3/videos", times, action });
	const submits = () =>
		at.emulator.control.requests().filter(({ method, path }) => method === "POST" && path === "/v3/videos");
	const through = async (change: Change) => {
		server ??= await rewriting(at.emulator.url, change);
		return at.run({ baseUrl: server.url });
	};
	const withoutAge = ({ text, date }: Rewritten) => ({
		text: text.replace(/"created_at":\d+/, '"created_at":null'),
		date,
	});

	for (const [name, refusal] of [
		["the wallet is empty", { status: 402, code: "insufficient_credit" }],
		["the key may not do it", { status: 403, code: "forbidden" }],
		["the request is refused", { status: 400, code: "invalid_parameter" }],
	] as const) {
		it(`does not say that nothing was paid when an earlier try was lost and then ${name}`, async () => {
			answer("lose-answer");
			answer(refusal);
			const error = await made(at.run()).catch((thrown: Error) => thrown);
			assert.ok(error instanceof Error);
			assert.match(error.message, /may have been accepted.*under the same key/s);
			assert.doesNotMatch(error.message, /nothing was paid/);
			assert.equal(at.paid(), 1);
		});
	}

	it("says that nothing was paid when all tries were refused, also after it was told to slow down", async () => {
		answer({ status: 429, code: "rate_limit_exceeded" });
		answer({ status: 402, code: "insufficient_credit" });
		await assert.rejects(made(at.run()), /nothing was paid/);
	});

	it("says what to do about a render that failed for want of money", async () => {
		const empty = { ...VIDEO, prompt: "A baker. [fail: insufficient_credit: no money]" };
		await assert.rejects(made(at.run(), empty), /insufficient_credit: no money.*Top up the API wallet/s);
	});

	it("takes a 408, and a 404 of a gateway, for no clear answer", async () => {
		for (const status of [408, 404]) {
			const refusal = answer({ status, html: "<h1>no</h1>" }, 8);
			await assert.rejects(made(at.run()), /may have been accepted/);
			refusal.remove();
		}
	});

	it("sends moderated content once, whatever HeyGen's words for the refusal are", async () => {
		const message = "This type of content is not allowed for avatar_shots";
		answer({ status: 400, code: "content_policy_violation", message }, 9);
		const context = at.run();
		await assert.rejects(made(context), /content_policy_violation/);
		assert.deepEqual([submits().length, context.notes, context.renders.videoType], [1, [], "avatar_shots"]);
	});

	for (const [name, fields] of [
		["names the field", { message: "no such kind", param: "type" }],
		["quotes the word", { message: 'Input should be "cinematic_avatar", got "avatar_shots"' }],
	] as const) {
		it(`uses the type's other word when a refusal ${name}`, async () => {
			answer({ status: 400, code: "invalid_parameter", ...fields });
			const context = at.run();
			await made(context);
			assert.deepEqual([at.paid(), context.renders.videoType], [1, "cinematic_avatar"]);
		});
	}

	it("tries a failed render again in a later run, also when HeyGen does not say how old it is", async () => {
		at.emulator.control.settings.renderSeconds = 1;
		at.emulator.control.failNextRender({ code: "rendering_failed", message: "no" });
		await assert.rejects(made(await through(withoutAge)), /The render failed/);
		const { id } = await made(await through(withoutAge));
		assert.equal(at.emulator.control.acceptedRenders(), 2);
		assert.equal(at.emulator.control.videos().at(-1)?.id, id);
	});

	const dated =
		(seconds: number): Change =>
		({ text, date }) => ({ text, date: new Date(Date.parse(date) + seconds * 1000).toUTCString() });
	const NONE = '{"data":[],"has_more":false}';
	/** Lists nothing, the first times that it is asked. */
	const unlisted = (times: number, then: Change): Change => {
		let asked = 0;
		return (answer, path, method) => {
			const hidden = path.startsWith("/v3/videos?") && asked++ < times;
			return then(hidden ? { ...answer, text: NONE } : answer, path, method);
		};
	};
	const moderated = { ...VIDEO, prompt: "A baker. [fail-now: content_policy_violation: No]" };
	for (const [name, change, most] of [
		["its clocks agree", (same: Rewritten) => same, 1],
		["HeyGen does not say how old a video is", withoutAge, 1],
		["its clocks are 20 seconds apart", dated(20), 1],
		["its clocks are an hour apart", dated(3600), 1],
		["its clocks are an hour apart the other way", dated(-3600), 1],
		["its clocks are an hour apart, and its list lags", unlisted(2, dated(3600)), 2],
		["HeyGen does not say how old a video is, and lists no failed ones", unlisted(99, withoutAge), 2],
	] as const) {
		it(`is not sent again and again when it fails at once and ${name}`, async () => {
			await assert.rejects(made(await through(change), moderated), /content_policy_violation/);
			const accepted = at.emulator.control.acceptedRenders();
			assert.ok(accepted <= most, `${accepted} submits`);
		});
	}

	for (const [name, change] of [
		["its clocks agree", dated(0)],
		["HeyGen does not say how old a video is", withoutAge],
		["its clocks are an hour apart", dated(3600)],
		["its clocks are an hour apart the other way", dated(-3600)],
		["HeyGen lists no failed ones", unlisted(99, dated(0))],
	] as const) {
		it(`is sent once more by each run after it failed at once, when ${name}`, async () => {
			for (let runs = 1; runs <= 4; runs++) {
				await assert.rejects(made(await through(change), moderated), /content_policy_violation/);
				assert.equal(at.emulator.control.acceptedRenders(), runs);
				at.emulator.control.clock.advance(60);
			}
		});
	}

	it("tells an adopted video that failed by the input that names it", async () => {
		at.emulator.control.failNextRender({ code: "rendering_failed", message: "no" });
		await made(at.run()).catch(() => undefined);
		const [failed] = at.alive();
		const error = await made(at.run(), { ...VIDEO, adoptVideoId: failed }).catch((thrown: Error) => thrown);
		assert.ok(error instanceof Error);
		assert.match(error.message, /leave adoptVideoId out/);
		assert.doesNotMatch(error.message, /run again/);
	});

	it("says that an adopted video is taken as it is", async () => {
		const { id } = await made(at.run());
		const context = at.run();
		await create(checked({ ...VIDEO, adoptVideoId: id, prompt: "Other." }, context), context);
		assert.match(context.notes.join(), new RegExp(`${id} is adopted as it is.*not rendered`));
		assert.equal(at.paid(), 1);
	});

	it("says that an answer was not understood, where that is what ended the wait", async () => {
		const odd = ({ text, date }: Rewritten) => ({
			text: text.startsWith('{"data":{"id":') ? text.replace('"status":', '"state":') : text,
			date,
		});
		const context = await through(odd);
		// The clock runs a hundred times faster than what the requests take.
		const inputs = { ...VIDEO, wait: { timeout: "5m" } };
		await assert.rejects(made(context, inputs), /is submitted, but.*not what the API promises/);
	});
});
