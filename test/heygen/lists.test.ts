import assert from "node:assert/strict";
import { createClient } from "../../heygen/client.ts";
import { HeyGenAnswerInvalid } from "../../heygen/errors.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, startServer, type TestServer } from "../support/httpServer.ts";

const look = (id: string) => ({ id, name: id, avatar_type: "photo_avatar" });
const endpoint = (endpoint_id: string) => ({ endpoint_id, url: "https://h.example.com" });

describe("a list of several pages", () => {
	let server: TestServer;
	let pages: (token: string | null) => unknown;
	let seen: string[];

	beforeEach(async () => {
		seen = [];
		server = await startServer((request, response) => {
			const { pathname, search, searchParams } = new URL(request.url ?? "", "http://x");
			seen.push(pathname + search);
			answerJson(response, 200, pages(searchParams.get("token")));
		});
	});
	afterEach(() => server.close());

	const client = () => createClient({ apiKey: "k", baseUrl: server.url, clock: fastClock() });
	const looks = async () => (await client().listAvatarLooks({ ownership: "private" })).map(({ id }) => id);
	/** Pages by the token that asks for them. */
	const given = (byToken: Record<string, object>) => (token: string | null) => byToken[token ?? "first"];
	const invalid = async (call: Promise<unknown>, message: RegExp) =>
		assert.rejects(call, (error) => {
			assert.ok(error instanceof HeyGenAnswerInvalid);
			assert.match(error.message, message);
			return true;
		});

	it("is read to its end, with the filter in each request", async () => {
		pages = given({
			first: { data: [look("a")], has_more: true, next_token: "t1" },
			t1: { data: [look("b")], has_more: true, next_token: "t2" },
			t2: { data: [look("c")], has_more: false, next_token: null },
		});
		assert.deepEqual(await looks(), ["a", "b", "c"]);
		assert.match(seen[1] ?? "", /ownership=private.*token=t1/);
	});

	it("is read to its end where it names the next page and does not say that there is more", async () => {
		pages = given({
			first: { data: [look("a")], next_token: "t1" },
			t1: { data: [look("b")], has_more: null, next_token: "t2" },
			t2: { data: [look("c")] },
		});
		assert.deepEqual(await looks(), ["a", "b", "c"]);
	});

	it("is read over empty pages", async () => {
		pages = given({
			first: { data: [], has_more: true, next_token: "t1" },
			t1: { data: [look("a")], has_more: false, next_token: "" },
		});
		assert.deepEqual(await looks(), ["a"]);
	});

	it("may have as many entries as an answer can hold", async () => {
		const entries = Array.from({ length: 300_000 }, () => ({ event_type: "a" }));
		pages = () => ({ data: entries, has_more: false, next_token: null });
		assert.equal((await client().listWebhookEventTypes()).length, 300_000);
	});

	for (const [name, page, requests] of [
		["a page names itself", () => ({ data: [look("a")], has_more: true, next_token: "t1" }), 2],
		[
			"pages go round in a circle",
			(token: string | null) => ({ data: [], has_more: true, next_token: token === "t1" ? "t2" : "t1" }),
			3,
		],
		[
			"every page names another one",
			(token: string | null) => ({ data: [], has_more: true, next_token: `${Number(token) + 1}` }),
			1_000,
		],
		["there is more, and it does not say where", () => ({ data: [look("a")], has_more: true }), 1],
	] as const) {
		it(`is told to be none, instead of being taken for whole, when ${name}`, async () => {
			pages = page;
			await invalid(looks(), /GET \/v3\/avatars\/looks answered.*the list does not end/);
			assert.equal(seen.length, requests);
		}).timeout(30_000);
	}

	it("is left as soon as the endpoint that is looked for was found", async () => {
		pages = () => ({ data: [endpoint("e1"), endpoint("e2")], has_more: true, next_token: "t1" });
		assert.equal((await client().findWebhookEndpoint("e2"))?.endpoint_id, "e2");
		assert.equal(seen.length, 1);
	});

	it("that does not end does not say that an endpoint is gone", async () => {
		pages = () => ({ data: [endpoint("e1")], has_more: true, next_token: "t1" });
		await invalid(client().findWebhookEndpoint("e2"), /the list does not end/);
	});

	it("of statuses is left when all were told, whatever comes after", async () => {
		const lines = Array.from({ length: 10_000 }, (_, at) => ({ video_id: `v${at}`, status: "processing" }));
		pages = () => ({ data: [{ video_id: null, status: null }, ...lines], has_more: true, next_token: "t1" });
		const statuses = await client().videoStatuses(["v7", "v9999"]);
		assert.deepEqual([...statuses.keys()], ["v7", "v9999"]);
		assert.equal(seen.length, 1);
	});
});
