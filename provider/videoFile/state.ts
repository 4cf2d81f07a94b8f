import type { Values } from "../lifecycle.ts";
import type { Drift } from "./fileOnDisk.ts";
import type { CheckedInputs } from "./inputs.ts";
import type { Written } from "./temporaryFile.ts";

/** Raised when what the state holds changes its meaning; later versions read all earlier ones. */
export const STATE_VERSION = 1;

export type VideoFileState = Values &
	CheckedInputs &
	Written & {
		/** The user name of the HeyGen account that the video was taken from. */
		account: string;
		stateVersion: number;
		/** What a refresh found the file to be; undefined when it is as it was written. */
		drift?: Drift | undefined;
	};

export function stateOf(inputs: CheckedInputs, written: Written, account: string): VideoFileState {
	return { ...inputs, ...written, account, stateVersion: STATE_VERSION };
}
