import assert from "node:assert/strict";
import { SHOW_MS } from "../../../provider/avatarShotsVideo/account.ts";
import { checkWith } from "../../../provider/avatarShotsVideo/check.ts";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { Unfinished } from "../../../provider/lifecycle.ts";
import { quickClock } from "../../support/clock.ts";
import { URN } from "../../support/context.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { rewriting } from "../../support/rewriting.ts";
import { steppedClock } from "../../support/steppedClock.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const GATEWAY = { status: 404, html: "<h1>Not found</h1>" } as const;
const NOT_FOUND = { status: 404, code: "video_not_found" } as const;

describe("creating a video", () => {
	const at = scene();
	const answerReads = (times: number, action: typeof GATEWAY | typeof NOT_FOUND) =>
		at.emulator.control.intercept({ method: "GET", route: "/v3/videos/{id}", times, action });
	const remove = (id: string) => at.run().heygen().deleteVideo(id);
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});

	it("pays once when a gateway says that the new video is not there", async () => {
		answerReads(6, GATEWAY);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("pays once when HeyGen does not show the new video for a while", async () => {
		answerReads(20, NOT_FOUND);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("pays once when its reads never know the video that its list of statuses knows", async () => {
		answerReads(60, NOT_FOUND);
		const { id } = await made(at.run());
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("renders anew, soon, when what the key stands for was deleted", async () => {
		const { id } = await made(at.run());
		await remove(id);
		const context = at.run();
		const start = context.clock.elapsed();
		const next = await made(context);
		const tookMs = context.clock.elapsed() - start;
		assert.deepEqual([at.paid(), at.alive()], [2, [next.id]]);
		assert.ok(tookMs >= 30_000, `${tookMs} ms`);
		const looks = at.emulator.control
			.requests()
			.filter(({ path, status }) => path.endsWith(id) && status === 404);
		assert.ok(looks.length <= 17, `${looks.length} looks, two seconds apart`);
		const waits = context.reports.filter((text) => text.includes(id));
		assert.deepEqual(waits, [`HeyGen answers with video ${id} and does not show it: looking for up to 30 s`]);
	});

	for (const [name, seconds, most] of [
		["once when HeyGen shows new videos after 20 seconds", 20, 1],
		["twice, and not for each key, when HeyGen shows them after 50", 50, 2],
	] as const) {
		it(`pays ${name}`, async () => {
			const clock = quickClock(20);
			const submitted = new Map<string, number>();
			const isHidden = (id: string) => clock.elapsed() < (submitted.get(id) ?? 0) + seconds * 1_000;
			server = await rewriting(at.emulator.url, (answer, path, method) => {
				if (method === "POST") submitted.set(JSON.parse(answer.text).data.video_id, clock.elapsed());
				const id = [...submitted.keys()].find((known) => path.includes(known));
				if (id === undefined || !isHidden(id)) return answer;
				return path.includes("statuses")
					? { ...answer, text: JSON.stringify({ data: [{ video_id: id, status: "not_found" }] }) }
					: { ...answer, status: 404, text: '{"error":{"code":"video_not_found","message":"no"}}' };
			});
			await made(at.run({ baseUrl: server.url, clock }));
			assert.equal(at.emulator.control.acceptedRenders(), most);
		});
	}

	it("holds one video each when HeyGen answers two submits with the same one", async () => {
		let first: string | undefined;
		let submits = 0;
		server = await rewriting(at.emulator.url, (answer, path, method) => {
			if (method !== "POST" || path !== "/v3/videos" || submits++ > 1) return answer;
			first ??= answer.text;
			return { ...answer, text: first };
		});
		const hero = at.run({ baseUrl: server.url });
		const second = at.run({ baseUrl: server.url, sameRunAs: hero, urn: URN.replace("hero", "second") });
		const [one, other] = await Promise.all([made(hero), made(second)]);
		assert.notEqual(one.id, other.id);
	});

	it("asks for one that was lost under the same keys, whether or not a refresh has taken it out of the state", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		await remove(id);
		const context = at.run();
		diff(id, { ...state, status: "gone" }, checked(VIDEO, context, inputs), context);
		const interrupted = await create(checked(VIDEO, context), context);
		assert.equal((await made(at.run())).id, interrupted.id);
		assert.equal(at.paid(), 2);
	});

	it("does not take the video that another resource holds under its old name's key", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		const renamed = at.run({ urn: URN.replace("hero", "intro") });
		diff(id, state, checked(VIDEO, renamed, inputs), renamed);
		const hero = await made(at.run({ sameRunAs: renamed }));
		assert.notEqual(hero.id, id);
		assert.deepEqual([at.paid(), at.alive()], [2, [id, hero.id]]);
	});

	it("refuses to adopt a video that another resource holds, at check and at create", async () => {
		const { id, state } = await made(at.run());
		const hero = at.run();
		const second = at.run({ sameRunAs: hero, urn: URN.replace("hero", "second") });
		const adopting = { ...VIDEO, adoptVideoId: id };
		const inputs = checked(adopting, second);
		diff(id, state, checked(VIDEO, hero, checked(VIDEO, hero)), hero);
		const { problems } = checkWith(undefined, adopting, undefined, second);
		assert.match(
			problems.map(({ property, reason }) => `${property}: ${reason}`).join(),
			/adoptVideoId: .*hero/,
		);
		await assert.rejects(create(inputs, second), /adoptVideoId: .*hero/);
	});

	for (const [name, renderSeconds] of [
		["finished", 0],
		["still running", 3600],
	] as const) {
		it(`lets one of two resources adopt a ${name} video that both name in one run, and refuses the other`, async () => {
			const settings = Object.assign(at.emulator.control.settings, { renderSeconds, queueSeconds: 0 });
			const body = { type: "avatar_shots", prompt: "A baker.", avatar_id: VIDEO.avatarIds } as const;
			const { videoId } = await at.run().heygen().submitVideo(body, "elsewhere");
			settings.renderSeconds = 0;
			const adopting = { ...VIDEO, adoptVideoId: videoId, wait: { timeout: "5s" } };
			const hero = at.run();
			const second = at.run({ sameRunAs: hero, urn: URN.replace("hero", "second") });
			const ends = await Promise.allSettled([hero, second].map((context) => made(context, adopting)));
			const refused = ends.flatMap((end) =>
				end.status === "rejected" && !(end.reason instanceof Unfinished) ? [String(end.reason)] : [],
			);
			assert.match(refused.join("\n"), /^Error: adoptVideoId: [^\n]* is held by the resource[^\n]*$/);
			assert.deepEqual([hero.notes.length + second.notes.length, at.paid()], [1, 1]);
		});
	}

	it("adopts the video that another resource is about to give up", async () => {
		const { id, state } = await made(at.run());
		const hero = at.run();
		diff(id, state, checked({ ...VIDEO, prompt: "Other." }, hero, checked(VIDEO, hero)), hero);
		const second = at.run({ sameRunAs: hero, urn: URN.replace("hero", "second") });
		assert.equal((await made(second, { ...VIDEO, adoptVideoId: id })).id, id);
	});

	it("says until when an unfinished replacement is free, and how to keep its video for longer", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		at.emulator.control.settings.renderSeconds = 3600;
		const context = at.run();
		const next = { ...VIDEO, prompt: "Other.", wait: { timeout: "2s" } };
		diff(id, state, checked(next, context, inputs), context);
		const error = await made(context, next).catch((thrown: unknown) => thrown);
		assert.ok(error instanceof Error && !(error instanceof Unfinished));
		const [, submitted] = at.alive();
		assert.match(
			error.message,
			new RegExp(`Video ${submitted}.*within 30 days.*adoptVideoId: "${submitted}"`, "s"),
		);
	});

	it("keeps the id of an unfinished replacement where the old video is lost anyway", async () => {
		for (const status of ["failed", "gone"]) {
			const inputs = checked({ ...VIDEO, revision: status }, at.run());
			const context = at.run();
			at.emulator.control.settings.renderSeconds = 3600;
			const next = { ...VIDEO, revision: status, wait: { timeout: "2s" } };
			diff("v0", { ...inputs, status }, checked(next, context, inputs), context);
			await assert.rejects(create(checked(next, context), context), Unfinished);
		}
	});

	it("goes on waiting when something on the way refuses to let its statuses through", async () => {
		at.emulator.control.intercept({
			route: "/v3/videos/statuses",
			times: 3,
			action: { status: 403, html: "<h1>Blocked</h1>" },
		});
		await made(at.run());
		assert.equal(at.paid(), 1);
	});

	it("says what kept its status from being read, when the time is up meanwhile", async () => {
		const action = { status: 401, html: "<h1>Sign in</h1>" } as const;
		const times = Number.POSITIVE_INFINITY;
		at.emulator.control.settings.renderSeconds = 3600;
		at.emulator.control.intercept({ route: "/v3/videos/statuses", times, action });
		const creating = made(at.run(), { ...VIDEO, wait: { timeout: "30s" } });
		await assert.rejects(
			creating,
			/not finished after .* as far as HeyGen could be read.*401: Sign in.*proxy/s,
		);
	});

	it("stops at once when HeyGen itself says that the key may not read", async () => {
		const action = { status: 403, code: "forbidden" } as const;
		at.emulator.control.settings.renderSeconds = 3600;
		at.emulator.control.intercept({ method: "GET", path: /^\/v3\/videos\//, after: 1, times: 9, action });
		await assert.rejects(made(at.run()), /403 forbidden/);
	});

	it("goes on by single reads when HeyGen refuses the list of statuses alone", async () => {
		const action = { status: 403, code: "forbidden" } as const;
		at.emulator.control.intercept({ route: "/v3/videos/statuses", times: 9, action });
		await made(at.run());
		assert.equal(at.paid(), 1);
	});
});

describe("a key of another account", () => {
	const at = scene({
		accounts: [
			{ apiKey: "emulator-key", username: "marketing" },
			{ apiKey: "other-key", username: "sales" },
		],
	});

	it("makes nothing as soon as any video of the stack is seen to be another account's", async () => {
		const { id, state } = await made(at.run());
		const sales = at.run({ apiKey: "other-key" });
		diff(id, state, checked(VIDEO, sales, checked(VIDEO, sales)), sales);
		const second = at.run({ sameRunAs: sales, apiKey: "other-key", urn: URN.replace("hero", "second") });
		await assert.rejects(made(second), /belongs to the HeyGen account "marketing"/);
		assert.equal(at.paid(), 1);
	});

	it("makes nothing either when a video of the stack is seen right after the create began, and waits for it once a run", async () => {
		const { id, state } = await made(at.run());
		const clock = steppedClock();
		const sales = at.run({ apiKey: "other-key", clock, unshown: true, urn: URN.replace("hero", "first") });
		const outcome = assert.rejects(made(sales), /belongs to the HeyGen account "marketing"/);
		assert.deepEqual(clock.sleeping(), [SHOW_MS]);
		const hero = at.run({ sameRunAs: sales, apiKey: "other-key", unshown: true });
		diff(id, state, checked(VIDEO, hero, checked(VIDEO, hero)), hero);
		await outcome;
		await assert.rejects(
			made(
				at.run({ sameRunAs: sales, apiKey: "other-key", unshown: true, urn: URN.replace("hero", "second") }),
			),
		);
		assert.deepEqual([clock.elapsed(), at.paid()], [SHOW_MS, 1]);
		await clock.dispatcher.destroy();
	});
});
