import assert from "node:assert/strict";
import { EMULATOR_LOOKS, startEmulator } from "../../emulator/index.ts";
import { at, clientOf, idOf, perTest, refused } from "./support.ts";

describe("emulator: accounts, wallet and limits", () => {
	const { start } = perTest();
	const accounts = [
		{ apiKey: "one", username: "one" },
		{ apiKey: "one-rotated", username: "one" },
		{ apiKey: "two", username: "two", balanceUsd: 10 },
	];

	it("takes the key in either header and refuses everything else alike", async () => {
		const { url } = await start({ accounts });
		const me = async (headers: Record<string, string>) => {
			const response = await fetch(`${url}/v3/users/me`, { headers });
			return { status: response.status, headers: response.headers, body: await response.json() };
		};
		assert.equal(at((await me({ "X-Api-Key": "two" })).body, "data", "username"), "two");
		assert.equal(at((await me({ authorization: "Bearer one" })).body, "data", "username"), "one");
		for (const headers of [
			{},
			{ "x-api-key": "" },
			{ "x-api-key": "three" },
			{ authorization: "Basic one" },
		]) {
			refused(await me(headers), 401, "unauthorized");
		}
	});

	it("shows an account its own videos only, under each of its keys", async () => {
		const { url } = await start({ accounts });
		const [one, rotated, two] = accounts.map(({ apiKey }) => clientOf({ url, apiKey }));
		assert(one && rotated && two);
		const id = idOf(await one.submit());
		assert.equal((await rotated.get(`/v3/videos/${id}`)).status, 200);
		refused(await two.get(`/v3/videos/${id}`), 404, "video_not_found");
		refused(await two.delete(`/v3/videos/${id}`), 404, "video_not_found");
		assert.deepEqual(at((await two.get("/v3/videos")).body, "data"), []);
		const statuses = await two.get(`/v3/videos/statuses?video_ids=${id}`);
		assert.equal(at(statuses.body, "data", 0, "status"), "not_found");
	});

	it("takes the price from the wallet, gives it back for a failed render, and refuses when it is empty", async () => {
		const emulator = await start({ accounts });
		const client = clientOf({ url: emulator.url, apiKey: "two" });
		const balance = async () =>
			at((await client.get("/v3/users/me")).body, "data", "wallet", "remaining_balance");
		assert.equal(await balance(), 10);
		await client.submit({ prompt: "[fail]" });
		assert.equal(await balance(), 3);
		refused(await client.submit(), 402, "insufficient_credit");
		emulator.control.clock.advance(60);
		assert.equal(await balance(), 10);
		idOf(await client.submit());
	});

	it("refuses a key that was revoked, takes a new one, and one that has become another account's", async () => {
		const { url, control } = await start({ accounts });
		const [one, two] = ["one", "two"].map((apiKey) => clientOf({ url, apiKey }));
		assert(one && two);
		const id = idOf(await one.submit());
		control.revokeKey("one");
		refused(await one.get(`/v3/videos/${id}`), 401, "unauthorized");
		control.giveKey("new", "one");
		assert.equal((await clientOf({ url, apiKey: "new" }).get(`/v3/videos/${id}`)).status, 200);
		control.giveKey("two", "one");
		assert.equal((await two.get(`/v3/videos/${id}`)).status, 200);
		assert.throws(() => control.revokeKey("one"), /No account.*this key/);
		assert.throws(() => control.giveKey("three", "three"), /no account three/);
		assert.throws(() => control.giveKey("", "one"), /must not be empty/);
	});

	it("holds in a wallet what it was told, whatever was spent before", async () => {
		const { url, control } = await start({ accounts });
		const client = clientOf({ url, apiKey: "two" });
		const id = idOf(await client.submit());
		control.setBalance("two", 6.99);
		refused(await client.submit(), 402, "insufficient_credit");
		assert.equal((await client.get(`/v3/videos/${id}`)).status, 200);
		control.setBalance("two", 7);
		idOf(await client.submit());
		assert.throws(() => control.setBalance("two", Number.NaN), /number of US dollars/);
		assert.throws(() => control.setBalance("three", 7), /no account three/);
	});

	it("changes keys and wallets over HTTP too", async () => {
		const emulator = await start({ accounts });
		const client = clientOf(emulator);
		const told = (path: string, body: object) => client.call("POST", `/_emulator/${path}`, body);
		assert.equal((await told("balance", { username: "one", usd: 6 })).status, 200);
		refused(await client.submit(), 402, "insufficient_credit");
		assert.equal((await told("give-key", { apiKey: "one", username: "two" })).status, 200);
		idOf(await client.submit());
		assert.equal((await told("revoke-key", { apiKey: "one" })).status, 200);
		refused(await client.submit(), 401, "unauthorized");
		refused(await told("revoke-key", { apiKey: "one" }), 400, "invalid_parameter");
		refused(await told("balance", { username: "one" }), 400, "invalid_parameter");
	});

	it("renders ten at once and says when the next slot is free", async () => {
		const emulator = await start({ queueSeconds: 0, renderSeconds: 100 });
		const client = clientOf(emulator);
		for (let count = 0; count < 10; count++) idOf(await client.submit());
		emulator.control.clock.advance(40);
		const answer = await client.submit({}, "eleventh");
		refused(answer, 429, "rate_limit_exceeded");
		const seconds = Number(answer.headers.get("retry-after"));
		assert(Number.isInteger(seconds) && seconds >= 50 && seconds <= 60, `Retry-After: ${seconds}`);
		emulator.control.clock.advance(seconds);
		idOf(await client.submit({}, "eleventh"));
	});

	it("frees the slot of a deleted render", async () => {
		const client = clientOf(await start({ concurrency: 1 }));
		const id = idOf(await client.submit());
		refused(await client.submit(), 429, "rate_limit_exceeded");
		await client.delete(`/v3/videos/${id}`);
		idOf(await client.submit());
	});

	it("pages and filters looks", async () => {
		const client = clientOf(await start());
		const ids: unknown[] = [];
		let token: unknown = "";
		do {
			const { body } = await client.get(`/v3/avatars/looks?limit=5&token=${token}`);
			for (const look of Object(at(body, "data"))) ids.push(look.id);
			token = at(body, "next_token");
		} while (token !== null);
		assert(ids.length > 15);
		assert.equal(new Set(ids).size, ids.length);
		for (const id of Object.values(EMULATOR_LOOKS)) assert(ids.includes(id), `${id} is listed`);

		const filtered = async (query: string) =>
			Object(at((await client.get(`/v3/avatars/looks?limit=50&${query}`)).body, "data"));
		for (const look of await filtered("ownership=public")) assert.equal(look.status, null);
		const twins = await filtered("ownership=private&avatar_type=digital_twin");
		assert(twins.length > 0);
		for (const look of twins) assert.equal(look.avatar_type, "digital_twin");
		const [{ group_id }] = twins;
		assert.equal((await filtered(`group_id=${group_id}`)).length, 5);
		refused(await client.get("/v3/avatars/looks?limit=51"), 400, "invalid_parameter", "limit");
		refused(await client.get("/v3/avatars/looks?ownership=mine"), 400, "invalid_parameter", "ownership");
		refused(await client.get("/v3/avatars/looks/nope"), 404, "avatar_not_found");
	});

	it("says what is wrong with its options", async () => {
		const key = { apiKey: "same", username: "one" };
		await assert.rejects(startEmulator({ accounts: [key, { ...key, username: "two" }] }), /same apiKey/);
		await assert.rejects(startEmulator({ accounts: [] }), /at least one account/);
		await assert.rejects(startEmulator({ concurrency: 0 }), /concurrency/);
		await assert.rejects(
			startEmulator({ data: process.execPath }),
			/cannot hold the emulator's data.*Choose another/,
		);
	});

	it("has a clock that only moves forward", async () => {
		const { clock } = (await start()).control;
		for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
			assert.throws(() => clock.advance(seconds), /only moves forward/);
		}
	});
});
