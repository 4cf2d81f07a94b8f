import assert from "node:assert/strict";
import fc from "fast-check";
import { sharedProcess } from "../process.ts";
import { GOOD, idOf } from "../support.ts";
import { head, sendRaw } from "./raw.ts";

const BUDGET = { interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false } as const;
const GET = { "content-length": "0" };

describe("emulator: requests that are no good HTTP", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(350);
	const send = (...pieces: (string | Uint8Array)[]) => sendRaw(emulator().url, pieces, { seconds: 2 });
	const ok = (status: number | undefined) => status === undefined || (status >= 200 && status < 500);

	for (const path of [
		"*",
		"//",
		"//v3/users/me",
		"/v3//users/me",
		"/v3/../../../etc/passwd",
		"/files/..%2f..%2femulator.sqlite/video.mp4",
		"/assets/..%2f..%2femulator.sqlite/original.png",
		"/videos/%2e%2e%2f",
		"/%",
		"/%zz",
		"/v3/videos/%",
		"/v3/videos/%00",
		"/v3/videos/%ff%fe",
		"/v3\\videos",
		"/a b",
		"ftp://x/",
		"v3/users/me",
		"?",
		`/${"a/".repeat(5000)}`,
		`/v3/videos?${"limit=1&".repeat(1800)}`,
		"/v3/videos?limit=%zz",
		"/v3/videos?token=%00",
		"/v3/videos?title=%ff",
		`/v3/videos/statuses?video_ids=${",".repeat(5000)}`,
		"/v3/videos/__proto__",
		"/v3/avatars/looks/constructor",
		"/looks/__proto__/preview.jpg",
		"/_emulator/interceptions/__proto__",
	]) {
		it(`answers a path like ${path.slice(0, 40)}`, async () => {
			const { status, text } = await send(head("GET", path));
			assert(status !== undefined && ok(status), text);
			assert.doesNotMatch(text, /SQLite format|root:/);
		});
	}

	it("answers every method, known or not", async () => {
		for (const method of [
			"TRACE",
			"OPTIONS",
			"PROPFIND",
			"QUERY",
			"PATCH",
			"M-SEARCH",
			"get",
			"FOO",
			"HEAD",
		]) {
			for (const path of ["/v3/users/me", "/files/x/video.mp4", "/_emulator/settings", "/uploads/x", "/"]) {
				const { status, text } = await send(head(method, path, GET));
				assert(status !== undefined && ok(status), `${method} ${path}: ${text}`);
			}
		}
		assert(ok((await send("CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n")).status));
	});

	for (const [name, text] of [
		["no host", "GET /v3/users/me HTTP/1.1\r\n\r\n"],
		["a host that is none", head("GET", "/v3/videos", { host: "a b" })],
		["a host with a wrong port", head("GET", "/v3/videos", { host: "127.0.0.1:99999" })],
		["a host that is neither a name nor an address", head("GET", "/v3/users/me", { host: "_127.0.0.1" })],
		["a host with half a bracket", head("GET", "/v3/videos", { host: "[::1" })],
		[
			"two lengths",
			"POST /v3/videos HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
		],
		["a negative length", head("POST", "/v3/videos", { "content-length": "-1" })],
		["a length of many digits", head("POST", "/v3/videos", { "content-length": "9".repeat(40) })],
		[
			"a length and chunks",
			head("POST", "/v3/videos", { "content-length": "2", "transfer-encoding": "chunked" }),
		],
		["chunks that are none", `${head("POST", "/v3/videos", { "transfer-encoding": "chunked" })}zz\r\n`],
		["an unknown encoding", head("POST", "/v3/videos", { "transfer-encoding": "gzip" })],
		["an unknown expectation", head("POST", "/v3/videos", { expect: "x", "content-length": "2" })],
		["a huge header", head("GET", "/v3/users/me", { x: "a".repeat(200_000) })],
		["thousands of headers", `GET / HTTP/1.1\r\nhost: x\r\n${"a: b\r\n".repeat(5000)}\r\n`],
		["a NUL in a header", head("GET", "/v3/users/me", { x: "a\0b" })],
		["a folded header", head("GET", "/v3/users/me", { x: "a\r\n b" })],
		["a header __proto__", head("GET", "/v3/users/me", { ["__proto__x"]: "y", constructor: "z" })],
		[
			"two keys",
			`GET /v3/users/me HTTP/1.1\r\nhost: x\r\nx-api-key: a\r\nx-api-key: b\r\nconnection: close\r\n\r\n`,
		],
		["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
		["HTTP/9.9", "GET / HTTP/9.9\r\n\r\n"],
		["a protocol of its own", "\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03"],
		["empty lines without end", "\r\n".repeat(20_000)],
	] as const) {
		it(`stands ${name}`, async () => {
			const { status, text: answer } = await send(Buffer.from(text, "latin1"));
			assert(ok(status), answer);
		});
	}

	it("gives no error of its own for any request that a fuzzer makes", async () => {
		const token = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");
		const segment = fc.oneof(
			fc.constantFrom(
				"v3",
				"videos",
				"statuses",
				"assets",
				"complete",
				"webhooks",
				"endpoints",
				"events",
				"files",
			),
			fc.constantFrom(
				"..",
				".",
				"",
				"%",
				"%2f",
				"%00",
				"__proto__",
				"uploads",
				"looks",
				"avatars",
				"users",
				"me",
			),
			fc.webSegment(),
		);
		const query = fc.oneof(
			fc.constant(""),
			fc.webQueryParameters().map((text) => `?${text}`),
		);
		const path = fc
			.tuple(fc.array(segment, { maxLength: 5 }), query)
			.map(([parts, q]) => `/${parts.join("/")}${q}`);
		const name = fc.constantFrom(
			"content-type",
			"range",
			"if-range",
			"idempotency-key",
			"accept",
			"cookie",
			"x",
			"te",
		);
		const value = fc.string({
			unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
		});
		const headers = fc.dictionary(name, value, { maxKeys: 4 });
		const body = fc.oneof(
			fc.constant(""),
			fc.json(),
			fc.string({ unit: "binary" }),
			fc.constant(JSON.stringify(GOOD)),
		);
		await fc.assert(
			fc.asyncProperty(token, path, headers, body, async (method, where, lines, text) => {
				const length = { "content-length": String(Buffer.byteLength(text)) };
				const { status, text: answer } = await send(head(method, where, { ...lines, ...length }), text);
				assert(ok(status), answer);
			}),
			{ ...BUDGET, numRuns: 400 },
		);
		idOf(await emulator().submit());
	});

	it("ends nothing for bytes that a fuzzer makes", async () => {
		const good = head("POST", "/v3/videos", { "content-length": "2" });
		const mutated = fc
			.tuple(fc.nat(good.length), fc.nat(20), fc.uint8Array({ maxLength: 40 }))
			.map(([at, without, bytes]) =>
				Buffer.concat([
					Buffer.from(good.slice(0, at)),
					bytes,
					Buffer.from(good.slice(at + without)),
					Buffer.from("{}"),
				]),
			);
		await fc.assert(
			fc.asyncProperty(mutated, async (bytes) => {
				const sent = sendRaw(emulator().url, [bytes], { seconds: 0.2 });
				assert(ok((await sent).status));
			}),
			{ ...BUDGET, numRuns: 300 },
		);
		idOf(await emulator().submit());
	});
});
