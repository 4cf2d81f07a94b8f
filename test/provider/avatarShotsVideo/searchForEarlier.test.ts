import assert from "node:assert/strict";
import type { InterceptionAction } from "../../../emulator/index.ts";
import { createTold } from "../../../provider/host/told.ts";
import { markedTitle } from "../../../provider/titleMark.ts";
import { URN } from "../../support/context.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { type Rewritten, rewriting } from "../../support/rewriting.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const HOUR = 3600;
const beside = (other: string) => (list: string) => list.replace('"data":[', `"data":[${other},`);
const named = (name: string) => URN.replace("hero", name);

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
		["its quota of requests is used up", { status: 429, code: "quota_exceeded" }],
		["HeyGen has something else to do first", { status: 409, code: "conflict" }],
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
		for (const answer of [
			'{"data":{"videos":[]}}',
			'{"data":[],"has_more":true,"next_token":"t"}',
			'{"data":[],"next_token":"t"}',
		]) {
			const context = await through(({ text, date }, path) => ({ text: isList(path) ? answer : text, date }));
			await made(context, { ...VIDEO, prompt: answer });
			assert.match(context.warnings.join("\n"), /^[^\n]*is paid again\.[^\n]*$/);
			await server?.close();
			server = undefined;
		}
		assert.equal(at.paid(), 3);
	});

	for (const [name, change] of [
		["beside a video without a status", beside('{"id":"draft","status":null}')],
		["beside a video without an id", beside('{"id":null,"title":"x"}')],
		["beside what is no video", beside('null,"video",[],{"id":{}}')],
		[
			"in a list that tells its end oddly",
			(text: string) => text.replace(/"has_more":\w+/, '"has_more":"no"'),
		],
		[
			"in a list that calls an id as a submit does",
			(text: string) => text.replaceAll('"id":', '"video_id":'),
		],
	] as const) {
		it(`finds it ${name}`, async () => {
			const { id } = await made(at.run());
			later();
			const context = await through(({ text, date }, path) => ({
				text: isList(path) ? change(text) : text,
				date,
			}));
			assert.equal((await made(context)).id, id);
			assert.deepEqual([at.paid(), context.warnings], [1, []]);
		});
	}

	it("stops before anything is submitted when it finds one that HeyGen lists without its id", async () => {
		await made(at.run());
		later();
		const context = await through(({ text, date }, path) => ({
			text: isList(path) ? text.replace(/"id":"[^"]*"/, '"id":null') : text,
			date,
		}));
		await assert.rejects(
			made(context),
			/nothing was paid\..* without its id.*app\.heygen\.com.*markTitles false/s,
		);
		assert.equal(at.emulator.control.acceptedRenders(), 1);
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
