import { type Command, InvalidArgumentError } from "commander";
import type { Emulator, EmulatorOptions, RecordedRequest } from "../emulator/index.ts";
import { EMULATOR_LOOKS } from "../emulator/looks.ts";
import { newCommand } from "./command.ts";
import { amount, atLeastOne, portNumber } from "./numbers.ts";

/** Characters of output that may wait for their reader. */
const MAX_UNREAD = 1024 * 1024;

interface Flags {
	readonly port: number;
	readonly host: string;
	readonly data?: string;
	readonly key?: string;
	readonly renderSeconds?: number;
	readonly queueSeconds?: number;
	readonly price?: number;
	readonly concurrency?: number;
	readonly quiet?: boolean;
	readonly json?: boolean;
}

/** `pulumi-heygen emulator`: HeyGen's API on this machine until Ctrl-C. */
export function emulatorCommand(): Command {
	return newCommand("emulator")
		.description("Run HeyGen's API on this machine: real MP4 files, no key, no cost.")
		.option("--port <number>", "port to listen on, 0 for a free one", portNumber, 4010)
		.option("--host <address>", "address to listen on", "127.0.0.1")
		.option(
			"--data <folder>",
			"keep videos, keys and charges in this folder, also over a kill (default: in memory)",
		)
		.option("--key <text>", 'the API key to accept (default: "emulator-key")', key)
		.option("--render-seconds <number>", "how long a render takes (default: 8)", amount)
		.option("--queue-seconds <number>", "how long a render waits before that (default: 1)", amount)
		.option("--price <usd>", "what a render takes from the wallet (default: 7)", amount)
		.option("--concurrency <number>", "renders at once (default: 10)", atLeastOne)
		.option("--quiet", "do not print a line for each request")
		.option("--json", "print JSON lines: where it listens, then each request")
		.addHelpText("after", HELP)
		.action(run);
}

const HELP = `
Examples:
  npx pulumi-heygen emulator
  npx pulumi-heygen emulator --port 0 --render-seconds 1 --data .emulator
  npx pulumi-heygen emulator --port 0 --quiet --json | head -1 | jq -r .url

Exit codes: 0 it was stopped, 1 it could not start, 2 wrong use.
`;

async function run(flags: Flags): Promise<void> {
	const stopped = stopSignal();
	// The emulator goes on when the reader of its output is gone.
	process.stdout.on("error", () => {});
	const emulator = await start(flags);
	process.stdout.write(flags.json ? asJson(emulator) : welcome(emulator));
	await stopped;
	await emulator.close();
}

async function start(flags: Flags): Promise<Emulator> {
	const { startEmulator } = await import("../emulator/index.ts");
	try {
		return await startEmulator(optionsFrom(flags));
	} catch (error) {
		throw explained(error, flags);
	}
}

function optionsFrom({ port, host, data, key, price, quiet, json, ...flags }: Flags): EmulatorOptions {
	return {
		...flags,
		port,
		host,
		data,
		...(price === undefined ? {} : { priceUsd: price }),
		...(key === undefined ? {} : { accounts: [{ apiKey: key, username: "emulator" }] }),
		onRequest: quiet ? undefined : (request) => logRequest(request, json),
	};
}

/** Left out while nobody reads the lines: they would fill the memory. */
function logRequest({ method, path, status }: RecordedRequest, json = false): void {
	if (process.stdout.writableLength > MAX_UNREAD) return;
	const line = json
		? JSON.stringify({ method, path, status })
		: `${method} ${path} ${status ?? "connection cut"}`;
	process.stdout.write(`${line}\n`);
}

const asJson = ({ url, apiKey }: Emulator) => `${JSON.stringify({ url, apiKey, looks: EMULATOR_LOOKS })}\n`;

function welcome({ url, apiKey }: Emulator): string {
	return `HeyGen emulator on ${url} (open it to see the videos; Ctrl-C stops it)

export HEYGEN_BASE_URL=${url}
export HEYGEN_API_KEY=${apiKey}

A look for avatarIds: ${EMULATOR_LOOKS.kitchen}
All looks, with the two exports set: npx pulumi-heygen looks --ownership public (without the flag: the account's own)
In a test: EMULATOR_LOOKS of pulumi-heygen/emulator

`;
}

function explained(error: unknown, { port, host }: Flags): unknown {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	switch (code) {
		case "EADDRINUSE":
			return new Error(
				`Port ${port} is taken. Stop what listens there, or choose another with --port (0: a free one).`,
			);
		case "EACCES":
			// A folder that cannot be written has an error of its own, without a code.
			return new Error(`Port ${port} may not be used by this user. Choose one above 1023 with --port.`);
		case "EADDRNOTAVAIL":
		case "ENOTFOUND":
			return new Error(`${host} is not an address of this machine. Leave --host out for 127.0.0.1.`);
		default:
			return error;
	}
}

/** Resolves at the first Ctrl-C or request to end; a second one ends the process as usual. */
function stopSignal(): Promise<void> {
	return new Promise((resolve) => {
		process.once("SIGINT", () => resolve());
		process.once("SIGTERM", () => resolve());
	});
}

function key(text: string): string {
	if (!/^[\x21-\x7e]+$/.test(text)) {
		throw new InvalidArgumentError("A key holds no spaces, and no characters beyond ASCII.");
	}
	return text;
}
