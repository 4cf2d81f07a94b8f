import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { PictureJob } from "./encode.ts";
import type { WorkerResult } from "./worker.ts";

const MAX_SECONDS = 120;
const CLOSED = "The emulator is closed";

/** Makes pictures in a thread of its own, one after the other, so that the server goes on answering. */
export interface Studio {
	/** Rejects when the picture cannot be made, takes longer than two minutes once it is begun, or the studio is closed. */
	make(job: PictureJob): Promise<Buffer>;
	close(): Promise<void>;
}

/** Calls `work` after so many seconds, unless the returned function is called before. */
export type After = (seconds: number, work: () => void) => () => void;

const inRealTime: After = (seconds, work) => {
	const timer = setTimeout(work, seconds * 1000);
	return () => clearTimeout(timer);
};

interface Task {
	readonly job: PictureJob;
	readonly resolve: (bytes: Buffer) => void;
	readonly reject: (reason: Error) => void;
}

export function studio(after: After = inRealTime): Studio {
	const waiting: Task[] = [];
	let current: Task | undefined;
	let worker: Worker | undefined;
	let stopLimit = () => {};
	let closed = false;

	const next = () => {
		current = waiting.shift();
		if (!current) return;
		worker ??= start();
		worker.postMessage(current.job);
		stopLimit = after(MAX_SECONDS, () => giveUp(`The picture took longer than ${MAX_SECONDS} s`));
	};

	const finish = (settle: (task: Task) => void) => {
		stopLimit();
		if (current) settle(current);
		next();
	};

	/** Ends the thread with what it is at; the pictures that wait are made in a new one. */
	const giveUp = (reason: string, cause?: unknown) => {
		const stopped = worker;
		worker = undefined;
		finish(({ reject }) => reject(new Error(reason, { cause })));
		return stopped?.terminate();
	};

	const start = () => {
		// Beside this file the worker ends in .ts, and compiled in .js.
		const file = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
		const started = new Worker(file, { stdout: true, stderr: true });
		started.unref();
		started.on("message", ({ bytes, problem }: WorkerResult) => {
			if (worker !== started) return;
			finish(({ resolve, reject }) => {
				if (bytes) resolve(Buffer.from(bytes.buffer));
				else reject(new Error(`The picture could not be made: ${problem}`));
			});
		});
		started.on("error", (error) => {
			if (worker === started) void giveUp("The picture's thread ended", error);
		});
		started.on("exit", () => {
			if (worker === started) void giveUp("The picture's thread ended");
		});
		return started;
	};

	return {
		make: (job) =>
			new Promise((resolve, reject) => {
				if (closed) throw new Error(CLOSED);
				waiting.push({ job, resolve, reject });
				if (!current) next();
			}),
		async close() {
			closed = true;
			for (const { reject } of waiting.splice(0)) reject(new Error(CLOSED));
			await giveUp(CLOSED);
		},
	};
}
