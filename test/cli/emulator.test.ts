import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { perTestProcess } from "../emulator/process.ts";
import { at, idOf, perTest } from "../emulator/support.ts";

describe("pulumi-heygen emulator", () => {
	const { start, folder } = perTest();
	const { launch, running } = perTestProcess();

	it("prints the lines to copy, serves, logs requests, and stops at Ctrl-C", async () => {
		const emulator = await running(["--key", "my-key", "--price", "3"]);
		idOf(await emulator.submit());
		assert.match(emulator.output.stdout, /^export HEYGEN_API_KEY=my-key$/m);
		assert.match(emulator.output.stdout, /^All looks.*: npx pulumi-heygen looks --ownership public /m);
		assert.equal(at((await emulator.get("/_emulator/settings")).body, "priceUsd"), 3);
		emulator.child.kill("SIGINT");
		const { code, stdout, stderr } = await emulator.ended;
		assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
		assert.match(stdout, /^POST \/v3\/videos 200$/m);
	});

	it("loses no video, key or charge when it is killed", async () => {
		const data = await folder();
		const ids = new Map<string, string>();
		for (let round = 0; round < 3; round++) {
			const emulator = await running(["--data", data, "--concurrency", "1000"]);
			for (const [key, id] of ids) {
				assert.equal(idOf(await emulator.submit({}, key)), id, "the key still replays");
				assert.equal((await emulator.get(`/v3/videos/${id}`)).status, 200);
			}
			for (let count = 0; count < 5; count++) {
				const key = `${round}-${count}`;
				ids.set(key, idOf(await emulator.submit({}, key)));
			}
			const cutShort = Array.from({ length: 10 }, (_, number) =>
				emulator.submit({}, `cut-${number}`).catch(() => undefined),
			);
			emulator.child.kill("SIGKILL");
			await Promise.all([...cutShort, emulator.ended]);
		}
		const { get, submit } = await running(["--data", data, "--concurrency", "1000"]);
		for (let number = 0; number < 10; number++) idOf(await submit({}, `cut-${number}`));
		const renders = (await get("/_emulator/renders")).body;
		assert.deepEqual(renders, { paid: ids.size + 10, accepted: ids.size + 10 });
	});

	it("tells what to do when the port is taken", async () => {
		const { url } = await start();
		const { port } = new URL(url);
		const { code, stderr } = await launch(["emulator", "--port", port]).ended;
		assert.equal(code, 1);
		assert.equal(
			stderr,
			`Port ${port} is taken. Stop what listens there, or choose another with --port (0: a free one).\n`,
		);
	});

	it("tells what to do when another emulator has the folder", async () => {
		const data = await folder();
		await start({ data });
		const { code, stderr } = await launch(["emulator", "--port", "0", "--data", data]).ended;
		assert.equal(code, 1);
		assert.match(stderr, /^The folder .* is in use by another emulator\. Stop that one, or .*\n$/);
		await assert.rejects(start({ data }), /in use by another emulator/);
	});

	it("prints JSON lines for programs: where it listens and its looks, then each request", async () => {
		const emulator = launch(["emulator", "--port", "0", "--json"]);
		while (!emulator.output.stdout.includes("\n")) await once(emulator.stdout, "data");
		const [first = ""] = emulator.output.stdout.split("\n");
		const { url, apiKey, looks } = JSON.parse(first);
		assert.equal(looks.kitchen, EMULATOR_LOOKS.kitchen);
		await fetch(`${url}/v3/users/me`, { headers: { "X-Api-Key": apiKey } });
		emulator.child.kill("SIGINT");
		const [, second = ""] = (await emulator.ended).stdout.split("\n");
		assert.deepEqual(JSON.parse(second), { method: "GET", path: "/v3/users/me", status: 200 });
	});

	it("refuses wrong flags in a sentence", async () => {
		for (const flags of [
			["--port", "x"],
			["--port", "99999"],
			["--render-seconds", "-1"],
			["--concurrency", "0"],
			["--nonsense"],
		]) {
			const { code, stderr } = await launch(["emulator", ...flags]).ended;
			assert.equal(code, 2, flags.join(" "));
			assert.doesNotMatch(stderr, /^\s+at /m);
		}
	});

	it("prints nothing that a terminal obeys, whatever it is given", async () => {
		const evil = "\u001b]0;title\u0007\u001b[31mevil\u202e";
		const data = `${await folder()}/none/${evil}\0`;
		for (const flags of [
			[evil],
			[`--${evil}`],
			["emulator", `--${evil}`],
			["emulator", "--port", evil],
			["emulator", "--port", "0", "--key", `key${evil}`],
			["emulator", "--port", "0", "--host", evil],
			["emulator", "--port", "0", "--data", data.slice(0, -1)],
		]) {
			const { child, ended } = launch(flags);
			const early = setTimeout(() => child.kill("SIGINT"), 15_000);
			const { code, stdout, stderr } = await ended;
			clearTimeout(early);
			assert.doesNotMatch(stdout + stderr, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
			assert.ok(code === 1 || code === 2 || (code === 0 && stdout.includes("HEYGEN_BASE_URL")), stderr);
		}
	}).timeout(120_000);

	it("tells its version", async () => {
		const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
		const { stdout } = await launch(["--version"]).ended;
		assert.equal(stdout, `${JSON.parse(text).version}\n`);
	});
});
