import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { PictureJob } from "./encode.ts";
import type { WorkerResult, WorkerTask } from "./worker.ts";

const MAX_SECONDS = 120;

/** Makes pictures in a thread of its own, one after the other, so that the server goes on answering. */
export interface Studio {
	/** Rejects when the picture cannot be made, takes longer than two minutes, or the studio is closed. */
	make(job: PictureJob): Promise<Buffer>;
	close(): Promise<void>;
}

interface Task {
	resolve(bytes: Buffer): void;
	reject(reason: Error): void;
}

export function studio(): Studio {
	const waiting = new Map<number, Task>();
	let worker: Worker | undefined;
	let count = 0;

	const stop = async (reason: Error) => {
		const stopped = worker;
		worker = undefined;
		for (const { reject } of waiting.values()) reject(reason);
		waiting.clear();
		await stopped?.terminate();
	};

	const start = () => {
		// Beside this file the worker ends in .ts, and compiled in .js.
		const file = new URL(`./worker${extname(import.meta.filename)}`, import.meta.url);
		const started = new Worker(file, { stdout: true, stderr: true });
		started.unref();
		started.on("message", ({ number, bytes, problem }: WorkerResult) => {
			const task = waiting.get(number);
			waiting.delete(number);
			if (bytes) task?.resolve(Buffer.from(bytes.buffer));
			else task?.reject(new Error(`The picture could not be made: ${problem}`));
		});
		started.on("error", (error) => stop(new Error("The picture's thread ended", { cause: error })));
		started.on("exit", () => {
			if (worker === started) void stop(new Error("The picture's thread ended"));
		});
		return started;
	};

	return {
		async make(job) {
			worker ??= start();
			const number = ++count;
			const made = new Promise<Buffer>((resolve, reject) => waiting.set(number, { resolve, reject }));
			const limit = setTimeout(
				() => stop(new Error(`The picture took longer than ${MAX_SECONDS} s`)),
				MAX_SECONDS * 1000,
			);
			try {
				worker.postMessage({ number, job } satisfies WorkerTask);
				return await made;
			} finally {
				clearTimeout(limit);
			}
		},
		close: () => stop(new Error("The emulator is closed")),
	};
}
