import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { at, clientOf, idOf, perTest } from "./support.ts";
import { ENDPOINTS, eventIdsAt, receivers, signed, tried, until, userOf } from "./webhooks.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

describe("emulator: deliveries that fail", () => {
	const { start, folder } = perTest();
	const receiver = receivers();
	const open = async (options: EmulatorOptions = {}) => {
		const emulator = await start(options);
		return { emulator, control: emulator.control, ...userOf(emulator) };
	};

	it("are tried again by the clock, as the same event with the time of the try", async () => {
		const { emulator, control, register } = await open();
		const target = await receiver();
		target.answer = 500;
		const { secret } = await register(target.url);
		const id = control.sendEvent("batch.finished", { batch_id: "b" });
		await tried(emulator, 1);
		control.clock.advance(20);
		await delay(50);
		assert.equal(target.received.length, 1);
		control.clock.advance(20);
		await tried(emulator, 2);
		target.answer = 200;
		control.clock.advance(70);
		await tried(emulator, 3);
		control.clock.advance(3600);
		await delay(50);

		const posts = await target.got(3);
		assert.deepEqual(eventIdsAt(target), [id, id, id]);
		assert.equal(new Set(posts.map(({ text }) => text)).size, 1);
		for (const { text, headers } of posts) assert.equal(headers["signature"], signed(text, secret));
		const times = posts.map(({ headers }) => Number(headers["heygen-timestamp"]));
		const waits = times.slice(1).map((time, i) => time - (times[i] ?? 0));
		assert(Number(waits[0]) >= 40 && Number(waits[1]) >= 70, `${waits}`);
		const tries = control.webhookDeliveries();
		assert.deepEqual(
			tries.map(({ attempt, status, next }) => [attempt, status, next !== null]),
			[
				[1, 500, true],
				[2, 500, true],
				[3, 200, false],
			],
		);
	});

	it("are given up a day after the event, the waits doubling until then", async () => {
		const { emulator, control, register } = await open();
		const target = await receiver();
		target.answer = 500;
		await register(target.url);
		control.sendEvent("batch.finished", {});
		for (let count = 1; ; count++) {
			await tried(emulator, count);
			const last = control.webhookDeliveries().at(-1);
			assert.equal(last?.attempt, count);
			if (last.next === null) break;
			const from = last.next - 30_000 * 2 ** (count - 1);
			assert(last.at <= from && from <= control.clock.now(), `${count}: ${last.at}, ${from}`);
			control.clock.advance(Math.ceil((last.next - control.clock.now()) / 1000));
		}
		const tries = control.webhookDeliveries();
		const span = Number(tries.at(-1)?.at) - Number(tries[0]?.at);
		assert(span > 12 * 3_600_000 && span <= 24 * 3_600_000, `${span / 3_600_000} hours`);
		control.clock.advance(48 * 3600);
		await delay(50);
		assert.equal(target.received.length, tries.length);
	});

	it("are those without an answer in time, with a redirect, and without a receiver", async () => {
		const { emulator, control, register } = await open();
		const [silent, moved] = [await receiver(), await receiver()];
		silent.answer = null;
		moved.answer = 307;
		const urls = [moved.url, "http://127.0.0.1:1/"];
		const ids = urls.map((url) => register(url, { events: ["batch.finished"] }));
		const [redirected, nowhere] = (await Promise.all(ids)).map(({ id }) => id);
		control.sendEvent("batch.finished", {});
		await tried(emulator, 2);
		control.settings.webhookTimeoutSeconds = 0.2;
		const { id: late } = await register(silent.url, { events: ["avatar_video.fail"] });
		control.sendEvent("avatar_video.fail", {});
		await tried(emulator, 3);
		const of = (id = "") => control.webhookDeliveries().find(({ endpointId }) => endpointId === id);
		assert.deepEqual([of(late)?.status, of(late)?.error], [null, "no answer within 0.2 seconds"]);
		assert.deepEqual([of(redirected)?.status, of(redirected)?.error], [307, null]);
		assert.match(of(nowhere)?.error ?? "", /ECONNREFUSED|bad port/);
		assert(control.webhookDeliveries().every(({ next }) => next !== null));
		assert.deepEqual(
			moved.received.map(({ path }) => path),
			["/"],
		);
	});

	it("do not hold up the others", async () => {
		const { control, register } = await open();
		const [silent, good] = [await receiver(), await receiver()];
		silent.answer = null;
		await register(silent.url);
		await register(good.url);
		control.sendEvent("batch.finished", {});
		control.sendEvent("batch.finished", {});
		await good.got(2);
	});

	it("are all made in the end, when more are due than are made at once", async () => {
		const { emulator, control, register } = await open();
		const target = await receiver();
		target.answer = 500;
		await register(target.url);
		for (let i = 0; i < 70; i++) control.sendEvent("batch.finished", { i });
		await tried(emulator, 70);
		target.answer = 200;
		control.clock.advance(60);
		await tried(emulator, 140);
		await target.got(140);
		const done = control.webhookDeliveries().filter(({ attempt, next }) => attempt === 2 && next === null);
		assert.equal(done.length, 70);
	});

	it("are signed with the endpoint's secret, and sent to its URL, of the time of the try", async () => {
		const { emulator, control, register, call } = await open();
		const [before, after] = [await receiver(), await receiver()];
		before.answer = 500;
		const { path, secret } = await register(before.url);
		control.sendEvent("batch.finished", {});
		await tried(emulator, 1);
		const rotated = await call("POST", `${path}/rotate-secret`);
		const fresh = String(at(rotated.body, "data", "secret"));
		await call("PATCH", path, { url: after.url });
		control.clock.advance(40);
		const [old] = await before.got(1);
		const [again] = await after.got(1);
		assert.equal(old?.headers["signature"], signed(old?.text ?? "", secret));
		assert.equal(again?.headers["signature"], signed(again?.text ?? "", fresh));
		assert.notEqual(fresh, secret);
	});

	it("end with their endpoint", async () => {
		const { emulator, control, register, delete: remove } = await open();
		const target = await receiver();
		target.answer = 500;
		const { path } = await register(target.url);
		control.sendEvent("batch.finished", {});
		await tried(emulator, 1);
		await remove(path);
		control.clock.advance(3600);
		await delay(50);
		assert.equal(target.received.length, 1);
	});

	it("go on after a restart on the same folder", async () => {
		const data = await folder();
		const target = await receiver();
		target.answer = null;
		const first = await open({ data });
		await first.register(target.url);
		const id = idOf(await first.submit());
		first.control.clock.advance(20);
		await target.got(1);
		await first.emulator.close();

		target.answer = 500;
		const second = await open({ data });
		await target.got(2);
		await tried(second.emulator, 1);
		await second.emulator.close();

		target.answer = 200;
		const third = await open({ data });
		await delay(50);
		assert.equal(target.received.length, 2);
		third.control.clock.advance(40);
		const posts = await target.got(3);
		assert.equal(new Set(eventIdsAt(target)).size, 1);
		const link = String(at(posts[2]?.body, "event_data", "url"));
		assert(link.startsWith(`${third.emulator.url}/files/${id}/`), link);
		await tried(third.emulator, 2);
		assert.deepEqual(
			third.control.webhookDeliveries().map(({ status }) => status),
			[500, 200],
		);
	});
});

