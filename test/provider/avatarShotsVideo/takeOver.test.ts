import assert from "node:assert/strict";
import type { InterceptionAction } from "../../../emulator/index.ts";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { remove } from "../../../provider/avatarShotsVideo/delete.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { createTold } from "../../../provider/host/told.ts";
import { Unfinished, type Values } from "../../../provider/lifecycle.ts";
import { isMarked, markedTitle } from "../../../provider/titleMark.ts";
import { type TestContext, URN } from "../../support/context.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { type Rewritten, rewriting } from "../../support/rewriting.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const named = (name: string) => URN.replace("hero", name);

describe("a video that an earlier run has submitted", () => {
	const at = scene();
	const later = (seconds: number) => at.emulator.control.clock.advance(seconds);
	const submits = () =>
		at.emulator.control.requests().filter(({ method, path }) => method === "POST" && path === "/v3/videos");
	const keyOf = (inputs: Values = VIDEO) => String(checked(inputs, at.run())["submissionKey"]);
	const submitAs = async (title: string, key: string) => {
		const body = { type: "avatar_shots", prompt: "A baker.", avatar_id: VIDEO.avatarIds, title } as const;
		return (await at.run().heygen().submitVideo(body, key)).videoId;
	};
	/** What the engine does for a resource that is there: it is checked and compared. */
	const goesOn = (context: TestContext, olds: Values, id: string, state: Values, inputs: Values = VIDEO) =>
		diff(id, state, checked(inputs, context, olds), context);

	for (const [name, seconds, expected] of [
		["an hour", HOUR, /submitted 1 h ago: this run did not pay for it\. For a new take, set `revision`\.$/],
		["25 hours", 25 * HOUR, /submitted 25 h ago: .*same project and stack names.*heygen:keyScope/],
		["29 days", 29 * DAY, /Took over the finished video [0-9a-f]{32}, .*submitted 29 days ago/],
	] as const) {
		it(`is taken over ${name} later, without a submit, and the run says so`, async () => {
			const { id } = await made(at.run());
			later(seconds);
			const context = at.run();
			assert.equal((await made(context)).id, id);
			assert.deepEqual([at.paid(), submits().length, context.notes.length], [1, 1, 1]);
			assert.match(context.notes.join(), expected);
		});
	}

	it("is not taken over when that was more than 30 days ago", async () => {
		const { id } = await made(at.run());
		later(31 * DAY);
		assert.notEqual((await made(at.run())).id, id);
		assert.equal(at.paid(), 2);
	});

	it("is waited for while it is still running, and kept when the time is up", async () => {
		at.emulator.control.settings.renderSeconds = 40 * HOUR;
		const inputs = { ...VIDEO, wait: { timeout: "1s" } };
		await made(at.run(), inputs).catch(() => undefined);
		later(25 * HOUR);
		const context = at.run();
		const ended = await made(context, inputs).catch((thrown: unknown) => thrown);
		assert.ok(ended instanceof Unfinished);
		assert.equal(ended.saved.id, at.alive()[0]);
		assert.match(context.notes.join(), /Took over the running video/);
		assert.deepEqual([at.paid(), submits().length], [1, 1]);
	});

	it("is found also when it is a later one of its chain, whose first one has failed", async () => {
		at.emulator.control.failNextRender({ code: "rendering_failed", message: "no" });
		await assert.rejects(made(at.run()), /The render failed/);
		later(60);
		const { id } = await made(at.run());
		later(25 * HOUR);
		assert.equal((await made(at.run())).id, id);
		assert.deepEqual([at.paid(), at.emulator.control.acceptedRenders()], [1, 2]);
	});

	it("is left alone when it has failed or was deleted", async () => {
		at.emulator.control.failNextRender({ code: null, message: null });
		await assert.rejects(made(at.run()), /The render failed/);
		later(25 * HOUR);
		const { id } = await made(at.run());
		await at.run().heygen().deleteVideo(id);
		later(25 * HOUR);
		const next = await made(at.run());
		assert.equal(at.emulator.control.acceptedRenders(), 3);
		assert.equal(next.id, at.alive().at(-1));
	});

	it("is the oldest one where several carry the mark at their end, whole", async () => {
		const title = markedTitle("Kitchen", URN, keyOf());
		await submitAs(`${title} copy`, "copy");
		await submitAs(`${title.slice(0, -2)}]`, "other");
		later(60);
		const oldest = await submitAs(title, "one");
		later(60);
		await submitAs(title, "two");
		later(25 * HOUR);
		assert.equal((await made(at.run())).id, oldest);
	});

	it("is not taken for another text, another revision or another resource", async () => {
		await made(at.run());
		later(25 * HOUR);
		await made(at.run(), { ...VIDEO, prompt: "Other." });
		await made(at.run(), { ...VIDEO, revision: 2 });
		await made(at.run({ urn: named("second") }));
		assert.equal(at.paid(), 4);
	});

	it("is rendered anew when a text comes back whose video was deleted, and taken over when it was retained", async () => {
		const first = await made(at.run());
		later(25 * HOUR);
		await made(at.run(), { ...VIDEO, prompt: "Other." });
		assert.equal((await made(at.run())).id, first.id, "retained");
		await at.run().heygen().deleteVideo(first.id);
		later(25 * HOUR);
		await made(at.run());
		assert.equal(at.paid(), 3);
	});

	it("is the one that a forced replacement keeps", async () => {
		const { id, state } = await made(at.run());
		later(25 * HOUR);
		const context = at.run();
		assert.equal((await made(context)).id, id);
		await remove(id, state, context);
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("is not the new take that a replacementTrigger asks for, which is found again itself", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		later(25 * HOUR);
		const take = async (context: TestContext) => {
			checked(VIDEO, context, inputs);
			return create(checked(VIDEO, context), context);
		};
		const interrupted = await take(at.run());
		assert.notEqual(interrupted.id, id);
		later(25 * HOUR);
		const context = at.run();
		assert.equal((await take(context)).id, interrupted.id);
		await remove(id, state, context);
		assert.deepEqual([at.paid(), at.alive()], [2, [interrupted.id]]);
	});

	it("stays with the resource that was renamed; the new one of the old name finds its own again", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		later(25 * HOUR);
		const beside = (intro: TestContext) => {
			goesOn(intro, inputs, id, state);
			return made(at.run({ sameRunAs: intro }));
		};
		const hero = await beside(at.run({ urn: named("intro") }));
		assert.notEqual(hero.id, id);
		later(25 * HOUR);
		assert.equal((await beside(at.run({ urn: named("intro") }))).id, hero.id, "after a lost state");
		assert.deepEqual([at.paid(), at.alive()], [2, [id, hero.id]]);
	});

	it("is not taken from one of two resources that hold it, when the other one is replaced by force", async () => {
		const { id, state } = await made(at.run());
		later(25 * HOUR);
		const second = at.run({ urn: named("second") });
		goesOn(second, checked(VIDEO, second), id, state);
		const hero = at.run({ sameRunAs: second });
		const next = await made(hero);
		assert.notEqual(next.id, id);
		await remove(id, state, hero);
		assert.deepEqual(at.alive(), [id, next.id]);
	});

	it("is held by no second resource as soon as it is taken over", async () => {
		const { id } = await made(at.run());
		later(25 * HOUR);
		const hero = at.run();
		await made(hero);
		const second = at.run({ sameRunAs: hero, urn: named("second") });
		await assert.rejects(
			create(checked({ ...VIDEO, adoptVideoId: id, prompt: "Other." }, second), second),
			/held by the resource "hero"/,
		);
	});

	it("is not looked for when adoptVideoId names one", async () => {
		const { id } = await made(at.run());
		later(25 * HOUR);
		at.emulator.control.clearRequests();
		const context = at.run();
		const adopted = await create(checked({ ...VIDEO, adoptVideoId: id, prompt: "Other." }, context), context);
		assert.equal(adopted.id, id);
		assert.deepEqual(
			at.emulator.control.requests().filter(({ route }) => route === "/v3/videos"),
			[],
		);
	});
});

