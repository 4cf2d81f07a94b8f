import assert from "node:assert/strict";
import fc from "fast-check";
import type { InterceptionAction } from "../../../emulator/index.ts";
import { sharedProcess } from "../process.ts";
import { clientOf, idOf, perTest, refused } from "../support.ts";

describe("emulator: garbage to the control", function () {
	this.timeout(60_000);
	const { start } = perTest();
	const emulator = sharedProcess(350);

	it("does not move the clock out of the years that dates can be written in", async () => {
		const { call, submit, get } = emulator();
		for (const seconds of [1e300, 1e12, Number.MAX_SAFE_INTEGER, -1, "1", null]) {
			refused(await call("POST", "/_emulator/clock/advance", { seconds }), 400, "invalid_parameter");
		}
		idOf(await submit());
		assert.equal((await get("/v3/videos")).status, 200);
		const { clock } = (await start()).control;
		for (const seconds of [1e300, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
			assert.throws(() => clock.advance(seconds), RangeError);
		}
	});

	it("does not take amounts that no date and no wallet can hold", async () => {
		const { call, submit } = emulator();
		for (const name of ["renderSeconds", "queueSeconds", "priceUsd", "linkSeconds", "uploadLinkSeconds"]) {
			for (const amount of [1e300, 1e15, -1, "8", null]) {
				const answer = await call("PATCH", "/_emulator/settings", { [name]: amount });
				assert.match(refused(answer, 400, "invalid_parameter"), new RegExp(name));
			}
		}
		idOf(await submit());
	});

	it("answers every status that it is told to, those without a body too", async () => {
		const { control, url, apiKey } = await start();
		const { get } = clientOf({ url, apiKey });
		for (const status of [200, 204, 205, 304, 404, 599]) {
			for (const action of [{ status }, { status, html: "<p>" }, { status, text: "x" }]) {
				control.intercept({ action });
				assert.equal((await get("/v3/users/me")).status, status);
			}
		}
	});

	it("refuses an interception that could not be carried out", async () => {
		const { call } = emulator();
		const { control } = await start();
		for (const action of [
			{ status: 500, headers: { "bad name": "x" } },
			{ status: 500, headers: { name: "two\r\nlines" } },
			{ status: 500, headers: { "content-length": "5" } },
			{ status: 500, headers: { "Transfer-Encoding": "chunked" } },
			{ status: 99 },
			{ status: 600, text: "x" },
			{ status: 101 },
			{ delaySeconds: 1e9 },
			{ answerAfterSeconds: -1 },
			{ breakAfterBytes: -1 },
		] satisfies InterceptionAction[]) {
			const name = JSON.stringify(action);
			assert.throws(() => control.intercept({ action }), TypeError, name);
			assert.equal((await call("POST", "/_emulator/interceptions", { action })).status, 400, name);
		}
	});

	it("never makes the control fail", async () => {
		const { call } = emulator();
		const path = fc.constantFrom(
			"settings",
			"clock",
			"clock/advance",
			"renders",
			"videos",
			"assets",
			"uploads",
			"requests",
			"webhook-endpoints",
			"webhook-deliveries",
			"events",
			"events/x/resend",
			"fail-next-render",
			"interceptions",
			"interceptions/1",
			"interceptions/__proto__",
			"nothing",
		);
		const word = fc.constantFrom(
			"seconds",
			"code",
			"message",
			"type",
			"data",
			"username",
			"__proto__",
			"action",
		);
		const body = fc.oneof(
			fc.string({ unit: "binary" }),
			fc.json({ maxDepth: 4 }),
			fc.dictionary(word, fc.jsonValue({ maxDepth: 3 })).map((value) => JSON.stringify(value)),
		);
		const method = fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE");
		await fc.assert(
			fc.asyncProperty(method, path, body, async (verb, where, text) => {
				const { status } = await call(verb, `/_emulator/${where}`, verb === "GET" ? undefined : text);
				assert(status < 500, `${status}`);
			}),
			{ numRuns: 300, interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false },
		);
	});
});
