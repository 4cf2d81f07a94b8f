import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { at, clientOf } from "./support.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const tellMemory = new URL("./tellMemory.ts", import.meta.url).href;

/** Starts the command. `limits` are shell commands that run first, such as `ulimit -f 100;`. */
export function launch(flags: readonly string[], limits?: string) {
	const node = [process.execPath, "--import", tellMemory, main, ...flags];
	const [file = "", ...args] =
		limits === undefined ? node : ["sh", "-c", `${limits} exec "$@"`, "sh", ...node];
	const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe", "ipc"] });
	const { stdout, stderr } = child;
	assert(stdout && stderr);
	const output = { stdout: "", stderr: "" };
	stdout.on("data", (chunk) => {
		output.stdout += chunk;
	});
	stderr.on("data", (chunk) => {
		output.stderr += chunk;
	});
	// A message to a process that has just ended is nobody's error.
	child.on("error", () => {});
	const ended = new Promise<{ stdout: string; stderr: string; code: number | null }>((resolve) => {
		child.on("close", (code) => resolve({ ...output, code }));
	});
	return { child, stdout, output, ended };
}

/** Runs `pulumi-heygen emulator` on a free port, and waits for the lines to copy. */
export async function runEmulator(launched: ReturnType<typeof launch>) {
	const { stdout, output, ended } = launched;
	for (;;) {
		const url = /^export HEYGEN_BASE_URL=(\S+)$/m.exec(output.stdout)?.[1];
		const apiKey = /^export HEYGEN_API_KEY=(\S+)$/m.exec(output.stdout)?.[1];
		if (url && apiKey) return { ...launched, url, apiKey, ...clientOf({ url, apiKey }) };
		await Promise.race([
			once(stdout, "data"),
			ended.then(({ stderr }) => assert.fail(`it ended: ${stderr}`)),
		]);
	}
}
export type EmulatorProcess = Awaited<ReturnType<typeof runEmulator>>;

/** Ends the process at once, as a power switch would. */
export async function kill({
	child,
	ended,
}: Pick<ReturnType<typeof launch>, "child" | "ended">): Promise<void> {
	child.kill("SIGKILL");
	await ended;
}

/** Processes that end with each test, also with a failed one. To be called in a `describe`. */
export function perTestProcess() {
	const launched: ReturnType<typeof launch>[] = [];
	afterEach(async () => {
		await Promise.all(launched.splice(0).map(kill));
	});
	const start = (flags: readonly string[], limits?: string) => {
		const started = launch(flags, limits);
		launched.push(started);
		return started;
	};
	return {
		launch: start,
		/** With `--port 0` and the flags. */
		running: (flags: readonly string[] = [], limits?: string) =>
			runEmulator(start(["emulator", "--port", "0", ...flags], limits)),
	};
}

/**
 * One emulator for all tests of a `describe`, behind a function. After each test it must be the same process, answer,
 * and never have had more than `mostMiB` of memory. It renders more at once than a test submits, unless the flags say
 * otherwise: no test meets the limit through the ones before it.
 */
export function sharedProcess(mostMiB: number, flags: readonly string[] = []): () => EmulatorProcess {
	let emulator: EmulatorProcess | undefined;
	const shared = () => {
		assert(emulator);
		return emulator;
	};
	before(async function () {
		this.timeout(60_000);
		emulator = await runEmulator(
			launch(["emulator", "--port", "0", "--quiet", "--concurrency", "1000", ...flags]),
		);
	});
	after(() => emulator && kill(emulator));
	afterEach(async () => {
		const peakMiB = await stands(shared());
		assert(peakMiB < mostMiB, `it took ${Math.round(peakMiB)} MiB`);
	});
	return shared;
}

/** Fails unless the process is there and answers. Gives the most memory that it ever had, in MiB. */
export async function stands({ child, get, output, ended }: EmulatorProcess): Promise<number> {
	const account = await get("/v3/users/me").catch((error: Error) => {
		assert.fail(`it does not answer (${error.cause}): ${output.stderr}`);
	});
	assert.equal(at(account.body, "data", "username"), "emulator", JSON.stringify(account.body));
	assert.deepEqual([child.exitCode, child.signalCode], [null, null], output.stderr);
	child.send("memory");
	const fell = ended.then(({ stderr }) => assert.fail(`it ended: ${stderr}`));
	const [mebibytes] = await Promise.race([once(child, "message"), fell]);
	return Number(mebibytes);
}
