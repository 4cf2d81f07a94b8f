import type { HeyGenClient } from "../../heygen/client.ts";
import type { Clock } from "../../heygen/clock.ts";
import { HeyGenRefusal, isNotFound } from "../../heygen/errors.ts";
import { SIMPLE_UPLOAD_BYTES, type UploadedAsset } from "../../heygen/schemas/asset.ts";
import { keyAfter, LONGEST_CHAIN } from "../keys.ts";
import { type Content, FileProblem } from "./content.ts";

/** For how long a new asset may be unknown to reads, in milliseconds. */
const GRACE_MS = 3_000;
/** For how long the storage may take to show bytes that were put there, in milliseconds. */
const VISIBLE_WITHIN_MS = 30_000;
/** For how long HeyGen is waited for while it looks at a large file, in milliseconds. */
const PROCESSED_WITHIN_MS = 120_000;
/** How many places the storage may refuse: one for each interrupted run of 24 hours, whose link has expired since. */
const MOST_REFUSED = 8;
const STEP_MS = 1_000;
const TOLD_EVERY_MS = 1_000;

export interface UploadContext {
	heygen(): HeyGenClient;
	clock: Clock;
	signal: AbortSignal;
	report(text: string): void;
}

/**
 * Gets one file to HeyGen under a key, in the way that its size asks for. A key whose asset was deleted since is used
 * up, and the next one of its chain follows from it. Nothing of it costs money.
 */
export async function upload(content: Content, key: string, context: UploadContext): Promise<UploadedAsset> {
	let next = key;
	let refused = 0;
	const onRefusal = (refusal: HeyGenRefusal) => {
		refused++;
		if (refused === MOST_REFUSED) throw refusal;
	};
	for (let link = 0; link < LONGEST_CHAIN; link++, next = keyAfter(next)) {
		const asset =
			content.sizeBytes <= SIMPLE_UPLOAD_BYTES
				? await simply(content, next, context)
				: await directly(content, next, onRefusal, context);
		if (asset !== undefined && (await isThere(asset.asset_id, context))) return asset;
	}
	throw new Error(
		`${LONGEST_CHAIN} earlier uploads of this same file were deleted within 24 hours; run again tomorrow, or change the file.`,
	);
}

function simply(content: Content, key: string, context: UploadContext): Promise<UploadedAsset> {
	const { signal } = context;
	return context.heygen().uploadAsset(content, key, { signal, onProgress: progress(content, context) });
}

/**
 * Undefined when the key is one of an earlier run whose place has expired before the file was there: `onRefusal` is told
 * and may throw.
 */
async function directly(
	content: Content,
	key: string,
	onRefusal: (refusal: HeyGenRefusal) => void,
	context: UploadContext,
): Promise<UploadedAsset | undefined> {
	const { heygen, signal } = context;
	const place = await heygen().startDirectUpload(content, key, { signal });
	if (typeof place.max_bytes === "number" && content.sizeBytes > place.max_bytes) {
		throw new FileProblem(
			`${content.name} has ${content.sizeBytes} bytes; HeyGen takes ${place.max_bytes}. Nothing was sent.`,
		);
	}
	try {
		await heygen().putDirectUpload(place, content, { signal, onProgress: progress(content, context) });
	} catch (error) {
		if (!(error instanceof HeyGenRefusal) || ![403, 404].includes(error.status)) throw error;
		const filledBefore = await complete(place.asset_id, content, 0, context);
		if (filledBefore === undefined) onRefusal(error);
		return filledBefore;
	}
	return complete(place.asset_id, content, VISIBLE_WITHIN_MS, context);
}

/** Undefined for an asset that was deleted since its key was first used, and for a place that was never filled. */
async function complete(
	assetId: string,
	{ sha256 }: Content,
	visibleWithinMs: number,
	{ heygen, clock, signal, report }: UploadContext,
): Promise<UploadedAsset | undefined> {
	const start = clock.elapsed();
	const passed = () => clock.elapsed() - start;
	for (;;) {
		try {
			const asset = await heygen().completeDirectUpload(assetId, sha256, { signal });
			if (asset.status === "failed") throw new Error(`HeyGen could not take asset ${assetId} in.`);
			if (asset.status !== "processing" || passed() > PROCESSED_WITHIN_MS) return asset;
			report("HeyGen looks at the file");
		} catch (error) {
			const gone = isNotFound(error);
			if (!gone && !(error instanceof HeyGenRefusal && error.status === 409)) throw error;
			if (passed() >= (gone ? Math.min(GRACE_MS, visibleWithinMs) : visibleWithinMs)) {
				if (gone || visibleWithinMs === 0) return undefined;
				throw error;
			}
		}
		await clock.sleep(STEP_MS, signal);
	}
}

async function isThere(assetId: string, { heygen, clock, signal }: UploadContext): Promise<boolean> {
	for (const start = clock.elapsed(); ; await clock.sleep(STEP_MS, signal)) {
		try {
			await heygen().getAsset(assetId, { signal });
			return true;
		} catch (error) {
			if (!isNotFound(error)) throw error;
			if (clock.elapsed() - start >= GRACE_MS) return false;
		}
	}
}

/** Tells the share that is sent, in per cent, no more often than every second. */
function progress({ sizeBytes, name }: Content, { clock, report }: UploadContext) {
	let toldAt = Number.NEGATIVE_INFINITY;
	return (sentBytes: number) => {
		const now = clock.elapsed();
		if (now - toldAt < TOLD_EVERY_MS && sentBytes < sizeBytes) return;
		toldAt = now;
		report(`uploading ${name}: ${Math.floor((sentBytes / sizeBytes) * 100)} %`);
	};
}
