import { parentPort } from "node:worker_threads";
import { encode, type PictureJob } from "./encode.ts";

/** What comes back of a job. The next job is sent when it has. */
export interface WorkerResult {
	readonly bytes?: Uint8Array<ArrayBuffer>;
	readonly problem?: string;
}

parentPort?.on("message", async (job: PictureJob) => {
	try {
		const bytes = await encode(job);
		parentPort?.postMessage({ bytes } satisfies WorkerResult, [bytes.buffer]);
	} catch (error) {
		parentPort?.postMessage({ problem: String(error) } satisfies WorkerResult);
	}
});
