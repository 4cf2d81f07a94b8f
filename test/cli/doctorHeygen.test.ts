import assert from "node:assert/strict";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { type Emulator, type Interception, startEmulator } from "../../emulator/index.ts";
import { answerJson, startServer, type TestServer } from "../support/httpServer.ts";
import { assertCheck, doctor, ONLY_NODE } from "./support/doctor.ts";

describe("pulumi-heygen doctor asks HeyGen", function () {
	this.timeout(60_000);
	let emulator: Emulator;
	let server: TestServer | undefined;

	beforeEach(async () => {
		emulator = await startEmulator();
	});
	afterEach(async () => {
		await emulator.close();
		await server?.close();
		server = undefined;
	});

	/** Without a project: what is told of HeyGen hangs on the environment alone. */
	const ask = (env: Record<string, string> = {}) =>
		doctor({
			cwd: tmpdir(),
			env: { PATH: ONLY_NODE, HEYGEN_BASE_URL: emulator.url, HEYGEN_API_KEY: emulator.apiKey, ...env },
		});
	const askServer = async (listener: RequestListener) => {
		server = await startServer(listener);
		return ask({ HEYGEN_BASE_URL: server.url });
	};
	const answering = (action: Interception["action"]) =>
		emulator.control.intercept({ times: Number.POSITIVE_INFINITY, action });
	const ACCOUNT = { data: { username: "marketing", wallet: { currency: "usd", remaining_balance: 50 } } };

	it("whose key it is and what the account holds, by one request that changes nothing", async () => {
		const told = await ask();
		assertCheck(told.one("key"), "ok", /by HEYGEN_API_KEY/);
		assertCheck(told.one("heygen"), "ok", /takes the key: it is of the account "emulator"/);
		assertCheck(told.one("balance"), "ok", /The account has USD 1000\.00; a render counts as USD 7\.00/);
		assertCheck(told.one("clock"), "ok", /The clock is that of HeyGen/);
		assertCheck(
			told.one("base-url"),
			"warning",
			/which is not HeyGen's own address/,
			/unset HEYGEN_BASE_URL/,
		);
		const requests = emulator.control.requests().map(({ method, path }) => `${method} ${path}`);
		assert.deepEqual(requests, ["GET /v3/users/me"]);
	});

	it("and warns of a balance that pays for no render at the user's own price", async () => {
		emulator.control.setBalance("emulator", 6);
		assertCheck((await ask()).one("balance"), "warning", /^USD 6\.00 .* not pay .* USD 7\.00/, /Top up/);
		assert.equal((await ask({ HEYGEN_PRICE_PER_VIDEO_USD: "6" })).one("balance").status, "ok");
	});

	it("and tells credits without comparing them, and a balance that is not told", async () => {
		const credits = {
			billing_type: "subscription",
			subscription: { plan: "pro", credits: { premium_credits: { remaining: 3 } } },
		};
		const told = await askServer((_, response) =>
			answerJson(response, 200, { data: { username: "m", ...credits } }),
		);
		assertCheck(told.one("balance"), "ok", /The account has 3 credits/);
		await server?.close();
		const silent = await askServer((_, response) => answerJson(response, 200, { data: { username: "m" } }));
		assertCheck(silent.one("balance"), "skipped", /HeyGen does not tell/);
	});

	it("and tells a key that is not valid", async () => {
		emulator.control.revokeKey(emulator.apiKey);
		const told = await ask();
		assertCheck(
			told.one("heygen"),
			"problem",
			/does not take the key \(401 unauthorized: /,
			/Check the API key/,
		);
		assert.deepEqual(told.one("account").status, "skipped");
	});

	it("without a key whether it is there at all", async () => {
		const told = await ask({ HEYGEN_API_KEY: "" });
		assertCheck(told.one("heygen"), "ok", /HeyGen answers; whether it takes the key is not known/);
	});

	it("nothing with a key that cannot be one", async () => {
		const told = await ask({ HEYGEN_API_KEY: "with space" });
		assertCheck(told.one("key"), "problem", /^The HeyGen key of HEYGEN_API_KEY holds characters/);
		assert.match(told.one("heygen").text, /not known without one/);
	});

	for (const [name, action, status, text, mend] of [
		[
			"a gateway's 502",
			{ status: 502, html: "<h1>Bad gateway</h1>" },
			"problem",
			/A proxy or gateway answers .*502: Bad gateway/,
			/Check the connection/,
		],
		[
			"a proxy's 407",
			{ status: 407, text: "Sign in" },
			"problem",
			/A proxy or gateway answers .*407: Sign in/,
			/heygen:baseUrl/,
		],
		[
			"a gateway's 401, which says nothing of the key",
			{ status: 401, html: "Sign in" },
			"problem",
			/A proxy or gateway/,
			/Check/,
		],
		[
			"a page with 200",
			{ status: 200, html: "<h1>Welcome</h1>" },
			"problem",
			/is not HeyGen's API/,
			/Check the connection/,
		],
		[
			"a redirect",
			{ status: 302, html: "" },
			"problem",
			/A proxy or gateway answers/,
			/Check the connection/,
		],
		[
			"trouble of the service",
			{ status: 503 },
			"problem",
			/HeyGen has trouble \(503 service_unavailable/,
			/later/,
		],
		[
			"lost access",
			{ status: 403, code: "forbidden" },
			"problem",
			/HeyGen refuses the account of the key/,
			/rights at/,
		],
		[
			"a rate limit",
			{ status: 429, headers: { "retry-after": "17" } },
			"warning",
			/no more requests just now \(429/,
			/in 17 s/,
		],
		["a quota", { status: 429, code: "quota_exceeded" }, "warning", /429 quota_exceeded/, /quota is used up/],
		["a connection that is cut", "reset", "problem", /HeyGen cannot be reached/, /Check the connection/],
	] as const) {
		it(`and tells ${name}, asking only once`, async () => {
			answering(action);
			assertCheck((await ask()).one("heygen"), status, text, mend);
			assert.equal(emulator.control.requests().length, 1);
		});
	}

	it("no longer than ten seconds", async () => {
		const told = await askServer(() => {});
		assertCheck(told.one("heygen"), "problem", /does not answer within 10 s/, /Check the connection/);
	});

	it("and says that a proxy of the environment is not used", async () => {
		const told = await ask({ HEYGEN_BASE_URL: "http://127.0.0.1:9", HTTPS_PROXY: "http://127.0.0.1:8" });
		assertCheck(
			told.one("heygen"),
			"problem",
			/ECONNREFUSED 127\.0\.0\.1:9/,
			/HTTPS_PROXY is set, and is not used/,
		);
	});

	it("nothing at a base URL that is none", async () => {
		const told = await ask({ HEYGEN_BASE_URL: "http://heygen.example" });
		assertCheck(
			told.one("settings"),
			"problem",
			/^heygen:baseUrl must be an https URL/,
			/Set HEYGEN_BASE_URL/,
		);
		assert.deepEqual(
			["base-url", "heygen", "balance", "clock", "account", "looks"].map((id) => told.one(id).status),
			Array(6).fill("skipped"),
		);
	});

	for (const [seconds, status, text] of [
		[45, "warning", /^This machine's clock is 4\d s behind HeyGen's/],
		[-45, "warning", /^This machine's clock is 4\d s ahead of HeyGen's/],
		[20, "ok", /The clock is that of HeyGen/],
		[-20, "ok", /The clock is that of HeyGen/],
	] as const) {
		it(`and holds its clock against the answer's date: ${seconds} s`, async () => {
			const told = await askServer((_, response) => {
				const date = new Date(Date.now() + seconds * 1000).toUTCString();
				answerJson(response, 200, ACCOUNT, { date });
			});
			assertCheck(
				told.one("clock"),
				status,
				text,
				status === "warning" ? /NTP.*No render is paid twice/ : undefined,
			);
		});
	}

	it("and goes on where an answer has no date", async () => {
		const told = await askServer((_, response) => {
			response.sendDate = false;
			answerJson(response, 200, ACCOUNT);
		});
		assertCheck(told.one("clock"), "skipped", /no date/);
	});
});
