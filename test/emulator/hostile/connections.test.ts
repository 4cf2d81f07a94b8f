import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { perTestProcess, sharedProcess, stands } from "../process.ts";
import { at, GOOD, idOf, linkOf, perTest } from "../support.ts";
import { head, openSocket, sendRaw } from "./raw.ts";

const MANY = 1000;
const AT_ONCE = ["--render-seconds", "0", "--queue-seconds", "0"];

interface Answer {
	readonly status: number | undefined;
	readonly body: unknown;
}

/** Requests on a connection each, all at once. */
function onManyConnections(
	url: string,
	method: string,
	paths: readonly string[],
	{ keyOf = (at: number) => `${at}`, body = "" } = {},
): Promise<Answer[]> {
	const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
	const one = (path: string, at: number) =>
		new Promise<Answer>((resolve, reject) => {
			const headers = { "x-api-key": "emulator-key", "idempotency-key": keyOf(at) };
			const sent = request(url + path, { method, agent, headers }, (answer) => {
				let text = "";
				answer.setEncoding("utf8").on("data", (chunk) => {
					text += chunk;
				});
				answer.on("end", () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
			});
			sent.on("error", reject);
			sent.end(body);
		});
	return Promise.all(paths.map(one));
}

describe("emulator: a thousand connections", function () {
	this.timeout(120_000);
	const emulator = sharedProcess(600, ["--concurrency", "10000", "--price", "0.1"]);
	const idsOf = (answers: readonly Answer[]) =>
		answers.map(({ body }) => String(at(body, "data", "video_id")));
	const body = JSON.stringify(GOOD);

	it("that do nothing leave room for the others", async () => {
		const open = await Promise.all(
			Array.from({ length: MANY }, () => {
				const socket = openSocket(emulator().url);
				return new Promise<Socket>((resolve) => socket.on("connect", () => resolve(socket)));
			}),
		);
		await stands(emulator());
		for (const socket of open) socket.destroy();
	});

	it("that submit get a video each, and those that read their own one", async () => {
		const { url, get } = emulator();
		const submits = Array<string>(MANY).fill("/v3/videos");
		const answers = await onManyConnections(url, "POST", submits, { body });
		assert(answers.every(({ status }) => status === 200));
		const ids = idsOf(answers);
		assert.equal(new Set(ids).size, MANY);
		assert.deepEqual((await get("/_emulator/renders")).body, { paid: MANY, accepted: MANY });

		const again = await onManyConnections(url, "POST", submits, { body });
		assert.deepEqual(idsOf(again), ids);
		const read = await onManyConnections(
			url,
			"GET",
			ids.map((id) => `/v3/videos/${id}`),
		);
		assert.deepEqual(
			read.map((answer) => at(answer.body, "data", "id")),
			ids,
		);
		assert.deepEqual((await get("/_emulator/renders")).body, { paid: MANY, accepted: MANY });
	});

	it("that submit under one key get one video", async () => {
		const { url, get } = emulator();
		const { body: before } = await get("/_emulator/renders");
		const submits = Array<string>(MANY).fill("/v3/videos");
		const answers = await onManyConnections(url, "POST", submits, { body, keyOf: () => "the-same" });
		const ids = new Set(idsOf(answers.filter(({ status }) => status === 200)));
		assert.equal(ids.size, 1);
		assert(answers.every(({ status }) => status === 200 || status === 409));
		const { body: after } = await get("/_emulator/renders");
		assert.equal(Number(at(after, "paid")), Number(at(before, "paid")) + 1);
	});
});

describe("emulator: clients that take their time", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(500);
	const open: Socket[] = [];
	afterEach(() => {
		for (const socket of open.splice(0)) socket.destroy();
	});

	it("and send a header at a time, or a body byte by byte, hold up nobody", async () => {
		const { url, submit } = emulator();
		for (let count = 0; count < 200; count++) {
			const slow = openSocket(url);
			slow.write("GET /v3/users/me HTTP/1.1\r\nhost: x\r\n");
			const body = openSocket(url);
			body.write(head("POST", "/v3/videos", { "content-length": "1000" }));
			const upload = openSocket(url);
			upload.write(
				head("POST", "/v3/assets", { "content-length": "1000", "content-type": "multipart/form-data" }),
			);
			open.push(slow, body, upload);
		}
		for (let round = 0; round < 10; round++) {
			for (const [at, socket] of open.entries()) socket.write(at % 3 === 0 ? `x-${round}: y\r\n` : " ");
			idOf(await submit());
			await stands(emulator());
			await delay(20);
		}
	});

	it("and send thousands of requests before they read get all answers", async () => {
		const { url } = emulator();
		const ask = head("GET", "/v3/users/me", { connection: "keep-alive" });
		const { text } = await sendRaw(url, [ask.repeat(3000), head("GET", "/v3/users/me")], { seconds: 50 });
		assert.equal(text.match(/HTTP\/1\.1 200 OK/g)?.length, 3001);
	});

	it("and ask for much, and never read, hold up nobody", async () => {
		const { url, submit } = emulator();
		for (let count = 0; count < 20; count++) {
			const socket = openSocket(url).pause();
			socket.write(head("GET", "/", { connection: "keep-alive" }).repeat(3000));
			open.push(socket);
		}
		await delay(300);
		await submit();
	});

	it("and hang up at any moment of a request leave nothing behind", async () => {
		const { url, get } = emulator();
		const body = JSON.stringify(GOOD);
		const whole =
			head("POST", "/v3/videos", { "content-length": String(body.length), "idempotency-key": "one" }) + body;
		for (let cut = 1; cut <= whole.length; cut += 2) {
			const socket = openSocket(url);
			socket.write(whole.slice(0, cut));
			if (cut % 3 === 0) await delay(1);
			if (cut % 2 === 0) socket.end();
			else socket.resetAndDestroy();
		}
		await stands(emulator());
		const { paid } = Object((await get("/_emulator/renders")).body);
		assert(Number.isInteger(paid));
		const ids = new Set<string>();
		for (let count = 0; count < 3; count++) ids.add(idOf(await emulator().submit({}, "one")));
		assert.equal(ids.size, 1);
	});
});

describe("emulator: readers that never read a file", function () {
	this.timeout(60_000);
	const { running } = perTestProcess();
	const { folder } = perTest();

	for (const kept of ["in memory", "in a data folder"] as const) {
		it(`take little memory each: ${kept}`, async () => {
			const data = kept === "in memory" ? [] : ["--data", await folder()];
			const emulator = await running(["--quiet", ...AT_ONCE, ...data]);
			const { pathname, search, href } = new URL(
				await linkOf(emulator, idOf(await emulator.submit({ duration: 15 }))),
			);
			const size = (await (await fetch(href)).arrayBuffer()).byteLength;
			const before = await stands(emulator);
			const open = Array.from({ length: 900 }, () => {
				const socket = openSocket(emulator.url).pause();
				socket.write(head("GET", pathname + search));
				return socket;
			});
			await delay(1000);
			const taken = (await stands(emulator)) - before;
			for (const socket of open) socket.destroy();
			assert(
				taken * 1024 * 1024 < (open.length * size) / 2,
				`${taken} MiB for ${open.length} times ${size} bytes`,
			);
			assert.equal((await (await fetch(href)).arrayBuffer()).byteLength, size);
		});
	}
});