describe("emulator: events", () => {
	const { start, folder } = perTest();
	const receiver = receivers();
	const children: ChildProcess[] = [];
	afterEach(() => {
		for (const child of children.splice(0)) child.kill("SIGKILL");
	});
	const launch = async (data: string) => {
		const flags = ["--port", "0", "--data", data, "--quiet", "--queue-seconds", "0", "--render-seconds", "1"];
		const child = spawn(process.execPath, [main, "emulator", ...flags]);
		children.push(child);
		let output = "";
		child.stdout.on("data", (chunk) => {
			output += chunk;
		});
		await until(() => output.includes("HEYGEN_API_KEY"));
		const url = /HEYGEN_BASE_URL=(\S+)/.exec(output)?.[1] ?? "";
		return { child, user: clientOf({ url, apiKey: "emulator-key" }) };
	};

	it("are one for each video, however often the emulator is killed around its end", async () => {
		const data = await folder();
		const target = await receiver();
		const ids = new Set<string>();
		for (let round = 0; round < 3; round++) {
			const { child, user } = await launch(data);
			if (round === 0) idOf(await user.call("POST", ENDPOINTS, { url: target.url }), "endpoint_id");
			for (let i = 0; i < 3; i++) ids.add(idOf(await user.submit()));
			// The first one is killed before the end of its videos, the others while they tell of it.
			if (round > 0) await until(() => target.received.length > 6 * (round - 1));
			child.kill("SIGKILL");
			await once(child, "close");
		}
		const emulator = await start({ data });
		const { events } = userOf(emulator);
		emulator.control.clock.advance(5);
		const told = () => new Set(target.received.map(({ body }) => at(body, "event_data", "video_id")));
		await until(() => told().size === ids.size);
		const list = await events("?limit=100");
		assert.deepEqual(list.map((event) => at(event, "event_data", "video_id")).sort(), [...ids].sort());
		assert.equal(new Set(eventIdsAt(target)).size, ids.size);
	}).timeout(60_000);

	it("stop with the emulator, without waiting for silent receivers", async () => {
		const emulator = await start({ webhookTimeoutSeconds: 600 });
		const { register } = userOf(emulator);
		const target = await receiver();
		target.answer = null;
		await register(target.url);
		emulator.control.sendEvent("batch.finished", {});
		await target.got(1);
		await emulator.close();
	});
});
