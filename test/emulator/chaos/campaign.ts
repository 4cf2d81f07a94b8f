import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { inspect } from "node:util";
import { answerJson, bodyOf, startServer } from "../../support/httpServer.ts";
import { type EmulatorProcess, kill, launch, runEmulator } from "../process.ts";
import { at } from "../support.ts";
import { doSomething } from "./actions.ts";
import { checkAssets, checkDirectUploads, checkEndpoints, checkVideos, listAll } from "./checks.ts";
import { checkDatabase, checkFiles, checkFolder, unfinishedIn } from "./folderChecks.ts";
import { emptyModel, type Model } from "./model.ts";
import { type Random, randomFrom } from "./random.ts";
import type { Round } from "./round.ts";

const WORKERS = 8;
const MOST_STARTING_MS = 700;
/** A round is one of these at most: the short ones end among the first requests, the long ones among files being made. */
const MOST_DRIVEN_MS = [200, 700, 700, 2500];
const FLAGS = [
	"--quiet",
	"--concurrency",
	"1000000",
	"--price",
	"0.001",
	"--queue-seconds",
	"0",
	"--render-seconds",
	"0.1",
];

/** What a campaign is to do. */
export interface Plan {
	readonly kills: number;
	readonly seed: number;
	/** Called after each kill. */
	readonly progress?: (kills: number) => void;
}

/** How often each thing happened. */
export type Figures = ReadonlyMap<string, number>;

/**
 * Runs the emulator on one data folder, drives it with many users at once, kills it at random moments, and holds it
 * after each start against all that it has acknowledged. Rejects at the first thing that is not so; the message names
 * the seed, and the folder is kept then.
 */
export async function campaign({ kills, seed, progress }: Plan): Promise<Figures> {
	const data = await mkdtemp(join(tmpdir(), "emulator-chaos-"));
	const model = emptyModel();
	const figures = new Map<string, number>();
	const count = (what: string, times = 1) => figures.set(what, (figures.get(what) ?? 0) + times);
	const random = randomFrom(seed);
	const receiver = await startServer(async (request, response) => {
		noteEvent(model, JSON.parse(await bodyOf(request).catch(() => "null")));
		answerJson(response, 200, {});
	});
	try {
		let lastStartMs = 0;
		while (model.round < kills) {
			model.round++;
			if (random.below(10) === 0) await killWhileStarting(data, random);
			else {
				const emulator = await runEmulator(launchOn(data));
				try {
					const round: Round = { ...roundOn(emulator), model, random, receiver: receiver.url, count };
					await checkAll(round, data, lastStartMs);
					lastStartMs = Date.now();
					await driveAndKill(emulator, round);
				} finally {
					await kill(emulator);
				}
			}
			count("kills");
			count("unfinished files left by kills", await unfinishedIn(data));
			await checkDatabase(data);
			progress?.(model.round);
		}
		const emulator = await runEmulator(launchOn(data));
		try {
			const round: Round = { ...roundOn(emulator), model, random, receiver: receiver.url, count };
			for (const thing of [...model.videos, ...model.uploads, ...model.directUploads])
				thing.round = model.round;
			await checkAll(round, data, 0);
			await checkEvents(round);
			count("videos", model.videos.length);
			count("assets", model.uploads.length + model.directUploads.length);
		} finally {
			await kill(emulator);
		}
	} catch (error) {
		const where = `seed ${seed}, round ${model.round}, folder ${data}`;
		throw new Error(`${where}: ${inspect(error)}`, { cause: error });
	} finally {
		await receiver.close();
	}
	await rm(data, { recursive: true, force: true });
	return figures;
}

const launchOn = (data: string) => launch(["emulator", "--port", "0", "--data", data, ...FLAGS]);

async function killWhileStarting(data: string, random: Random): Promise<void> {
	const launched = launchOn(data);
	await delay(random.below(MOST_STARTING_MS));
	await kill(launched);
}

/** The part of a round that is about its process. An answer may be missing only when the process was killed. */
function roundOn(emulator: EmulatorProcess): Pick<Round, "client" | "url" | "answered"> {
	return {
		client: emulator,
		url: emulator.url,
		async answered(asked) {
			try {
				return await asked;
			} catch (error) {
				const { child, output } = emulator;
				if (child.killed) return undefined;
				await delay(500);
				const state = `exit status ${child.exitCode}, signal ${child.signalCode}, ${output.stderr}`;
				throw new Error(`The emulator did not answer (${state})`, { cause: error });
			}
		},
	};
}

async function checkAll(round: Round, data: string, sinceMs: number): Promise<void> {
	const listed = await listAll(round);
	await checkFolder(listed, data);
	await checkVideos(round, listed);
	await checkAssets(round, listed);
	await checkDirectUploads(round, listed);
	await checkEndpoints(round, listed);
	await checkFiles(round, data, sinceMs);
}

async function driveAndKill(emulator: EmulatorProcess, round: Round): Promise<void> {
	const { child } = emulator;
	const work = async () => {
		while (!child.killed) await doSomething(round);
	};
	const workers = Promise.all(Array.from({ length: WORKERS }, work));
	const moment = delay(round.random.below(round.random.pick(MOST_DRIVEN_MS) ?? 0));
	await Promise.race([moment, workers]);
	// Now and then it is told to end first, and killed while it does.
	if (round.random.below(10) === 0) {
		child.kill("SIGTERM");
		await delay(round.random.below(30));
	}
	await kill(emulator);
	await workers;
}

/** Each event tells of one video, however often it is delivered. */
function noteEvent(model: Model, payload: unknown): void {
	const id = at(payload, "event_id");
	const video = at(payload, "event_data", "video_id");
	if (typeof id !== "string" || typeof video !== "string") return;
	assert.equal(model.events.get(id) ?? video, video, `the event ${id} tells of two videos`);
	model.events.set(id, video);
}

/** Each video that was never deleted has ended by now, once. */
async function checkEvents({ client, model, count }: Round): Promise<void> {
	const told = new Map<string, number>();
	for (let token = ""; ; ) {
		const { body } = await client.get(`/v3/webhooks/events?limit=100${token}`);
		for (const event of at(body, "data") as unknown[]) {
			const video = String(at(event, "event_data", "video_id"));
			told.set(video, (told.get(video) ?? 0) + 1);
		}
		const next = at(body, "next_token");
		if (typeof next !== "string") break;
		token = `&token=${next}`;
	}
	for (const { id, deletion } of model.videos) {
		const events = told.get(id ?? "") ?? 0;
		assert(events === 1 || (events === 0 && deletion !== "none"), `${id} has ended ${events} times`);
	}
	count("events", told.size);
}
