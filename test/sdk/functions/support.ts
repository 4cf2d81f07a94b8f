import assert from "node:assert/strict";
import type { IncomingMessage } from "node:http";
import * as pulumi from "@pulumi/pulumi";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import { answerJson, startServer } from "../../support/httpServer.ts";

const OURS = /^HEYGEN_/;

/** Servers and an environment of one test, all as before after it. To be called in a `describe`. */
export function perTest() {
	const open: { close(): Promise<void> }[] = [];
	let before: Record<string, string | undefined>;
	beforeEach(() => {
		before = ours();
		for (const name of Object.keys(before)) delete process.env[name];
	});
	afterEach(async () => {
		for (const name of Object.keys(ours())) delete process.env[name];
		Object.assign(process.env, before);
		await Promise.all(open.splice(0).map((server) => server.close()));
	});

	/** Makes the functions ask this server. */
	function use(url: string, apiKey = "a-key"): void {
		process.env["HEYGEN_BASE_URL"] = url;
		process.env["HEYGEN_API_KEY"] = apiKey;
	}

	return {
		use,
		async emulator(options: EmulatorOptions = {}): Promise<Emulator> {
			const emulator = await startEmulator({ renderSeconds: 0, queueSeconds: 0, ...options });
			open.push(emulator);
			use(emulator.url, emulator.apiKey);
			return emulator;
		},
		/** A server that answers each request with `answer`; `seen` holds the paths with their queries. */
		async server(answer: (request: IncomingMessage) => unknown): Promise<{ url: string; seen: string[] }> {
			const seen: string[] = [];
			const server = await startServer(async (request, response) => {
				seen.push(request.url ?? "");
				answerJson(response, 200, await answer(request));
			});
			open.push(server);
			use(server.url);
			return { url: server.url, seen };
		},
	};
}

/** Holds a failure against what the user sees of it: a message that the engine shows without a stack. */
export async function says(call: Promise<unknown>, expected: RegExp): Promise<void> {
	await assert.rejects(call, (error: unknown) => {
		assert.ok(pulumi.RunError.isInstance(error), String(error));
		assert.match(error.message, expected);
		return true;
	});
}

/** What an output holds in the end; not for unknown ones. */
export const held = <T>(output: pulumi.Output<T>): Promise<T> =>
	new Promise((resolve) => {
		output.apply(resolve);
	});

const ours = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => OURS.test(name)));
