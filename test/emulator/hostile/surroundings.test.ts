import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";
import { perTestProcess, stands } from "../process.ts";
import { at, idOf, linkOf, perTest, refused } from "../support.ts";
import { head, openSocket, sendRaw } from "./raw.ts";

const AT_ONCE = ["--render-seconds", "0", "--queue-seconds", "0", "--concurrency", "1000", "--price", "0"];

describe("emulator: surroundings that fail", function () {
	this.timeout(60_000);
	const { running } = perTestProcess();
	const { folder } = perTest();
	const servers: TestServer[] = [];
	afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

	it("does not fall when the reader of its output is gone", async () => {
		const emulator = await running();
		emulator.stdout.destroy();
		for (let count = 0; count < 20; count++) await stands(emulator);
		idOf(await emulator.submit());
	});

	it("does not pile up what nobody reads of its output", async () => {
		const emulator = await running();
		emulator.stdout.pause();
		const line = head("GET", `/${"x".repeat(8000)}`, { connection: "keep-alive" });
		const last = head("GET", "/");
		for (let count = 0; count < 10; count++) {
			const { text } = await sendRaw(emulator.url, [line.repeat(200), last]);
			assert.equal(text.match(/HTTP\/1\.1 404/g)?.length, 200);
		}
		emulator.stdout.resume();
		emulator.child.kill("SIGTERM");
		const { stdout, code } = await emulator.ended;
		assert.equal(code, 0);
		assert(stdout.length < 8_000_000, `${stdout.length} characters`);
	});

	it("answers 500 when the disk is full, and goes on telling what it has", async () => {
		const receiver = await startServer((_, response) => answerJson(response, 200, {}));
		servers.push(receiver);
		const data = await folder();
		// A file may have 512 KiB: the database is full when it does.
		const limits = "trap '' XFSZ; ulimit -f 1024;";
		const emulator = await running(["--quiet", "--data", data, ...AT_ONCE], limits);
		await emulator.call("POST", "/v3/webhooks/endpoints", { url: receiver.url });
		const ids: string[] = [];
		let full = "";
		for (let count = 0; count < 100 && full === ""; count++) {
			const answer = await emulator.submit({ prompt: "x".repeat(9000) }, `key-${count}`);
			if (answer.status === 200) ids.push(idOf(answer));
			else full = refused(answer, 500, "internal_error");
		}
		assert.match(full, /disk/);
		await delay(500);
		await stands(emulator);
		for (const id of ids) assert.equal((await emulator.get(`/v3/videos/${id}`)).status, 200);
		assert.deepEqual((await emulator.get("/_emulator/renders")).body, {
			paid: ids.length,
			accepted: ids.length,
		});
		emulator.child.kill("SIGTERM");
		assert.equal((await emulator.ended).code, 0);

		const again = await running(["--quiet", "--data", data, ...AT_ONCE]);
		for (const [count, id] of ids.entries()) assert.equal(idOf(await again.submit({}, `key-${count}`)), id);
	});

	it("does not fall when its folder is taken away", async () => {
		const data = await folder();
		const emulator = await running(["--quiet", "--data", data, ...AT_ONCE]);
		const id = idOf(await emulator.submit({ duration: 4 }));
		const link = await linkOf(emulator, id);
		const { body } = await emulator.upload(Buffer.from("%PDF-1.7"));
		await rm(data, { recursive: true, force: true });
		await emulator.submit();
		await emulator.upload(Buffer.from("%PDF-1.7"));
		await fetch(link).then((response) => response.arrayBuffer());
		const asset = await fetch(String(at(body, "data", "url")));
		assert.equal(asset.status, 404);
		await stands(emulator);
	});

	it("does not fall when it may open no more files, and serves them when it may", async () => {
		const data = await folder();
		const limits = "ulimit -n 80;";
		const emulator = await running(["--quiet", "--data", data, ...AT_ONCE], limits);
		const link = await linkOf(emulator, idOf(await emulator.submit({ duration: 4 })), "thumbnail_url");
		const open = Array.from({ length: 200 }, () => openSocket(emulator.url));
		await delay(500);
		await fetch(link).catch(() => {});
		for (const socket of open) socket.destroy();
		const whole = async () => (await fetch(link)).status === 200;
		while (!(await whole().catch(() => false))) await delay(20);
		await stands(emulator);
	});
});
