import assert from "node:assert/strict";
import { type Answer, at, clientOf, idOf, perTest, refused } from "./support.ts";

const ENDPOINTS = "/v3/webhooks/endpoints";
const URL = "https://hooks.example.net/heygen";
const ended = ["avatar_video.success", "avatar_video.fail"];

const accounts = [
	{ apiKey: "one", username: "one" },
	{ apiKey: "two", username: "two" },
];

function secretOf(answer: Answer): string {
	const secret = at(answer.body, "data", "secret");
	assert(typeof secret === "string", JSON.stringify(answer.body));
	return secret;
}

function idsOf(answer: Answer): unknown[] {
	const data = at(answer.body, "data");
	assert(Array.isArray(data), JSON.stringify(answer.body));
	return data.map((endpoint) => at(endpoint, "endpoint_id"));
}

describe("emulator: webhook endpoints", () => {
	const { start, folder } = perTest();
	const open = async (options = {}) => {
		const emulator = await start(options);
		const client = clientOf(emulator);
		const create = (changes: object = {}, idempotencyKey?: string) => {
			const headers = idempotencyKey ? { "idempotency-key": idempotencyKey } : {};
			return client.call("POST", ENDPOINTS, { url: URL, ...changes }, headers);
		};
		return { ...client, emulator, create };
	};

	it("creates one, and tells its secret only then", async () => {
		const { create, get, emulator } = await open();
		const created = await create({ events: ended, entity_id: "video" });
		const id = idOf(created, "endpoint_id");
		assert.match(secretOf(created), /^whsec_[\w-]{20,}$/);
		const { secret: _, ...shown } = at(created.body, "data") as Record<string, unknown>;
		assert.deepEqual(shown, {
			endpoint_id: id,
			url: URL,
			events: ended,
			status: "enabled",
			created_at: shown["created_at"],
		});
		assert.match(String(shown["created_at"]), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

		const listed = await get(ENDPOINTS);
		assert.deepEqual(listed.body, { data: [shown], has_more: false, next_token: null });
		const told = JSON.stringify([emulator.control.webhookEndpoints(), emulator.control.requests()]);
		assert(told.includes(id) && !told.includes("whsec_"));
	});

	it("takes all events when none are named", async () => {
		const { create } = await open();
		for (const changes of [{}, { events: null }]) {
			assert.equal(at((await create(changes)).body, "data", "events"), null);
		}
	});

	it("takes https to public hosts, and http to this machine alone", async () => {
		const { create } = await open();
		const good = [
			"http://localhost:8080/x",
			"http://127.0.0.1:9/",
			"http://[::1]:9/",
			"https://localhost/x",
			"https://8.8.8.8/x",
		];
		for (const url of good) idOf(await create({ url }), "endpoint_id");
		const bad = [
			"http://hooks.example.net/x",
			"ftp://hooks.example.net/x",
			"hooks.example.net",
			"https://user:word@hooks.example.net/",
			"https://192.168.1.5/x",
			"https://10.0.0.1/",
			"https://[fd00::1]/",
			"https://intranet/x",
			"http://localhost.example.net/x",
			"",
			7,
			null,
		];
		for (const url of bad) refused(await create({ url }), 400, "invalid_parameter", "url");
	});

	it("refuses no events, unknown ones, and unknown fields, by name", async () => {
		const { create, call } = await open();
		refused(await create({ events: [] }), 400, "invalid_parameter", "events");
		refused(await create({ events: [...ended, "avatar_video.done"] }), 400, "invalid_parameter", "events");
		refused(await create({ secret: "mine" }), 400, "invalid_parameter", "secret");
		refused(await create({ entity_id: 7 }), 400, "invalid_parameter", "entity_id");
		refused(await call("POST", ENDPOINTS, []), 400, "invalid_parameter");

		const path = `${ENDPOINTS}/${idOf(await create(), "endpoint_id")}`;
		refused(await call("PATCH", path, { events: [] }), 400, "invalid_parameter", "events");
		refused(await call("PATCH", path, { status: "disabled" }), 400, "invalid_parameter", "status");
		refused(await call("PATCH", path, { entity_id: "x" }), 400, "invalid_parameter", "entity_id");
		refused(await call("PATCH", path, { url: "http://hooks.example.net" }), 400, "invalid_parameter", "url");
	});

	it("changes the URL, and replaces the list of events", async () => {
		const { create, call } = await open();
		const path = `${ENDPOINTS}/${idOf(await create({ events: ended }), "endpoint_id")}`;
		const change = async (changes: object) => {
			const { body } = await call("PATCH", path, changes);
			assert.equal(at(body, "data", "secret"), undefined);
			return [at(body, "data", "url"), at(body, "data", "events")];
		};
		assert.deepEqual(await change({ url: `${URL}/2` }), [`${URL}/2`, ended]);
		assert.deepEqual(await change({ events: ["batch.finished"] }), [`${URL}/2`, ["batch.finished"]]);
		assert.deepEqual(await change({ url: null }), [`${URL}/2`, ["batch.finished"]]);
	});

	it("makes `events: null` in a change mean what it is told to", async () => {
		const { create, call, emulator } = await open();
		const path = `${ENDPOINTS}/${idOf(await create({ events: ended }), "endpoint_id")}`;
		const setNull = async () => at((await call("PATCH", path, { events: null })).body, "data", "events");
		emulator.control.settings.webhookEventsNull = "leave";
		assert.deepEqual(await setNull(), ended);
		emulator.control.settings.webhookEventsNull = "all";
		assert.equal(await setNull(), null);
	});

	it("deletes one", async () => {
		const { create, call, get, delete: remove } = await open();
		const path = `${ENDPOINTS}/${idOf(await create(), "endpoint_id")}`;
		const answer = await remove(path);
		assert.deepEqual([answer.status, answer.body], [200, { data: {} }]);
		assert.deepEqual(idsOf(await get(ENDPOINTS)), []);
		refused(await remove(path), 404, "webhook_not_found");
		refused(await call("PATCH", path, {}), 404, "webhook_not_found");
		refused(await call("POST", `${path}/rotate-secret`), 404, "webhook_not_found");
	});

	it("rotates the secret, once under a key for each endpoint", async () => {
		const { create, call } = await open();
		const first = await create();
		const second = await create();
		const rotate = (of: Answer) => {
			const id = idOf(of, "endpoint_id");
			return call("POST", `${ENDPOINTS}/${id}/rotate-secret`, undefined, { "idempotency-key": "a" });
		};
		const rotated = await rotate(first);
		assert.deepEqual(rotated.body, {
			data: { endpoint_id: idOf(first, "endpoint_id"), secret: secretOf(rotated) },
		});
		assert.equal(secretOf(await rotate(first)), secretOf(rotated));
		const secrets = [first, second, rotated, await rotate(second)].map(secretOf);
		assert.equal(new Set(secrets).size, 4);
	});

	it("creates one under a key, also after a restart and when it was deleted", async () => {
		const data = await folder();
		const before = await open({ data });
		const created = await before.create({}, "a");
		assert.deepEqual((await before.create({ url: "https://other.example.net" }, "a")).body, created.body);
		assert.equal(before.emulator.control.webhookEndpoints().length, 1);
		await before.emulator.close();
		const after = await open({ data });
		assert.deepEqual(idsOf(await after.get(ENDPOINTS)), [idOf(created, "endpoint_id")]);
		await after.delete(`${ENDPOINTS}/${idOf(created, "endpoint_id")}`);
		assert.deepEqual((await after.create({}, "a")).body, created.body);
		assert.deepEqual(idsOf(await after.get(ENDPOINTS)), []);
	});

	it("lists them in pages, the newest first", async () => {
		const { create, get } = await open();
		const ids: string[] = [];
		for (let i = 0; i < 12; i++) ids.unshift(idOf(await create(), "endpoint_id"));
		const first = await get(ENDPOINTS);
		const second = await get(`${ENDPOINTS}?token=${at(first.body, "next_token")}`);
		assert.deepEqual([idsOf(first), idsOf(second)], [ids.slice(0, 10), ids.slice(10)]);
		assert.deepEqual([at(first.body, "has_more"), at(second.body, "has_more")], [true, false]);
		for (const limit of ["0", "101", "x"]) {
			refused(await get(`${ENDPOINTS}?limit=${limit}`), 400, "invalid_parameter", "limit");
		}
		refused(await get(`${ENDPOINTS}?token=x`), 400, "invalid_parameter", "token");
	});

	it("takes an unknown type of event when told to, everywhere", async () => {
		const { create, call, get, emulator } = await open({ webhookEventTypes: "any" });
		const events = ["avatar_video.done"];
		const created = await create({ events });
		assert.deepEqual(at(created.body, "data", "events"), events);
		const path = `${ENDPOINTS}/${idOf(created, "endpoint_id")}`;
		const changed = await call("PATCH", path, { events: ["avatar_video.gone"] });
		assert.deepEqual(at(changed.body, "data", "events"), ["avatar_video.gone"]);
		const id = emulator.control.sendEvent("avatar_video.done", {});
		const found = await get("/v3/webhooks/events?event_type=avatar_video.done");
		assert.equal(at(found.body, "data", 0, "event_id"), id);
		refused(await create({ events: [""] }), 400, "invalid_parameter", "events");
		emulator.control.settings.webhookEventTypes = "known";
		refused(await create({ events }), 400, "invalid_parameter", "events");
	});

	it("takes a URL twice, unless told not to", async () => {
		const { create, call, emulator } = await open({ accounts });
		const first = await create({}, "a");
		idOf(await create(), "endpoint_id");
		emulator.control.settings.webhookDuplicates = "conflict";
		refused(await create(), 409, "conflict");
		assert.deepEqual((await create({}, "a")).body, first.body);
		const path = `${ENDPOINTS}/${idOf(await create({ url: `${URL}/2` }), "endpoint_id")}`;
		refused(await call("PATCH", path, { url: URL }), 409, "conflict");
		assert.equal((await call("PATCH", path, { url: `${URL}/2`, events: ended })).status, 200);
		const other = clientOf({ ...emulator, apiKey: "two" });
		idOf(await other.call("POST", ENDPOINTS, { url: URL }), "endpoint_id");
	});

	it("takes as many of an account as it is told to", async () => {
		const { create, emulator, delete: remove } = await open({ accounts, webhookEndpoints: 2 });
		const first = idOf(await create({}, "a"), "endpoint_id");
		idOf(await create(), "endpoint_id");
		refused(await create(), 400, "resource_limit_reached");
		assert.equal(idOf(await create({}, "a"), "endpoint_id"), first);
		const other = clientOf({ ...emulator, apiKey: "two" });
		idOf(await other.call("POST", ENDPOINTS, { url: URL }), "endpoint_id");
		await remove(`${ENDPOINTS}/${first}`);
		idOf(await create(), "endpoint_id");
	});

	it("keeps accounts apart", async () => {
		const { emulator } = await open({ accounts });
		const [one, two] = accounts.map(({ apiKey }) => clientOf({ url: emulator.url, apiKey }));
		assert(one && two);
		const headers = { "idempotency-key": "a" };
		const id = idOf(await one.call("POST", ENDPOINTS, { url: URL }, headers), "endpoint_id");
		const path = `${ENDPOINTS}/${id}`;
		assert.deepEqual(idsOf(await two.get(ENDPOINTS)), []);
		refused(await two.call("PATCH", path, {}), 404, "webhook_not_found");
		refused(await two.call("POST", `${path}/rotate-secret`), 404, "webhook_not_found");
		refused(await two.delete(path), 404, "webhook_not_found");
		assert.notEqual(idOf(await two.call("POST", ENDPOINTS, { url: URL }, headers), "endpoint_id"), id);
		refused(await clientOf({ ...emulator, apiKey: "no" }).get(ENDPOINTS), 401, "unauthorized");
	});

	it("knows 30 types of events", async () => {
		const { get, create } = await open();
		const { body } = await get("/v3/webhooks/event-types");
		const types = at(body, "data");
		assert(Array.isArray(types));
		const words = types.map((type) => String(at(type, "event_type")));
		assert.equal(new Set(words).size, 30);
		assert(types.every((type) => String(at(type, "description")).length > 10));
		assert.deepEqual([at(body, "has_more"), at(body, "next_token")], [false, null]);
		idOf(await create({ events: words }), "endpoint_id");
	});
});
