import assert from "node:assert/strict";
import { DownloadError } from "../../../heygen/download.ts";
import { cutAfter, ETAG, FILE, fileHost, refuse, type Step, whole } from "./support.ts";

describe("a download", () => {
	const at = fileHost();

	it("brings the file whole, and sends neither a key nor anything else that is secret", async () => {
		at.steps = [whole];
		const { size, got, links } = await at.run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([size, links], [FILE.length, 1]);
		const names = Object.keys(at.seen[0]?.headers ?? {}).sort();
		assert.deepEqual(names, ["accept", "accept-encoding", "connection", "host", "user-agent"]);
	});

	it("goes on where a connection broke, with a new link and the file's name", async () => {
		at.steps = [cutAfter(100_000), cutAfter(50_000), cutAfter(FILE.length)];
		const { got, links, restarts } = await at.run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([links, restarts], [3, []]);
		assert.deepEqual(at.rangesAsked(), [
			[undefined, undefined],
			["bytes=100000-", ETAG],
			["bytes=150000-", ETAG],
		]);
		assert.equal(new Set(at.seen.map((request) => request.url)).size, 3);
	});

	it("goes on without an ETag by the length that was announced", async () => {
		at.steps = [cutAfter(100_000, {}), cutAfter(FILE.length, {})];
		const { got, restarts } = await at.run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([at.rangesAsked()[1], restarts], [["bytes=100000-", undefined], []]);
	});

	it("begins again at a host that serves no parts", async () => {
		at.steps = [cutAfter(100_000), whole];
		const { got, restarts } = await at.run();
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
			at.steps = [cutAfter(100_000), wrong, whole];
			const { got, restarts } = await at.run();
			assert.ok(got.equals(FILE));
			assert.deepEqual([restarts, at.rangesAsked()[2]], [[100_000], [undefined, undefined]]);
		});
	}

	it("begins again when the host says that there is no such part", async () => {
		at.steps = [cutAfter(100_000), refuse(416), whole];
		assert.ok((await at.run()).got.equals(FILE));
	});

	for (const status of [403, 404, 429, 500, 503]) {
		it(`takes a new link after HTTP ${status}, half-way too`, async () => {
			at.steps = [refuse(status), cutAfter(100_000), refuse(status), cutAfter(FILE.length)];
			const { got, links, restarts } = await at.run();
			assert.ok(got.equals(FILE));
			assert.deepEqual([links, restarts], [4, []]);
		});
	}

	it("gives up after five refusals in a row, with growing waits, and tells why", async () => {
		at.steps = [refuse(403)];
		await assert.rejects(at.run(), (error) => {
			assert.ok(error instanceof DownloadError);
			assert.match(error.message, /failed 5 times.*127\.0\.0\.1:\d+ answered HTTP 403: the link has expired/);
			return true;
		});
		assert.equal(at.seen.length, 5);
		assert.deepEqual(at.clock.sleeps, [500, 1_000, 2_000, 4_000]);
	});

	it("does not count tries that brought something, up to a hundred", async () => {
		at.steps = [cutAfter(10_000)];
		const { got, links } = await at.run();
		assert.ok(got.equals(FILE));
		assert.equal(links, 30);
		at.steps = [cutAfter(1)];
		await assert.rejects(at.run(), /failed 100 times/);
	});

	it("does not take an ever repeated beginning for progress", async () => {
		const noParts: Step = (request, response) => {
			delete request.headers.range;
			cutAfter(200_000)(request, response);
		};
		at.steps = [noParts];
		await assert.rejects(at.run(), /failed \d times, the last time because .* the connection broke off/);
		assert.ok(at.seen.length <= 6, `${at.seen.length} requests`);
	});

	it("begins again when a file of unannounced length breaks off", async () => {
		const breaks: Step = (_request, response) => {
			response.write(FILE.subarray(0, 1_000), () => setTimeout(() => response.destroy(), 20));
		};
		at.steps = [breaks, whole];
		const { got, restarts } = await at.run();
		assert.ok(got.equals(FILE));
		assert.deepEqual([at.rangesAsked()[1], restarts], [[undefined, undefined], [1_000]]);
	});
});
