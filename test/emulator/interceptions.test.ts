import assert from "node:assert/strict";
import { at, clientOf, GOOD, idOf, perTest, refused } from "./support.ts";

describe("emulator: interceptions and records", () => {
	const { start } = perTest();

	it("refuses as told, as often as told, and counts", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const headers = { "retry-after": "3" };
		const busy = emulator.control.intercept({
			method: "post",
			route: "/v3/videos",
			times: 2,
			after: 1,
			action: { status: 503, message: "Busy", headers },
		});
		const statuses: number[] = [];
		for (let count = 0; count < 4; count++) statuses.push((await client.submit()).status);
		assert.deepEqual(statuses, [200, 503, 503, 200]);
		assert.equal(busy.hits, 2);
		assert.equal(emulator.control.acceptedRenders(), 2);
	});

	it("can be removed", async () => {
		const emulator = await start();
		const action = { status: 429, headers: { "retry-after": "3" } };
		const handle = emulator.control.intercept({ times: Number.POSITIVE_INFINITY, action });
		const client = clientOf(emulator);
		const answer = await client.get("/v3/users/me");
		refused(answer, 429, "rate_limit_exceeded");
		assert.equal(answer.headers.get("retry-after"), "3");
		handle.remove();
		assert.equal((await client.get("/v3/users/me")).status, 200);
	});

	it("tells routes and paths apart", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const id = idOf(await client.submit());
		emulator.control.intercept({ route: "/v3/videos/{id}", action: { status: 500 } });
		assert.equal((await client.get("/v3/videos")).status, 200);
		assert.equal((await client.get(`/v3/videos/statuses?video_ids=${id}`)).status, 200);
		refused(await client.get(`/v3/videos/${id}`), 500, "internal_error");

		emulator.control.intercept({ path: /limit=2$/, action: { status: 502, html: "<h1>Bad Gateway</h1>" } });
		assert.equal((await client.get("/v3/videos?limit=3")).status, 200);
		assert.equal((await client.get("/v3/videos?limit=2")).body, "<h1>Bad Gateway</h1>");

		emulator.control.intercept({ path: "/v3/videos", action: { status: 504, text: "upstream timed out" } });
		assert.equal((await client.get("/v3/videos?limit=3")).body, "upstream timed out");
	});

	it("cuts the connection before anything is done", async () => {
		const emulator = await start();
		emulator.control.intercept({ method: "POST", action: "reset" });
		await assert.rejects(clientOf(emulator).submit({}, "a"));
		assert.equal(emulator.control.acceptedRenders(), 0);
		const [request] = emulator.control.requests();
		assert.equal(request?.status, null);
		assert.deepEqual(request?.body, GOOD);
	});

	it("loses the answer and keeps what was done", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		emulator.control.intercept({ method: "POST", action: "lose-answer" });
		await assert.rejects(client.submit({}, "a"));
		const [video] = emulator.control.videos();
		assert.equal(idOf(await client.submit({}, "a")), video?.id);
		assert.equal(emulator.control.acceptedRenders(), 1);
	});

	it("handles a delayed request also when the client has given up", async () => {
		const emulator = await start();
		const delayed = emulator.control.intercept({ method: "POST", action: { delaySeconds: 0.2 } });
		const gaveUp = new AbortController();
		const lost = fetch(`${emulator.url}/v3/videos`, {
			method: "POST",
			headers: { "x-api-key": emulator.apiKey, "idempotency-key": "a" },
			body: JSON.stringify(GOOD),
			signal: gaveUp.signal,
		});
		const noAnswer = assert.rejects(lost, { name: "AbortError" });
		while (delayed.hits === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		gaveUp.abort();
		await noAnswer;
		while (emulator.control.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		assert.equal(emulator.control.acceptedRenders(), 1);
		assert.equal(idOf(await clientOf(emulator).submit({}, "a")), emulator.control.videos()[0]?.id);
	});

	it("holds an answer back while its effects are there, and its key replays", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const action = { answerAfterSeconds: 60 };
		const added = await client.call("POST", "/_emulator/interceptions", { method: "POST", action });
		assert.equal(added.status, 200);
		const gaveUp = new AbortController();
		const held = fetch(`${emulator.url}/v3/videos`, {
			method: "POST",
			headers: { "x-api-key": emulator.apiKey, "idempotency-key": "a" },
			body: JSON.stringify(GOOD),
			signal: gaveUp.signal,
		});
		const noAnswer = assert.rejects(held, { name: "AbortError" });
		while (emulator.control.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		assert.equal(emulator.control.requests()[0]?.status, 200);
		assert.equal(idOf(await client.submit({}, "a")), emulator.control.videos()[0]?.id);
		assert.equal(emulator.control.acceptedRenders(), 1);
		gaveUp.abort();
		await noAnswer;
	});

	it("gives a held answer in the end, dated when it was made", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		emulator.control.intercept({ method: "POST", action: { answerAfterSeconds: 0.3 } });
		const held = client.submit({}, "a");
		while (emulator.control.acceptedRenders() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
		emulator.control.clock.advance(3600);
		const answer = await held;
		const [video] = emulator.control.videos();
		assert(video);
		assert.equal(idOf(answer), video.id);
		const dated = Date.parse(answer.headers.get("date") ?? "");
		assert(Math.abs(dated - video.createdAt) < 60_000, `dated ${dated}, made ${video.createdAt}`);
	});

	it("cuts a body in half", async () => {
		const emulator = await start();
		emulator.control.intercept({ action: "truncate" });
		const response = await fetch(`${emulator.url}/v3/users/me`, {
			headers: { "x-api-key": emulator.apiKey },
		});
		const text = await response.text();
		assert.match(text, /^\{"data"/);
		assert.throws(() => JSON.parse(text), SyntaxError);
	});

	it("records requests without key and signature", async () => {
		const seen: unknown[] = [];
		const emulator = await start({ onRequest: ({ path }) => seen.push(path) });
		const client = clientOf(emulator);
		await client.submit({ title: "Kitchen" }, "key-1");
		await client.get("/files/x/video.mp4?Expires=1&Signature=secret-part&Key-Pair-Id=K1", {
			authorization: "Bearer emulator-key",
		});
		const [submit, file] = emulator.control.requests();
		assert(submit && file);
		assert.deepEqual(
			{ ...submit, at: 0 },
			{
				method: "POST",
				path: "/v3/videos",
				route: "/v3/videos",
				body: { ...GOOD, title: "Kitchen" },
				idempotencyKey: "key-1",
				status: 200,
				at: 0,
			},
		);
		assert.equal(file.route, "/files/{id}/{name}");
		assert.deepEqual(seen, [submit.path, file.path]);
		assert.doesNotMatch(JSON.stringify(emulator.control.requests()), /emulator-key|secret-part/);
		emulator.control.clearRequests();
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("can be driven by another process over HTTP, without a key", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const control = async (method: string, path: string, body?: unknown) =>
			(await clientOf({ url: emulator.url, apiKey: "" }).call(method, `/_emulator${path}`, body)).body;

		assert.equal(at(await control("PATCH", "/settings", { renderSeconds: 50 }), "renderSeconds"), 50);
		assert.equal(emulator.control.settings.renderSeconds, 50);
		const wrong = await client.call("PATCH", "/_emulator/settings", { renderSecond: 50 });
		assert.match(refused(wrong, 400, "invalid_parameter"), /renderSecond/);

		await control("POST", "/fail-next-render", { code: null, message: null });
		idOf(await client.submit());
		const before = emulator.control.clock.now();
		await control("POST", "/clock/advance", { seconds: 100 });
		assert(emulator.control.clock.now() >= before + 100_000);
		assert.deepEqual(await control("GET", "/renders"), { paid: 0, accepted: 1 });
		assert.equal(at(await control("GET", "/videos"), 0, "status"), "failed");
		assert.equal(Object(await control("GET", "/requests")).length, 1);

		const added = await control("POST", "/interceptions", { route: "/v3/users/me", action: { status: 500 } });
		assert.equal((await client.get("/v3/users/me")).status, 500);
		assert.equal(at(await control("GET", `/interceptions/${at(added, "id")}`), "hits"), 1);
	});

	it("refuses a wrong setting and keeps the old one", async () => {
		const { settings } = (await start()).control;
		assert.throws(() => {
			settings.concurrency = 0;
		}, /concurrency/);
		assert.equal(settings.concurrency, 10);
	});

	for (const action of [{ delaySeconds: 60 }, { answerAfterSeconds: 60 }]) {
		it(`closes with a request still open: ${Object.keys(action)}`, async () => {
			const emulator = await start();
			const held = emulator.control.intercept({ action });
			const open = assert.rejects(clientOf(emulator).get("/v3/users/me"));
			while (held.hits === 0) await new Promise((resolve) => setTimeout(resolve, 5));
			await emulator.close();
			await open;
		});
	}
});
