import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Emulator } from "../../emulator/index.ts";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { root } from "../start/stack.ts";
import { UserError } from "../userError.ts";

const folder = join(root, "examples", "webhooks");
/** For how long the event is waited for, in milliseconds. */
const EVENT_WITHIN_MS = 30_000;

/** Runs the example's receiver, renders a video on the emulator, and shows what the receiver says of its event. */
export async function receiveOne(emulator: Emulator, port: number, secret: string): Promise<void> {
	const receiver = spawn(
		process.execPath,
		["--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "receiver.ts"],
		{
			cwd: folder,
			env: { ...process.env, PORT: String(port), HEYGEN_WEBHOOK_SECRET: secret },
			stdio: ["ignore", "pipe", "inherit"],
		},
	);
	const signal = AbortSignal.timeout(EVENT_WITHIN_MS);
	try {
		const lines = createInterface(receiver.stdout);
		const [first] = await once(lines, "line", { signal });
		process.stdout.write(`\nreceiver: ${first}\n`);
		const event = once(lines, "line", { signal });
		process.stdout.write(`emulator: rendering video ${await submit(emulator)} …\n`);
		const [line] = await event;
		process.stdout.write(`receiver: ${line}\n`);
	} catch (error) {
		if (!signal.aborted) throw error;
		throw new UserError(`The receiver got no event within ${EVENT_WITHIN_MS / 1000} s.`);
	} finally {
		await ended(receiver);
	}
}

async function submit({ url, apiKey }: Emulator): Promise<string> {
	const answer = await fetch(`${url}/v3/videos`, {
		method: "POST",
		headers: { "x-api-key": apiKey, "content-type": "application/json" },
		body: JSON.stringify({
			type: "avatar_shots",
			prompt: "A baker carries a tray.",
			avatar_id: [EMULATOR_LOOKS.kitchen],
			duration: 4,
		}),
	});
	const { data } = (await answer.json()) as { data: { video_id: string } };
	return data.video_id;
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = once(child, "exit");
	child.kill();
	await exit;
}
