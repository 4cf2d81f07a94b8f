import { parentPort } from "node:worker_threads";
import { encode, type PictureJob } from "./encode.ts";

/** What goes to the worker thread and what comes back; `number` pairs them. */
export interface WorkerTask {
	readonly number: number;
	readonly job: PictureJob;
}
export interface WorkerResult {
	readonly number: number;
	readonly bytes?: Uint8Array<ArrayBuffer>;
	readonly problem?: string;
}

let last: Promise<void> = Promise.resolve();

parentPort?.on("message", (task: WorkerTask) => {
	last = last.then(() => work(task));
});

async function work({ number, job }: WorkerTask): Promise<void> {
	try {
		const bytes = await encode(job);
		parentPort?.postMessage({ number, bytes } satisfies WorkerResult, [bytes.buffer]);
	} catch (error) {
		parentPort?.postMessage({ number, problem: String(error) } satisfies WorkerResult);
	}
}
