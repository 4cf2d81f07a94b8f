import { FileChanged } from "../../heygen/uploadBody.ts";
import type { Context } from "../lifecycle.ts";
import { failureOf } from "../shared.ts";
import { NOT_SUBMITTED } from "./failures.ts";
import type { CheckedInputs } from "./inputs.ts";
import type { AssetOfFile } from "./renderRequest.ts";

/** Uploads the files among a video's references, each content once a run. Nothing of it costs money. */
export async function uploadReferences(inputs: CheckedInputs, context: Context): Promise<AssetOfFile> {
	const ids = new Map<string, string>();
	for (const [at, reference] of (inputs.references ?? []).entries()) {
		if (!("file" in reference) || ids.has(reference.sha256 ?? "")) continue;
		const { file, sha256 = "" } = reference;
		try {
			const content = await context.uploads.contents.of(file);
			if (content.sha256 !== sha256) throw new FileChanged(file);
			ids.set(sha256, await context.uploads.assetOf(content, context));
		} catch (error) {
			context.signal.throwIfAborted();
			if (!(error instanceof Error)) throw error;
			throw failureOf(`${NOT_SUBMITTED}. references[${at}].file`, error);
		}
	}
	return (sha256) => ids.get(sha256) ?? "";
}
