import assert from "node:assert/strict";
import fc from "fast-check";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { remove } from "../../../provider/avatarShotsVideo/delete.ts";
import { LONGEST_CHAIN } from "../../../provider/keys.ts";
import { anyText } from "../../support/anything.ts";
import { fastClock } from "../../support/clock.ts";
import { testContext } from "../../support/context.ts";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";
import { checked, VIDEO } from "./support.ts";

const MINUTE = 60_000;

describe("with a service that never does what it is asked for,", () => {
	let server: TestServer;
	let refuse: () => { status: number; code: string; retryAfter?: string } | undefined;
	let requests: string[];
	beforeEach(async () => {
		requests = [];
		server = await startServer((request, response) => {
			const { method, url = "" } = request;
			if (url === "/v3/users/me") return answerJson(response, 200, { data: { username: "me" } });
			requests.push(`${method} ${url}`);
			const refusal = refuse();
			if (method !== "GET" && refusal !== undefined) {
				const { status, code, retryAfter } = refusal;
				const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
				return answerJson(response, status, { error: { code, message: "no" } }, headers);
			}
			if (method === "POST") return answerJson(response, 200, { data: { video_id: `v${requests.length}` } });
			return answerJson(response, 200, { data: { id: "v1", status: "failed", created_at: 1_600_000_000 } });
		});
	});
	afterEach(() => server.close());
	const run = (chance = 0.5) =>
		testContext({ baseUrl: server.url, clock: { ...fastClock(), random: () => chance } });
	const count = (method: string) => requests.filter((each) => each.startsWith(method)).length;

	const afters = fc.option(
		fc.oneof(
			fc.constantFrom("0", "-1", "9".repeat(400), "7", "3600", "Fri, 01 Jan 2100 00:00:00 GMT"),
			anyText().filter((text) => /^[\x20-\x7e]*$/.test(text)),
		),
		{ nil: undefined },
	);
	const refusals = fc.record({
		status: fc.constantFrom(409, 429, 500, 503),
		code: fc.constantFrom("conflict", "request_in_progress", "x"),
	});

	it("a delete ends within a quarter of an hour and one more call, after a bounded number of requests", async () => {
		const chances = fc.double({ min: 0, max: 0.999, noNaN: true });
		await fc.assert(
			fc.asyncProperty(refusals, afters, chances, async (refusal, retryAfter, chance) => {
				requests = [];
				refuse = () => ({ ...refusal, ...(retryAfter === undefined ? {} : { retryAfter }) });
				const context = run(chance);
				await assert.rejects(remove("v1", { account: "me" }, context), { status: refusal.status });
				assert.ok(context.clock.elapsed() <= 15 * MINUTE + 2 * MINUTE, `${context.clock.elapsed()} ms`);
				// Five tries every four seconds, where the service asks for no wait at all.
				assert.ok(count("DELETE") <= 1_150, `${count("DELETE")} requests`);
			}),
			{ numRuns: 10 },
		);
	});

	it("a submit gives up after the longest chain of videos that had failed before", async () => {
		refuse = () => undefined;
		const context = run();
		await assert.rejects(create(checked(VIDEO, context), context), /with 24 videos.*set `revision`/);
		assert.equal(count("POST"), LONGEST_CHAIN);
	});

	it("a submit that is told to wait gives up when its time is over", async () => {
		refuse = () => ({ status: 429, code: "rate_limit_exceeded", retryAfter: "7" });
		const context = run();
		const inputs = checked({ ...VIDEO, wait: { timeout: "10m" } }, context);
		await assert.rejects(create(inputs, context), /429 rate_limit_exceeded/);
		assert.ok(context.clock.elapsed() <= 10 * MINUTE, `${context.clock.elapsed()} ms`);
		assert.ok(count("POST") <= 1 + (10 * MINUTE) / 7_000);
	});

	it("a submit has one time for all of its keys", async () => {
		refuse = () => (count("POST") % 2 === 1 ? { status: 429, code: "x", retryAfter: "540" } : undefined);
		const context = run();
		const inputs = checked({ ...VIDEO, wait: { timeout: "10m" } }, context);
		await assert.rejects(create(inputs, context), /429 x/);
		assert.ok(context.clock.elapsed() <= 10 * MINUTE, `${context.clock.elapsed()} ms`);
	});

	it("a submit that gets no clear answer gives up after eight tries", async () => {
		refuse = () => ({ status: 503, code: "x" });
		const context = run();
		await assert.rejects(create(checked(VIDEO, context), context), /may have been accepted/);
		assert.equal(count("POST"), 8);
	});
});
