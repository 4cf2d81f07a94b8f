import { isNotFound } from "../../heygen/errors.ts";
import type { Context } from "../lifecycle.ts";

/**
 * Stops when the key is of another account than the one that holds a video: to that account every video of the stack
 * looks deleted, and a change would be rendered in the wrong place. Colleagues who share a workspace pass: the key of
 * each of them sees the video.
 */
export async function refuseOtherAccount(id: string, expected: unknown, context: Context): Promise<void> {
	if (typeof expected !== "string" || expected === "") return;
	const { username } = await context.renders.account();
	if (username === expected || (await seesVideo(id, context))) return;
	throw new Error(
		`Video ${id} belongs to the HeyGen account "${expected}", but the API key is of "${username}", which does not ` +
			"see it. Nothing was changed. Set the right account's key (heygen:apiKey or HEYGEN_API_KEY) and run again.",
	);
}

async function seesVideo(id: string, { heygen, signal }: Context): Promise<boolean> {
	try {
		await heygen().getVideo(id, { signal });
		return true;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}
