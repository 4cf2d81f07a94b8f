/**
 * HeyGen's API v3 on this machine, for tests, demos and the quickstart: the calls that this package makes, with
 * HeyGen's rules, refusals and timing, and without its bill.
 *
 * @packageDocumentation
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { accountsFrom } from "./accounts.ts";
import { assets } from "./assets/assets.ts";
import { emulatorClock } from "./clock.ts";
import { controlOf } from "./control.ts";
import type { EmulatorControl } from "./controlTypes.ts";
import { files } from "./files.ts";
import { idempotency } from "./idempotency.ts";
import { interceptions } from "./interceptions.ts";
import { presignedLinks } from "./links.ts";
import { oneAtATime } from "./oneAtATime.ts";
import type { EmulatorOptions } from "./options.ts";
import { type Studio, studio } from "./picture/studio.ts";
import { recorder } from "./recorder.ts";
import { emulatorApp } from "./server.ts";
import { settingsFrom } from "./settings.ts";
import { folderProblem, Store } from "./store.ts";
import { webhooks } from "./webhooks/webhooks.ts";
import type { World } from "./world.ts";

export type { ControlAsset } from "./assets/controlTypes.ts";
export type { EmulatorClock } from "./clock.ts";
export type { ControlVideo, EmulatorControl, SubmittedBody, SubmittedReference } from "./controlTypes.ts";
export type { Interception, InterceptionAction, InterceptionHandle } from "./interceptionTypes.ts";
export { EMULATOR_LOOKS } from "./looks.ts";
export type { EmulatorAccount, EmulatorOptions, EmulatorSettings, RecordedRequest } from "./options.ts";
export type { ControlDelivery, ControlEndpoint, WebhookControl } from "./webhooks/controlTypes.ts";

const HOUR_MS = 3_600_000;

/** A running emulator. */
export interface Emulator {
	/** What `HEYGEN_BASE_URL` is set to, without a slash at the end. */
	readonly url: string;
	/** The first account's key: what `HEYGEN_API_KEY` is set to. */
	readonly apiKey: string;
	readonly control: EmulatorControl;
	/** Stops listening, ends open connections, and lets go of the data folder. May be called more than once. */
	close(): Promise<void>;
}

/**
 * Starts an emulator; resolves when it answers. Rejects when an option is wrong, the port is taken (`EADDRINUSE`),
 * or another emulator uses the data folder.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const pictures = studio();
	const world = worldOf(options, pictures);
	const app = emulatorApp(world);
	const server = createServer(
		// Idle connections are kept much longer than clients are told: a busy machine must not close them under a request.
		{ requestTimeout: HOUR_MS, headersTimeout: 30_000, keepAliveTimeoutBuffer: 60_000 },
		oneAtATime(getRequestListener(app.fetch, { overrideGlobalObjects: false })),
	);
	// For readers that never read.
	server.setTimeout(HOUR_MS);
	// A connection that could not be accepted is no reason to end.
	server.on("error", () => {});
	let closing: Promise<void> | undefined;
	const closeAll = () => {
		closing ??= close(server, world, pictures);
		return closing;
	};
	try {
		const url = await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");
		world.webhooks.start(url);
		return { url, apiKey: world.accounts.firstKey, control: controlOf(world), close: closeAll };
	} catch (error) {
		await closeAll();
		throw error;
	}
}

/** Throws an `Error` for the user when an option is wrong, or the data folder cannot be used. */
function worldOf(options: EmulatorOptions, pictures: Studio): World {
	const accounts = accountsFrom(options.accounts);
	const settings = settingsFrom(options);
	const store = new Store(options.data);
	try {
		const clock = emulatorClock(store, () => world.webhooks.settle());
		const links = presignedLinks(store.linkSecret(), clock);
		const live = new Set(store.videos().flatMap(({ id, deletedMs }) => (deletedMs === null ? id : [])));
		const world: World = {
			store,
			clock,
			settings,
			accounts,
			links,
			idempotency: idempotency(store, clock, settings),
			files: files(pictures, options.data, (id) => live.has(id)),
			assets: assets(store.database, options.data, clock, settings),
			webhooks: webhooks({ store, links, settings }, clock),
			recorder: recorder(clock, options.onRequest),
			interceptions: interceptions(),
			nextFailures: [],
		};
		return world;
	} catch (error) {
		store.close();
		throw options.data === undefined ? error : folderProblem(options.data, error);
	}
}

/** Resolves with the address to reach the server under. */
async function listen(server: Server, port: number, host: string): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", reject);
		server.listen(port, host, resolve);
	});
	const { port: taken, family } = server.address() as AddressInfo;
	const everywhere = host === "0.0.0.0" || host === "::";
	const name = everywhere ? "127.0.0.1" : family === "IPv6" && host.includes(":") ? `[${host}]` : host;
	return `http://${name}:${taken}`;
}

async function close(
	server: Server,
	{ interceptions, assets, webhooks, store }: World,
	pictures: Studio,
): Promise<void> {
	interceptions.close();
	if (server.listening) {
		const closed = new Promise((resolve) => server.close(resolve));
		server.closeAllConnections();
		await closed;
	}
	await webhooks.close();
	await pictures.close();
	await assets.files.close();
	store.close();
}