describe("looking for what an earlier run has submitted", () => {
	const at = scene();
	const later = () => at.emulator.control.clock.advance(25 * HOUR);
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});
	const through = async (change: (answer: Rewritten, path: string) => Rewritten) => {
		server ??= await rewriting(at.emulator.url, change);
		return at.run({ baseUrl: server.url });
	};
	const answerLists = (action: InterceptionAction, times = Number.POSITIVE_INFINITY) =>
		at.emulator.control.intercept({ method: "GET", route: "/v3/videos", times, action });
	const isList = (path: string) => path.startsWith("/v3/videos?");

	for (const [name, action] of [
		["HeyGen is in trouble", { status: 500, code: "internal_error" }],
		["a gateway answers", { status: 502, html: "<h1>Bad gateway</h1>" }],
		["a gateway says that there is nothing", { status: 404, html: "<h1>Not found</h1>" }],
		["a firewall answers", { status: 403, html: "<h1>Blocked</h1>" }],
		["the connection breaks", "reset"],
		["the answers are cut short", "truncate"],
		["it is told to slow down", { status: 429, code: "rate_limit_exceeded" }],
	] as const) {
		it(`stops before anything is submitted while ${name}`, async () => {
			const trouble = answerLists(action);
			const context = at.run();
			await assert.rejects(made(context), {
				message:
					/^The video was not submitted and nothing was paid\..* Run `pulumi up` again\..*heygen:markTitles false/s,
			});
			assert.deepEqual([at.emulator.control.acceptedRenders(), context.warnings], [0, []]);
			trouble.remove();
			await made(at.run());
			assert.equal(at.paid(), 1);
		});
	}

	it("is told in full by one of the run where a gateway refuses all", async () => {
		answerLists({ status: 401, html: "<h1>Sign in to the proxy</h1>" });
		const tell = createTold();
		const hero = at.run();
		const told: string[] = [];
		for (const context of [hero, at.run({ sameRunAs: hero, urn: named("second") })]) {
			const error = await made(context).catch((thrown: unknown) => thrown);
			told.push(tell(error, context.urn));
		}
		assert.match(
			String(told[0]),
			/nothing was paid\..*likely that of a proxy or gateway.*heygen:markTitles false/s,
		);
		assert.equal(
			told[1],
			"The video was not submitted and nothing was paid: HTTP 401, see the error of hero.",
		);
	});

	it("asks again, a few times, for the trouble may pass", async () => {
		const { id } = await made(at.run());
		later();
		answerLists({ status: 503 }, 4);
		assert.equal((await made(at.run())).id, id);
		assert.equal(at.paid(), 1);
	});

	for (const [name, action] of [
		["may not list them", { status: 403, code: "forbidden" }],
		["asks for the list in a wrong way", { status: 400, code: "invalid_parameter", param: "title" }],
		["asks for what HeyGen does not have", { status: 404, code: "not_found" }],
	] as const) {
		it(`goes on without when it ${name}, and warns of it once a run`, async () => {
			answerLists(action);
			const hero = at.run();
			await made(hero);
			const second = at.run({ sameRunAs: hero, urn: named("second") });
			await made(second);
			assert.equal(at.paid(), 2);
			assert.match(
				[...hero.warnings, ...second.warnings].join("\n"),
				/^[^\n]*interrupted more than 24 hours ago is paid again\.[^\n]*heygen:markTitles false`\.$/,
			);
		});
	}

	it("goes on without, and warns, when the list is not understood or not searched by title", async () => {
		for (const answer of ['{"data":{"videos":[]}}', '{"data":[],"has_more":true,"next_token":"t"}']) {
			const context = await through(({ text, date }, path) => ({ text: isList(path) ? answer : text, date }));
			await made(context, { ...VIDEO, prompt: answer });
			assert.match(context.warnings.join("\n"), /^[^\n]*is paid again\.[^\n]*$/);
			await server?.close();
			server = undefined;
		}
		assert.equal(at.paid(), 2);
	});

	it("asks also when HeyGen says no dates", async () => {
		const { id } = await made(at.run());
		later();
		const context = await through(({ text }) => ({
			text: text.replace(/"created_at":\d+/g, '"created_at":null'),
			date: "",
		}));
		assert.equal((await made(context)).id, id);
		assert.match(context.notes.join(), /which an earlier run submitted: this run did not pay for it/);
		assert.equal(at.paid(), 1);
	});

	it("believes a list no more than the video itself, when it lags behind a delete or a failure", async () => {
		const { id } = await made(at.run());
		const key = String(checked(VIDEO, at.run())["submissionKey"]);
		const listed = { id, status: "completed", title: markedTitle(undefined, URN, key) };
		await at.run().heygen().deleteVideo(id);
		later();
		const lagging = await through(({ text, date }, path) => ({
			text: isList(path) ? JSON.stringify({ data: [listed], has_more: false }) : text,
			date,
		}));
		const next = await made(lagging);
		assert.deepEqual([at.paid(), at.alive()], [2, [next.id]]);

		at.emulator.control.failNextRender({ code: null, message: null });
		await made(at.run(), { ...VIDEO, revision: 2 }).catch(() => undefined);
		listed.id = at.alive().at(-1) ?? "";
		later();
		assert.notEqual((await made(at.run({ baseUrl: server?.url ?? "" }))).id, listed.id);
	});

	it("stops when a video that is listed cannot be read", async () => {
		await made(at.run());
		later();
		at.emulator.control.intercept({
			method: "GET",
			route: "/v3/videos/{id}",
			times: 60,
			action: { status: 404, code: "video_not_found" },
		});
		await assert.rejects(made(at.run()), /nothing was paid/);
		assert.equal(at.emulator.control.acceptedRenders(), 1);
	});

	it("does not happen, and no title is marked, with heygen:markTitles false", async () => {
		const unmarked = () => at.run({ environment: { HEYGEN_MARK_TITLES: "false" } });
		answerLists({ status: 500 });
		await made(unmarked());
		await made(unmarked(), { ...VIDEO, revision: 2, title: "Kitchen" });
		assert.deepEqual(
			at.emulator.control.videos().map(({ body }) => body.title),
			[undefined, "Kitchen"],
		);
		later();
		const context = unmarked();
		await made(context);
		assert.deepEqual([at.paid(), context.warnings], [3, []]);
	});
});

describe("the title of a new video", () => {
	const at = scene();
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});
	const titles = () => at.emulator.control.videos().map(({ body }) => body.title ?? "");
	const answer = (action: InterceptionAction, times = 1) =>
		at.emulator.control.intercept({ method: "POST", route: "/v3/videos", times, action });

	it("carries the mark of the first key of the chain, and the state the user's title alone", async () => {
		const key = String(checked(VIDEO, at.run())["submissionKey"]);
		at.emulator.control.failNextRender({ code: null, message: null });
		await made(at.run(), { ...VIDEO, title: "Kitchen" }).catch(() => undefined);
		at.emulator.control.clock.advance(60);
		const { state } = await made(at.run());
		assert.ok(titles().every((title) => isMarked(title, key)));
		assert.deepEqual(
			titles().map((title) => title.replace(/ph[0-9a-f]{12}/, "ph…")),
			["Kitchen [ph…]", "hero [ph…]"],
		);
		assert.equal("title" in state, false);
		assert.equal((await made(at.run(), { ...VIDEO, title: "Kitchen" })).state["title"], "Kitchen");
	});

	for (const [name, fields] of [
		["names it", { message: "too long", param: "title" }],
		["speaks of it", { message: "the title is too long" }],
	] as const) {
		it(`is told with its mark, and the way to have none, when a refusal ${name}`, async () => {
			answer({ status: 400, code: "invalid_parameter", ...fields }, 2);
			await assert.rejects(
				made(at.run(), { ...VIDEO, title: "Kitchen" }),
				/nothing was paid.*too long.*the mark \[ph[0-9a-f]{12}\] was added.*heygen:markTitles false/s,
			);
			const context = at.run({ environment: { HEYGEN_MARK_TITLES: "false" } });
			const error = await made(context, { ...VIDEO, title: "Kitchen" }).catch((thrown: Error) => thrown);
			assert.ok(error instanceof Error);
			assert.match(error.message, /too long/);
			assert.doesNotMatch(error.message, /mark/);
		});
	}

	it("is warned of, once a run, where HeyGen does not keep its mark", async () => {
		server = await rewriting(at.emulator.url, ({ text, date }) => ({
			text: text.replace(/ \[ph[0-9a-f]{12}\]/, ""),
			date,
		}));
		const hero = at.run({ baseUrl: server.url });
		await made(hero);
		const second = at.run({ baseUrl: server.url, sameRunAs: hero, urn: named("second") });
		await made(second);
		assert.match(
			[...hero.warnings, ...second.warnings].join("\n"),
			/^HeyGen keeps the title of video [0-9a-f]{32} without the mark \[ph[0-9a-f]{12}\][^\n]*24 hours later is paid again\.$/,
		);
	});

	for (const [setting, within] of [
		["true", "30 days"],
		["false", "24 hours"],
	] as const) {
		it(`decides how long a lost answer is free to repeat: ${within} with heygen:markTitles ${setting}`, async () => {
			answer("lose-answer", 8);
			await assert.rejects(
				made(at.run({ environment: { HEYGEN_MARK_TITLES: setting } })),
				new RegExp(`may have been accepted.*again within ${within}: it takes over what was accepted`, "s"),
			);
		});
	}
});
