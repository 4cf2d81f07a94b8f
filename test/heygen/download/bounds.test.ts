import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import { download } from "../../../heygen/download.ts";
import { cutAfter, ETAG, FILE, fileHost, type Step, whole } from "./support.ts";

describe("what a download does not put up with", () => {
	const at = fileHost();

	it("refuses more than what was announced", async () => {
		const more: Step = (_request, response) => {
			response.writeHead(206, {
				"content-range": `bytes 100000-${FILE.length - 1}/${FILE.length}`,
				etag: ETAG,
			});
			response.end(Buffer.alloc(FILE.length));
		};
		at.steps = [cutAfter(100_000), more];
		await assert.rejects(at.run(), /sends more than the 300000 bytes that it announced/);
	});

	it("takes a file of unannounced length, and refuses one without end", async () => {
		at.steps = [
			(_request, response) => {
				response.write(FILE.subarray(0, 1_000));
				response.end(FILE.subarray(1_000));
			},
		];
		assert.ok((await at.run()).got.equals(FILE));

		let open = 0;
		at.steps = [
			(_request, response) => {
				open++;
				const more = () => {
					if (!response.destroyed) response.write(Buffer.alloc(100_000), () => setImmediate(more));
				};
				response.on("close", () => open--);
				more();
			},
		];
		const endless = at.run({ mostBytes: 5_000_000 });
		await assert.rejects(endless, /sends without end: more than 5000000 bytes, and no length was announced/);
		while (open > 0) await new Promise((resolve) => setTimeout(resolve, 5));
	});

	it("leaves a host that does not answer, or falls silent", async () => {
		at.steps = [() => {}, whole];
		assert.ok((await at.run({ headersMs: 100 })).got.equals(FILE));
		const silent: Step = (_request, response) => {
			response.writeHead(200, { "content-length": FILE.length, etag: ETAG });
			response.write(FILE.subarray(0, 5_000));
		};
		at.steps = [silent, cutAfter(FILE.length)];
		const { got, restarts } = await at.run({ idleMs: 300 });
		assert.ok(got.equals(FILE));
		assert.deepEqual(restarts, []);

		at.steps = [() => {}];
		await assert.rejects(at.run({ headersMs: 50, mostTries: 2 }), /failed 2 times.*no answer within 0\.05 s/);
	});

	it("goes no faster than its sink", async () => {
		let sent = 0;
		at.steps = [
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
		const link = async () => `${at.url}/hero.mp4`;
		await assert.rejects(download({ link, sink, clock: at.clock, signal: stop.signal }), /enough/);
		assert.ok(sent < 25_000_000, `${sent} bytes were taken in while the sink had ${written}`);
	});

	it("follows redirects to another host, and not for ever", async () => {
		const hosts: IncomingMessage["headers"][] = [];
		const other = await at.serve((request, response) => {
			hosts.push(request.headers);
			response.end(FILE);
		});
		const redirect =
			(location: string): Step =>
			(_request, response) => {
				response.writeHead(302, { location });
				response.end();
			};
		at.steps = [redirect("/moved"), redirect(`${other}/hero.mp4?token=x`)];
		assert.ok((await at.run()).got.equals(FILE));
		assert.deepEqual([at.seen[1]?.url, hosts.length], ["/moved", 1]);
		assert.equal(hosts[0]?.["x-api-key"] ?? hosts[0]?.authorization, undefined);

		at.steps = [redirect("/round")];
		await assert.rejects(at.run({ mostTries: 1 }), /redirects again and again/);
		at.steps = [redirect("http://example.com/hero.mp4?Signature=secret-part")];
		await assert.rejects(at.run({ mostTries: 1 }), /offered at example\.com, but not over https/);
		at.steps = [redirect("file:///etc/passwd")];
		await assert.rejects(at.run({ mostTries: 1 }), /not over https/);
	});

	it("ends with the sink's error, without another try", async () => {
		at.steps = [whole];
		const sink = { write: () => Promise.reject(new Error("disk full")), restart: async () => {} };
		const { signal } = new AbortController();
		const link = async () => at.url;
		await assert.rejects(download({ link, sink, clock: at.clock, signal }), /^Error: disk full$/);
		assert.equal(at.seen.length, 1);
	});

	it("ends with the error of the link, half-way too", async () => {
		at.steps = [cutAfter(1_000)];
		let asked = 0;
		const link = async () => {
			if (asked++ > 0) throw new Error("video not found");
			return at.url;
		};
		const sink = { write: async () => {}, restart: async () => {} };
		const { signal } = new AbortController();
		await assert.rejects(download({ link, sink, clock: at.clock, signal }), /^Error: video not found$/);
	});

	it("ends at once with the signal's reason", async () => {
		const stop = new AbortController();
		at.steps = [
			(_request, response) => {
				response.writeHead(200, { "content-length": FILE.length });
				response.write(FILE.subarray(0, 10));
				setTimeout(() => stop.abort(new Error("cancelled")), 30);
			},
		];
		await assert.rejects(at.run({}, stop.signal), /^Error: cancelled$/);
		assert.equal(at.seen.length, 1);
	});
});
