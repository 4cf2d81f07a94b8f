import { isSignedLink } from "../heygen/signedLinks.ts";
import { plainUrl } from "../pages/text.ts";
import { nameOf } from "../plan/resource.ts";
import type { Resource, Stack } from "./stack.ts";
import { HIDDEN, openedText, shownValue } from "./values.ts";

/** What of a resource is shown. */
export type Shown = Pick<Resource, "urn" | "id" | "inputs" | "outputs">;

/** A file that a `VideoFile` of the stack wrote. */
export interface KnownFile {
	/** From the program's folder on. */
	readonly path: string;
	/** Of the bytes that were written; hex. */
	readonly sha256: string;
	readonly sizeBytes: number;
}

/** One video of a stack, as a gallery shows it. Secrets are hidden in every text but the links. */
export interface Video {
	readonly urn: string;
	/** The resource's name. */
	readonly name: string;
	/** The video's id at HeyGen; undefined before there is one. */
	readonly id: string | undefined;
	readonly state: VideoState;
	readonly title: string | undefined;
	readonly prompt: string;
	/** Such as `9:16`. */
	readonly aspectRatio: string | undefined;
	/** The other settings, in HeyGen's words. */
	readonly settings: readonly (readonly [name: string, value: string])[];
	readonly createdAt: string | undefined;
	readonly pageUrl: string | undefined;
	/** Presigned, where the state tells them in plain. */
	readonly links: { readonly video: string | undefined; readonly still: string | undefined };
	readonly files: { readonly video: KnownFile | undefined; readonly still: KnownFile | undefined };
}

export type VideoState =
	| "completed"
	| "rendering"
	| "failed"
	/** An interrupted run may have submitted it. */
	| "pending create"
	/** Replaced or removed: the next run deletes it at HeyGen. */
	| "pending delete"
	/** Looked up with `AvatarShotsVideo.get`. */
	| "not managed";

/** The videos of a stack: those that are there, by their names, then those that the next run has to see to. */
export function videosOf({ videos, files, pending }: Stack): Video[] {
	const known = videos.map((resource) => videoFrom(resource, stateOf(resource), files));
	const urns = new Set(videos.map(({ urn }) => urn));
	const creating = pending
		.filter(({ operation, video }) => operation === "creating" && !urns.has(video.urn))
		.map(({ video }) => videoFrom(video, "pending create", files));
	const waits = ({ state }: Video) => (state === "pending delete" ? 1 : 0);
	return [...known.sort((a, b) => waits(a) - waits(b) || (a.name < b.name ? -1 : 1)), ...creating];
}

export function videoFrom(resource: Shown, state: VideoState, files: readonly Resource[]): Video {
	const { urn, id, inputs, outputs } = resource;
	const value = (name: string) => shownValue(outputs[name] ?? inputs[name]);
	const link = (name: string) => webAddress(openedText(outputs[name]));
	return {
		urn,
		name: nameOf(urn),
		id: id === "" ? undefined : id,
		state,
		title: textOf(value("title")),
		prompt: textOf(value("prompt")) ?? "",
		aspectRatio: textOf(value("aspectRatio")),
		settings: settingsOf(value),
		createdAt: textOf(value("createdAt")),
		pageUrl: pageAddress(textOf(value("videoPageUrl"))),
		links: { video: link("videoUrl"), still: link("thumbnailUrl") },
		files: { video: fileOf(id, ["video"], files), still: fileOf(id, ["thumbnail", "gif"], files) },
	};
}

/** Values as people read them: an empty one is none. */
export function textOf(value: unknown): string | undefined {
	if (value === undefined || value === null || value === "") return undefined;
	if (typeof value === "string") return value;
	if (Array.isArray(value)) return value.map(entryText).join(", ") || undefined;
	return typeof value === "object" ? entryText(value) : String(value);
}

function stateOf({ delete: deleting, external, outputs }: Resource): VideoState {
	if (deleting) return "pending delete";
	if (external) return "not managed";
	return renderState(outputs);
}

/** How far the render is, by a video's outputs. */
export function renderState(outputs: Shown["outputs"]): VideoState {
	const status = outputs["status"];
	return status === "completed" || status === "failed" ? status : "rendering";
}

function settingsOf(value: (name: string) => unknown): [string, string][] {
	const duration = value("duration");
	const list: [string, unknown][] = [
		["Looks", value("avatarIds")],
		["References", value("references")],
		["Aspect ratio", value("aspectRatio")],
		["Resolution", value("resolution")],
		["Duration", value("autoDuration") === true ? "HeyGen's choice" : duration && `${duration} s`],
		["Prompt enhanced", value("enhancePrompt") === true ? "yes" : undefined],
		["Revision", value("revision")],
		["Account", value("account")],
	];
	return list.flatMap(([name, given]) => {
		const text = textOf(given);
		return text === undefined ? [] : [[name, text]];
	});
}

/** A reference by what it is: the file, the asset, or the URL without its query. */
function entryText(entry: unknown): string {
	if (typeof entry !== "object" || entry === null) return String(entry);
	const { url, file, assetId, mediaType } = entry as Record<string, unknown>;
	if (typeof url === "string") return url === HIDDEN ? url : plainUrl(url);
	if (typeof file === "string") return file;
	if (typeof assetId === "string") return `asset ${assetId}`;
	return typeof mediaType === "string" ? `bytes of ${mediaType}` : JSON.stringify(entry);
}

function fileOf(id: string | undefined, kinds: string[], files: readonly Resource[]): KnownFile | undefined {
	if (id === undefined) return undefined;
	for (const kind of kinds) {
		for (const { outputs, delete: deleting } of files) {
			const { path, sha256, sizeBytes } = outputs;
			if (deleting || outputs["videoId"] !== id || outputs["kind"] !== kind) continue;
			if (typeof path === "string" && typeof sha256 === "string" && typeof sizeBytes === "number") {
				return { path, sha256, sizeBytes };
			}
		}
	}
	return undefined;
}

function pageAddress(text: string | undefined): string | undefined {
	const address = webAddress(text);
	return address === undefined || isSignedLink(address) ? undefined : address;
}

/** An address that a page may lead to: http and https alone. */
function webAddress(text: string | undefined): string | undefined {
	return text !== undefined && /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}
