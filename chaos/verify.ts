import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project, StateResource } from "../test/engine/support/project.ts";
import { type Change, STAGE_RENDERS } from "./changes.ts";
import { API_KEY, type Scene } from "./stages.ts";

/** What a cell has come to. */
export interface Findings {
	/** Renders paid more than the user wanted. */
	paidMore: number;
	/** Renders that were paid for and are in no stack, or in a stack and no more at HeyGen. */
	lost: number;
	/** Places where the key or a presigned signature stood in plain text. */
	secrets: string[];
	/** All else that is not as it must be. */
	problems: string[];
}

const VIDEO_TYPE = "pulumi-nodejs:dynamic/heygen:AvatarShotsVideo";
const nameOf = ({ urn }: StateResource) => urn.split("::").at(-1) ?? "";

/** Holds the stacks, the service, the files and all that was written against what the user wanted. */
export async function verify(
	change: Change,
	scene: Scene,
	projects: readonly Project[],
	said: string,
): Promise<Findings> {
	const { control } = scene.emulator;
	const problems: string[] = [];
	const paid = control.paidRenders() - STAGE_RENDERS[change.stage];
	if (paid < change.renders) problems.push(`${paid} renders paid, ${change.renders} wanted`);

	const held = new Set<string>();
	for (const project of projects) {
		const resources = await project.resources();
		const videos = resources.filter(({ type }) => type === VIDEO_TYPE);
		for (const { id } of videos) held.add(String(id));
		problems.push(...stateProblems(change, videos, resources), ...fileProblems(change, resources, project));
	}
	const alive = control.videos().filter(({ deleted, status }) => !deleted && status !== "failed");
	const missing = [...held].filter((id) => !alive.some((video) => video.id === id));
	const orphans = alive.filter(({ id }) => !held.has(id));
	return {
		paidMore: Math.max(0, paid - change.renders),
		lost: missing.length + Math.max(0, orphans.length - (change.kept ?? 0)),
		secrets: secretsIn(said, projects),
		problems,
	};
}

function stateProblems(
	{ videos: wanted }: Change,
	videos: readonly StateResource[],
	all: readonly StateResource[],
): string[] {
	const names = videos.map(nameOf).sort().join(", ");
	const problems = names === [...wanted].sort().join(", ") ? [] : [`the stack holds the videos "${names}"`];
	for (const video of videos) {
		const { status } = video.outputs;
		if (status !== "completed") problems.push(`${nameOf(video)} is ${status}`);
	}
	for (const resource of all) {
		if (resource.delete) problems.push(`${nameOf(resource)} is still to be deleted`);
		if (resource.initErrors?.length) problems.push(`${nameOf(resource)} is not finished`);
	}
	return problems;
}

function fileProblems(change: Change, resources: readonly StateResource[], { folder }: Project): string[] {
	const dist = join(folder, "dist");
	const there = existsSync(dist) ? readdirSync(dist) : [];
	const files = resources.filter(({ type }) => type.endsWith(":VideoFile"));
	const problems = files.flatMap(({ outputs }) => {
		const path = join(folder, String(outputs["path"]));
		if (!existsSync(path)) return [`${outputs["path"]} is not there`];
		const sha256 = createHash("sha256").update(readFileSync(path)).digest("hex");
		return sha256 === outputs["sha256"] ? [] : [`${outputs["path"]} is not what the state says`];
	});
	const known = files.map(({ outputs }) => String(outputs["path"]).replace("dist/", ""));
	const others = there.filter((name) => !known.includes(name));
	if (others.length > 0) problems.push(`left in dist/: ${others.join(", ")}`);
	if (files.length !== change.videos.length) problems.push(`${files.length} files in the stack`);
	return problems;
}

/** Where the key, or the signature of a link, can be read: what was said, and every file of the backends. */
function secretsIn(said: string, projects: readonly Project[]): string[] {
	const texts: [string, string][] = [["the output", said]];
	for (const { folder } of projects) {
		for (const name of readdirSync(join(folder, "backend"), { recursive: true, withFileTypes: true })) {
			if (!name.isFile()) continue;
			texts.push([name.name, readFileSync(join(name.parentPath, name.name), "utf8")]);
		}
	}
	return texts.flatMap(([where, text]) => {
		const found = [];
		if (text.includes(API_KEY)) found.push(`the key in ${where}`);
		if (/[?&]Signature=[\w-]{8,}/.test(text)) found.push(`a signature in ${where}`);
		return found;
	});
}
