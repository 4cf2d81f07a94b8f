import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { DownloadError, type DownloadLimits, download } from "../../heygen/download.ts";
import { fastClock } from "../support/clock.ts";
import { startServer, type TestServer } from "../support/httpServer.ts";

const FILE = randomBytes(300_000);
const ETAG = '"one"';
type Step = (request: IncomingMessage, response: ServerResponse) => void;

describe("a download", () => {
	const servers: TestServer[] = [];
	let steps: Step[];
	let seen: IncomingMessage[];
	let url: string;
	let clock: ReturnType<typeof fastClock>;

	const serve = async (listener: RequestListener) => {
		const server = await startServer(listener);
		servers.push(server);
		return server.url;
	};
	beforeEach(async () => {
		steps = [];
		seen = [];
		clock = fastClock();
		url = await serve((request, response) => {
			seen.push(request);
			const step = steps.length > 1 ? steps.shift() : steps[0];
			step?.(request, response);
		});
	});
	afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

	/** Downloads from the steps; every link is another one. */
	const run = async (limits: DownloadLimits = {}, signal = new AbortController().signal) => {
		let got = Buffer.alloc(0);
		let links = 0;
		const restarts: number[] = [];
		const sink = {
			async write(bytes: Uint8Array) {
				got = Buffer.concat([got, bytes]);
			},
			async restart() {
				restarts.push(got.length);
				got = Buffer.alloc(0);
			},
		};
		const link = async () => `${url}/hero.mp4?Signature=secret-part-${++links}`;
		const size = await download({ link, sink, clock, signal, limits }).catch((error: unknown) => {
			assert.doesNotMatch(String(error), /secret-part/);
			throw error;
		});
		return { size, got, links, restarts };
	};

	const whole: Step = (_request, response) => {
		response.writeHead(200, { "content-length": FILE.length, etag: ETAG });
		response.end(FILE);
	};
	/** The whole file or the wanted rest of it, cut after so many bytes of the answer. */
	const cutAfter =
		(bytes: number, headers: Record<string, string> = { etag: ETAG }): Step =>
		(request, response) => {
			const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
			const range = from > 0 ? { "content-range": `bytes ${from}-${FILE.length - 1}/${FILE.length}` } : {};
			response.writeHead(from > 0 ? 206 : 200, {
				...headers,
				...range,
				"content-length": FILE.length - from,
			});
			response.write(FILE.subarray(from, from + bytes), () => setTimeout(() => response.destroy(), 20));
			if (from + bytes >= FILE.length) response.end();
		};
	const refuse =
		(status: number): Step =>
		(_request, response) => {
			response.writeHead(status, { "content-type": "application/xml" });
			response.end("<Error><Code>AccessDenied</Code></Error>");
		};
	const rangesAsked = () => seen.map(({ headers }) => [headers.range, headers["if-range"]]);

	it("brings the file whole, and sends neither a key nor anything else that is secret", async () => {
		steps = [whole];
		const { size, got, links } = await run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([size, links], [FILE.length, 1]);
		const names = Object.keys(seen[0]?.headers ?? {}).sort();
		assert.deepEqual(names, ["accept", "accept-encoding", "connection", "host", "user-agent"]);
	});

	it("goes on where a connection broke, with a new link and the file's name", async () => {
		steps = [cutAfter(100_000), cutAfter(50_000), cutAfter(FILE.length)];
		const { got, links, restarts } = await run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([links, restarts], [3, []]);
		assert.deepEqual(rangesAsked(), [
			[undefined, undefined],
			["bytes=100000-", ETAG],
			["bytes=150000-", ETAG],
		]);
		assert.equal(new Set(seen.map((request) => request.url)).size, 3);
	});

	it("goes on without an ETag by the length that was announced", async () => {
		steps = [cutAfter(100_000, {}), cutAfter(FILE.length, {})];
		const { got, restarts } = await run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([rangesAsked()[1], restarts], [["bytes=100000-", undefined], []]);
	});

	it("begins again at a host that serves no parts", async () => {
		steps = [cutAfter(100_000), whole];
		const { got, restarts } = await run();
		assert.ok(got.equals(FILE));
		assert.deepEqual(restarts, [100_000]);
	});

	for (const [name, headers] of [
		["another place", { "content-range": `bytes 90000-${FILE.length - 1}/${FILE.length}`, etag: ETAG }],
		["another length", { "content-range": "bytes 100000-199999/200000", etag: ETAG }],
		["another file", { "content-range": `bytes 100000-299999/${FILE.length}`, etag: '"two"' }],
		["nothing that can be read", { "content-range": "all of it" }],
	] as const) {
		it(`begins again when the rest that comes is of ${name}`, async () => {
			const wrong: Step = (_request, response) => {
				response.writeHead(206, headers);
				response.end(Buffer.alloc(200_000));
			};
			steps = [cutAfter(100_000), wrong, whole];
			const { got, restarts } = await run();
			assert.ok(got.equals(FILE));
			assert.deepEqual([restarts, rangesAsked()[2]], [[100_000], [undefined, undefined]]);
		});
	}

	it("begins again when the host says that there is no such part", async () => {
		steps = [cutAfter(100_000), refuse(416), whole];
		assert.ok((await run()).got.equals(FILE));
	});

	for (const status of [403, 404, 429, 500, 503]) {
		it(`takes a new link after HTTP ${status}, half-way too`, async () => {
			steps = [refuse(status), cutAfter(100_000), refuse(status), cutAfter(FILE.length)];
			const { got, links, restarts } = await run();
			assert.ok(got.equals(FILE));
			assert.deepEqual([links, restarts], [4, []]);
		});
	}

	it("gives up after five refusals in a row, with growing waits, and tells why", async () => {
		steps = [refuse(403)];
		await assert.rejects(run(), (error) => {
			assert.ok(error instanceof DownloadError);
			assert.match(error.message, /failed 5 times.*127\.0\.0\.1:\d+ answered HTTP 403: the link has expired/);
			return true;
		});
		assert.equal(seen.length, 5);
		assert.deepEqual(clock.sleeps, [500, 1_000, 2_000, 4_000]);
	});

	it("does not count tries that brought something, up to a hundred", async () => {
		steps = [cutAfter(10_000)];
		const { got, links } = await run();
		assert.ok(got.equals(FILE));
		assert.equal(links, 30);
		steps = [cutAfter(1)];
		await assert.rejects(run(), /failed 100 times/);
	});

	it("does not take an ever repeated beginning for progress", async () => {
		const noParts: Step = (request, response) => {
			delete request.headers.range;
			cutAfter(200_000)(request, response);
		};
		steps = [noParts];
		await assert.rejects(run(), /failed \d times, the last time because .* the connection broke off/);
		assert.ok(seen.length <= 6, `${seen.length} requests`);
	});

	it("refuses more than what was announced", async () => {
		const more: Step = (_request, response) => {
			response.writeHead(206, {
				"content-range": `bytes 100000-${FILE.length - 1}/${FILE.length}`,
				etag: ETAG,
			});
			response.end(Buffer.alloc(FILE.length));
		};
		steps = [cutAfter(100_000), more];
		await assert.rejects(run(), /sends more than the 300000 bytes that it announced/);
	});

	it("takes a file of unannounced length, and refuses one without end", async () => {
		steps = [
			(_request, response) => {
				response.write(FILE.subarray(0, 1_000));
				response.end(FILE.subarray(1_000));
			},
		];
		assert.ok((await run()).got.equals(FILE));

		let open = 0;
		steps = [
			(_request, response) => {
				open++;
				const more = () => {
					if (!response.destroyed) response.write(Buffer.alloc(100_000), () => setImmediate(more));
				};
				response.on("close", () => open--);
				more();
			},
		];
		const endless = run({ mostBytes: 5_000_000 });
		await assert.rejects(endless, /sends without end: more than 5000000 bytes, and no length was announced/);
		while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	});

	it("begins again when a file of unannounced length breaks off", async () => {
		const breaks: Step = (_request, response) => {
			response.write(FILE.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 20));
		};
		steps = [breaks, whole];
		const { got, restarts } = await run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([rangesAsked()[1], restarts], [[undefined, undefined], [1_000]]);
	});

	it("leaves a host that does not answer, or falls silent", async () => {
		steps = [() => {}, whole];
		assert.ok((await run({ headersMs: 100 })).got.equals(FILE));
		const silent: Step = (_request, response) => {
			response.writeHead(200, { "content-length": FILE.length, etag: ETAG });
			response.write(FILE.subarray(0, 5_000));
		};
		steps = [silent, cutAfter(FILE.length)];
		const { got, restarts } = await run({ idleMs: 300 });
		assert.ok(got.equals(FILE));
		assert.deepEqual(restarts, []);

		steps = [() => {}];
		await assert.rejects(run({ headersMs: 50, mostTries: 2 }), /failed 2 times.*no answer within 0\.05 s/);
	});

	it("goes no faster than its sink", async () => {
		let sent = 0;
		steps = [
			(_request, response) => {
				response.writeHead(200, { "content-length": 50_000_000 });
				const more = () => {
					while (sent < 50_000_000) {
						sent += 100_000;
						if (!response.write(Buffer.alloc(100_000))) return void response.once("drain", more);
					}
				};
				more();
			},
		];
		const stop = new AbortController();
		let written = 0;
		const sink = {
			async write(bytes: Uint8Array) {
				written += bytes.length;
				if (written > 200_000) await new Promise((resolve) => setTimeout(resolve, 300).unref());
				if (written > 200_000) stop.abort(new Error("enough"));
			},
			restart: async () => {},
		};
		const link = async () => `${url}/hero.mp4`;
		await assert.rejects(download({ link, sink, clock, signal: stop.signal }), /enough/);
		assert.ok(sent < 25_000_000, `${sent} bytes were taken in while the sink had ${written}`);
	});

	it("follows redirects to another host, and not for ever", async () => {
		const hosts: IncomingMessage["headers"][] = [];
		const other = await serve((request, response) => {
			hosts.push(request.headers);
			response.end(FILE);
		});
		const redirect =
			(location: string): Step =>
			(_request, response) => {
				response.writeHead(302, { location });
				response.end();
			};
		steps = [redirect("/moved"), redirect(`${other}/hero.mp4?token=x`)];
		assert.ok((await run()).got.equals(FILE));
		assert.deepEqual([seen[1]?.url, hosts.length], ["/moved", 1]);
		assert.equal(hosts[0]?.["x-api-key"] ?? hosts[0]?.authorization, undefined);

		steps = [redirect("/round")];
		await assert.rejects(run({ mostTries: 1 }), /redirects again and again/);
		steps = [redirect("http://example.com/hero.mp4?Signature=secret-part")];
		await assert.rejects(run({ mostTries: 1 }), /offered at example\.com, but not over https/);
		steps = [redirect("file:///etc/passwd")];
		await assert.rejects(run({ mostTries: 1 }), /not over https/);
	});

	it("ends with the sink's error, without another try", async () => {
		steps = [whole];
		const sink = { write: () => Promise.reject(new Error("disk full")), restart: async () => {} };
		const { signal } = new AbortController();
		const link = async () => url;
		await assert.rejects(download({ link, sink, clock, signal }), /^Error: disk full$/);
		assert.equal(seen.length, 1);
	});

	it("ends with the error of the link, half-way too", async () => {
		steps = [cutAfter(1_000)];
		let asked = 0;
		const link = async () => {
			if (asked++ > 0) throw new Error("video not found");
			return url;
		};
		const sink = { write: async () => {}, restart: async () => {} };
		const { signal } = new AbortController();
		await assert.rejects(download({ link, sink, clock, signal }), /^Error: video not found$/);
	});

	it("ends at once with the signal's reason", async () => {
		const stop = new AbortController();
		steps = [
			(_request, response) => {
				response.writeHead(200, { "content-length": FILE.length });
				response.write(FILE.subarray(0, 10));
				setTimeout(() => stop.abort(new Error("cancelled")), 30);
			},
		];
		await assert.rejects(run({}, stop.signal), /^Error: cancelled$/);
		assert.equal(seen.length, 1);
	});
});
