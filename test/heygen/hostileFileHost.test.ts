import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { DownloadError, type DownloadLimits, download } from "../../heygen/download.ts";
import { fastClock } from "../support/clock.ts";
import { startServer, type TestServer } from "../support/httpServer.ts";

type Step = (request: IncomingMessage, response: ServerResponse) => void;

describe("a file host that means harm", () => {
	let server: TestServer;
	let steps: Step[];
	let open: number;
	let got: number;

	beforeEach(async () => {
		[steps, open, got] = [[], 0, 0];
		server = await startServer((request, response) => {
			open++;
			response.on("close", () => open--);
			const step = steps.length > 1 ? steps.shift() : steps[0];
			step?.(request, response);
		});
	});
	afterEach(() => server.close());

	const run = (limits: DownloadLimits = {}, clock = fastClock()) =>
		download({
			link: async () => `${server.url}/hero.mp4?Signature=secret-part`,
			sink: {
				async write(bytes) {
					got += bytes.length;
				},
				async restart() {
					got = 0;
				},
			},
			clock,
			signal: new AbortController().signal,
			limits,
		});
	const fails = (call: Promise<unknown>, message: RegExp) =>
		assert.rejects(call, (error) => {
			assert.ok(error instanceof DownloadError);
			assert.match(error.message, message);
			assert.doesNotMatch(error.message, /secret-part|(?![\n\t])\p{Cc}|\p{Bidi_Control}/u);
			return true;
		});
	const whole: Step = (_request, response) => void response.end("the file");
	/** A body that comes byte by byte and does not end. */
	const dripping =
		(status: number, headers: Record<string, string> = {}): Step =>
		(_request, response) => {
			response.writeHead(status, headers);
			const drip = () => {
				if (!response.destroyed) response.write("x", () => setTimeout(drip, 10));
			};
			drip();
		};
	/** What a server writes that does not care for HTTP. */
	const raw =
		(text: string): Step =>
		(request) =>
			void request.socket.end(text);

	for (const [name, step] of [
		["a refusal", dripping(503)],
		["a redirect", dripping(302, { location: "/again" })],
		["an answer to another part", dripping(416)],
	] as const) {
		it(`does not hold a download by ${name} that does not end`, async () => {
			steps = [step, whole];
			assert.equal(await run(), 8);
			while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
		});
	}

	it("is left when it sends hardly anything, however long it goes on", async () => {
		for (const headers of [{}, { "content-length": "300000" }] as const) {
			steps = [dripping(200, headers)];
			await fails(run({ idleMs: 100, mostTries: 2 }), /brought hardly anything/);
			while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
		}
	});

	it("is not left for a sink that takes its time", async () => {
		steps = [whole];
		const sink = {
			write: async () => new Promise<void>((resolve) => setTimeout(resolve, 300)),
			restart: async () => {},
		};
		const link = async () => server.url;
		const { signal } = new AbortController();
		const size = await download({ link, sink, clock: fastClock(), signal, limits: { idleMs: 100 } });
		assert.equal(size, 8);
	});

	it("is left after a day, whatever it sends", async () => {
		const clock = fastClock();
		steps = [dripping(200)];
		setTimeout(() => void clock.sleep(24 * 3_600_000 + 1), 50);
		await fails(run({}, clock), /it took more than a day/);
	});

	it("fills no disk by a length that is honest", async () => {
		const length = 4 * 1024 ** 3 + 1;
		steps = [(_request, response) => void response.writeHead(200, { "content-length": length }).write("x")];
		await fails(run(), /127\.0\.0\.1:\d+: the file is announced with 4294967297 bytes, more than 4294967296/);
		assert.equal(got, 0);
		steps = [
			(_request, response) => void response.writeHead(200, { "content-length": 11 }).end("the file is"),
		];
		await fails(run({ mostBytes: 10 }), /announced with 11 bytes, more than 10/);
	});

	it("is asked for no compressed file, and gets none unpacked", async () => {
		const bomb = gzipSync(Buffer.alloc(16 * 1024 * 1024));
		steps = [(_request, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb)];
		await fails(run({ mostTries: 2 }), /compressed \(gzip\), which was not asked for/);
		assert.equal(got, 0);
	});

	it("gets nowhere with headers that contradict each other, or flood", async () => {
		const ok = "HTTP/1.1 200 OK\r\n";
		for (const text of [
			`${ok}Content-Length: 3\r\nContent-Length: 8\r\n\r\nthe file`,
			`${ok}Content-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthe\r\n0\r\n\r\n`,
			`${ok}Content-Length: -1\r\n\r\nthe file`,
			`${ok}${Array.from({ length: 400 }, (_, at) => `X-${at}: ${"y".repeat(100)}\r\n`).join("")}\r\nthe file`,
			`${"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n".repeat(50)}nonsense`,
			"\u001b[31mno HTTP\r\n",
		]) {
			steps = [raw(text)];
			await fails(run({ mostTries: 1 }), /failed 1 times/);
		}
	});

	it("cannot send more than it announces", async () => {
		steps = [raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nthe file")];
		await run({ mostTries: 1 }).catch(() => {});
		assert.ok(got <= 3, `${got} bytes`);
	});

	it("cannot get an escape into an error by a place that it redirects to", async () => {
		const location = "http://\u202eexample.com\u0007/?Signature=secret-part";
		steps = [raw(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`)];
		await fails(run({ mostTries: 1 }), /failed 1 times/);
		steps = [raw("HTTP/1.1 302 Found\r\nLocation: http://me:pw@example.com/\r\nContent-Length: 0\r\n\r\n")];
		await fails(run({ mostTries: 1 }), /at example\.com, but not over https/);
	});
});
