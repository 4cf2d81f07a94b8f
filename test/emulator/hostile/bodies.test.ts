import assert from "node:assert/strict";
import { sharedProcess } from "../process.ts";
import { GOOD, idOf, refused } from "../support.ts";
import { head, openSocket, sendRaw } from "./raw.ts";

const MIB = 1024 * 1024;
const CHUNKED = { "transfer-encoding": "chunked" };
const FORM = { "content-type": "multipart/form-data; boundary=b" };
const block = Buffer.alloc(MIB, " ");

function* repeated(first: string, piece: string | Uint8Array, times: number, last = "") {
	yield first;
	for (let count = 0; count < times; count++) yield piece;
	yield last;
}
const chunkOf = (bytes: Uint8Array) =>
	Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
const withLength = (path: string, body: string, headers = {}) => [
	head("POST", path, { ...headers, "content-length": String(Buffer.byteLength(body)) }),
	body,
];

describe("emulator: bodies that are too large", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(350);

	for (const [name, path, headers, piece] of [
		["declared", "/v3/videos", { "content-length": String(1000 * MIB) }, block],
		["without a length", "/v3/videos", CHUNKED, chunkOf(block)],
		["a form, declared", "/v3/assets", { ...FORM, "content-length": String(1000 * MIB) }, block],
		["a form, without a length", "/v3/assets", { ...FORM, ...CHUNKED }, chunkOf(block)],
		["to the control", "/_emulator/settings", { "content-length": String(1000 * MIB) }, block],
		["where nobody takes one", "/v3/nothing", CHUNKED, chunkOf(block)],
	] as const) {
		it(`are refused above 32 MiB, and not read to their end: ${name}`, async () => {
			const { status } = await sendRaw(emulator().url, repeated(head("POST", path, headers), piece, 1000));
			assert.equal(status, 413);
		});
	}

	it("are refused to a client that sends all before it reads", async () => {
		const body = new Uint8Array(40 * MIB);
		for (let count = 0; count < 5; count++) {
			refused(await emulator().call("POST", "/v3/videos", body), 413, "payload_too_large");
		}
	});

	it("are taken in the smallest of pieces, up to the limit", async () => {
		const request = head("POST", "/v3/videos", CHUNKED);
		const pieces = repeated(request, "1\r\n \r\n".repeat(10_000), 30, "0\r\n\r\n");
		assert.equal((await sendRaw(emulator().url, pieces, { seconds: 50 })).status, 400);
	});

	for (const [name, body] of [
		["references", `${JSON.stringify(GOOD).slice(0, -1)},"references":[${"0,".repeat(8_000_000)}0]}`],
		["fields", `{"a":0${Array.from({ length: 1_500_000 }, (_, at) => `,"k${at}":0`).join("")}}`],
		["lists", `[${"[],".repeat(10_000_000)}0]`],
		["levels", `${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`],
		["levels in a field", `{"x":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`],
	] as const) {
		it(`are refused before they become values: a million and more ${name}`, async () => {
			const { status } = await sendRaw(emulator().url, withLength("/v3/videos", body), { seconds: 50 });
			assert.equal(status, 400);
		});
	}

	for (const [name, body] of [
		[
			"a line of spaces",
			`--b\r\nContent-Disposition: form-data; x${" ".repeat(300_000)}y\r\n\r\nabc\r\n--b--\r\n`,
		],
		["a name without end", `--b\r\nContent-Disposition: form-data; name="${"a".repeat(8_000_000)}\r\n\r\n`],
		["a head without end", `--b\r\n${"X: y\r\n".repeat(1_000_000)}`],
		["very many parts", `${"--b\r\nX: y\r\n\r\nabc\r\n".repeat(300_000)}--b--\r\n`],
	] as const) {
		it(`are refused in time: a form with ${name}`, async () => {
			const { status } = await sendRaw(emulator().url, withLength("/v3/assets", body, FORM), { seconds: 50 });
			assert.equal(status, 400);
		});
	}
});

describe("emulator: many large bodies", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(800);

	it("are refused with 503 while others fill the memory, and taken when those are gone", async () => {
		const request = head("POST", "/v3/videos", { "content-length": String(31 * MIB) });
		const open = Array.from({ length: 20 }, () => {
			const socket = openSocket(emulator().url);
			const status = new Promise<string>((resolve) => {
				socket.on("data", (answer: Buffer) => resolve(answer.toString("latin1", 9, 12)));
			});
			socket.write(request);
			for (let count = 0; count < 30; count++) socket.write(block);
			return { socket, status };
		});
		assert.equal(await Promise.race(open.map(({ status }) => status)), "503");
		for (const { socket } of open) socket.destroy();
		const send = () => emulator().call("POST", "/v3/videos", `${" ".repeat(30 * MIB)}{}`);
		// The emulator sees only after a while that they are gone.
		let answer = await send();
		while (answer.status === 503) answer = await send();
		for (let count = 0; count < 9; count++) {
			refused(answer, 400, "invalid_parameter", "type");
			answer = await send();
		}
	});

	it("are remembered up to a size", async () => {
		const { call, get } = emulator();
		const body = `[${"[],".repeat(3000)}0]${" ".repeat(200 * 1024)}`;
		for (let count = 0; count < 200; count++) {
			refused(await call("POST", "/v3/videos", body), 400, "invalid_parameter");
		}
		const { status, body: requests } = await get("/_emulator/requests");
		assert.equal(status, 200);
		assert(Array.isArray(requests));
		assert(requests.length > 100 && requests.length < 200, `${requests.length} requests`);
	});
});

describe("emulator: bodies that are not what they should be", () => {
	const emulator = sharedProcess(350);

	it("are told as text when they were too deep to be a value", async () => {
		const { call, get } = emulator();
		const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
		refused(await call("POST", "/v3/videos", deep), 400, "invalid_parameter");
		const { status, body } = await get("/_emulator/requests");
		assert.equal(status, 200, JSON.stringify(body).slice(0, 300));
		assert.equal(Object(body)[0].body, deep);
	});

	it("are refused when they are not UTF-8, instead of changed", async () => {
		const { call, submit } = emulator();
		const [before = "", after = ""] = JSON.stringify({ ...GOOD, prompt: "A!" }).split("!");
		const bytes = Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)]);
		refused(await call("POST", "/v3/videos", bytes), 400, "invalid_parameter");
		idOf(await submit({ prompt: "Ä und 🙂" }));
	});

	it("change nothing by a field __proto__", async () => {
		const { call, submit } = emulator();
		for (const [method, path, body] of [
			["POST", "/v3/videos", `{"__proto__":${JSON.stringify(GOOD)}}`],
			["POST", "/v3/videos", JSON.stringify(GOOD).replace("{", '{"__proto__":{"title":"x"},')],
			["POST", "/v3/webhooks/endpoints", '{"__proto__":{"url":"https://example.com/"}}'],
			["PATCH", "/_emulator/settings", '{"__proto__":{"concurrency":0}}'],
			["PATCH", "/_emulator/settings", '{"constructor":{"prototype":{"x":1}}}'],
		] as const) {
			assert.equal((await call(method, path, body)).status, 400, `${method} ${path} ${body}`);
		}
		idOf(await submit());
	});
});
