import { sparingLaterState } from "../laterState.ts";
import type { Lifecycle } from "../lifecycle.ts";
import { withSubject } from "../subject.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { NOT_SUBMITTED } from "./failures.ts";
import { read } from "./read.ts";
import { STATE_VERSION, type VideoState } from "./state.ts";
import { update } from "./update.ts";

/** The life of one avatar-shots video. */
export const avatarShotsVideo: Lifecycle<VideoState> = withSubject(
	{ named: (id) => `Video ${id}`, notMade: () => NOT_SUBMITTED },
	sparingLaterState("Video", STATE_VERSION, { check, diff, create, read, update, delete: remove }),
);
