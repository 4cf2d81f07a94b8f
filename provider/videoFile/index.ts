import type { DownloadLimits } from "../../heygen/download.ts";
import { sparingLaterState } from "../laterState.ts";
import type { Lifecycle, Values } from "../lifecycle.ts";
import { withSubject } from "../subject.ts";
import { check } from "./check.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { diff } from "./diff.ts";
import { createPathMemory, type Project } from "./project.ts";
import { read } from "./read.ts";
import { STATE_VERSION, type VideoFileState } from "./state.ts";
import { update } from "./update.ts";

export interface VideoFileOptions {
	/** The folder that paths start from, and stay in unless allowed. @default the process's own */
	folder?: string;
	limits?: DownloadLimits;
}

/** The life of a video's file on disk, for one run. */
export function createVideoFile({
	folder = process.cwd(),
	limits,
}: VideoFileOptions = {}): Lifecycle<VideoFileState> {
	const project: Project = { folder, paths: createPathMemory(), limits };
	const notMade = ({ path, videoId }: Values) => `"${path}" was not written (video ${videoId})`;
	const named = (id: string) => `"${id}"`;
	const subject = { named, notMade, notChanged: (_id: string, inputs: Values) => notMade(inputs) };
	const lifecycle: Lifecycle<VideoFileState> = {
		check: (news, _olds, context) => check(news, context, project),
		diff: (id, state, inputs, context) => diff(id, state, inputs, context, project),
		create: (inputs, context) => create(inputs, context, project),
		read: (id, state) => read(id, state, project),
		update: (id, state, inputs, context) => update(id, state, inputs, context, project),
		delete: (id, state, context) => remove(id, state, context, project),
	};
	return withSubject(subject, sparingLaterState("The file", STATE_VERSION, lifecycle));
}
