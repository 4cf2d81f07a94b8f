import { resolve } from "node:path";
import { RENDER_INPUTS } from "../provider/avatarShotsVideo/renderRequest.ts";
import type { Values } from "../provider/lifecycle.ts";
import type { Combination } from "./expand.ts";
import { shownPath, type Where } from "./files.ts";
import { entriesOf, type Given } from "./merge.ts";
import type { Problems } from "./problem.ts";
import { fill } from "./template.ts";

/** One video of a set: what to render, under which name, and where the file goes. */
export interface SpecVideo {
	/** Unique among all specs, and the same as long as the spec's name and the values of its matrix are. */
	name: string;
	/** Names under which the stack may know it; none of them is that of another video. */
	formerNames: string[];
	/** The inputs of an `AvatarShotsVideo`; paths start from the program's folder. */
	inputs: Values;
	/** The names of looks that stand for `avatarIds`. */
	looks: string[] | undefined;
	/** Where these names are given, as `videos/launch.video.yaml:3:1`. */
	looksAt?: string;
	/** Where the finished file is written, from the program's folder. */
	download: string | undefined;
}

const NOT_INPUTS = new Set(["looks", "promptSuffix", "download"]);

/** Fills the variables of a combination in. */
export function videoOf(combination: Combination, where: Where, problems: Problems): SpecVideo {
	const { single, texts, name } = combination;
	const text = (key: string): string | undefined => {
		const given = single.get(key);
		if (typeof given?.value !== "string") return undefined;
		const filled = fill(given.value, texts);
		if (filled.fault !== undefined) problems.add(given.source, given.path, filled.fault);
		return filled.text;
	};
	const inputs: Record<string, unknown> = {};
	for (const [key, { value }] of single) if (!NOT_INPUTS.has(key)) inputs[key] = value;

	const parts = [text("prompt"), text("promptSuffix")].filter((part) => part !== undefined);
	if (parts.length > 0 && typeof inputs["prompt"] === "string") {
		inputs["prompt"] = parts.map((part) => part.trimEnd()).join(" ");
	}
	const title = text("title");
	if (title !== undefined) inputs["title"] = title;
	const references = single.get("references");
	if (Array.isArray(references?.value)) {
		inputs["references"] = references.value.map((reference) => fromProgram(reference, references, where));
	}
	const givenLooks = single.get("looks");
	const looks = givenLooks?.value;
	return {
		name,
		formerNames: [],
		inputs,
		looks: Array.isArray(looks) ? looks.map(String) : undefined,
		...(givenLooks === undefined ? {} : { looksAt: placeOf(givenLooks) }),
		download: text("download"),
	};
}

/** Where something is given, as terminals make a link of it. */
function placeOf({ source, path }: Pick<Given, "source" | "path">): string {
	const { line, column } = source.placeOf(path) ?? {};
	return [source.name, line, column].filter((part) => part !== undefined).join(":");
}

/** A reference's file as the provider finds it: from the program's folder on. */
function fromProgram(reference: unknown, { source }: Given, where: Where): unknown {
	const file = entriesOf(reference).find(([key]) => key === "file")?.[1];
	if (typeof file !== "string" || file === "") return reference;
	return { ...(reference as object), file: shownPath(resolve(source.folder, file), where.program) };
}

/** The same text for videos that would show the same picture, and be paid for one by one. */
export const pictureOf = ({ inputs, looks }: SpecVideo): string =>
	JSON.stringify(
		[...RENDER_INPUTS, "revision", "adoptVideoId"].map((name) => inputs[name] ?? null).concat(looks ?? []),
	);
