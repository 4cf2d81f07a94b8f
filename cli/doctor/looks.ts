import pLimit from "p-limit";
import type { Stack } from "../../gallery/stack.ts";
import type { CallOptions } from "../../heygen/calls.ts";
import type { HeyGenClient } from "../../heygen/client.ts";
import { isNotFound } from "../../heygen/errors.ts";
import type { AvatarLook } from "../../heygen/schemas/look.ts";
import { nameOf } from "../../plan/resource.ts";
import { listed } from "../../provider/capSettings.ts";
import { notUsable } from "../usableLook.ts";
import { type Check, ok, skipped, warning } from "./check.ts";

/** How many looks are asked for at once. */
const AT_ONCE = 5;

/**
 * The looks of the stack's videos. One that cannot be used is a warning: videos that are rendered stay as they are until
 * they are changed.
 */
export async function lookChecks(stack: Stack, heygen: HeyGenClient, how: CallOptions): Promise<Check[]> {
	const uses = usesOf(stack);
	if (uses.size === 0) return [skipped("looks", "The looks in use: the state names none that can be read.")];
	const limit = pLimit(AT_ONCE);
	const found = [...uses].map(([id, videos]) => limit(() => lookedAt(id, videos, heygen, how)));
	const answers = await Promise.all(found);
	const told = answers.flatMap(({ check }) => check ?? []);
	const unknown = answers.flatMap(({ error }) => error ?? []);
	const usable = uses.size - told.length - unknown.length;
	const fine = usable > 0 ? [ok("looks", `${counted(usable)} in use can be used.`)] : [];
	return [...fine, ...told, ...notKnown(unknown)];
}

/** The videos that name each look. Looks that the stack keeps secret are not known. */
function usesOf({ videos }: Stack): Map<string, string[]> {
	const uses = new Map<string, string[]>();
	for (const { urn, inputs, delete: replaced } of videos) {
		const { avatarIds } = inputs;
		if (replaced || !Array.isArray(avatarIds)) continue;
		for (const id of new Set<unknown>(avatarIds)) {
			if (typeof id === "string") uses.set(id, [...(uses.get(id) ?? []), nameOf(urn)]);
		}
	}
	return uses;
}

interface LookedAt {
	/** Undefined where all is well. */
	readonly check?: Check | undefined;
	readonly error?: unknown;
}

async function lookedAt(
	id: string,
	videos: readonly string[],
	heygen: HeyGenClient,
	how: CallOptions,
): Promise<LookedAt> {
	const usedBy = `${videos.length === 1 ? "the video" : "the videos"} ${listed(videos)}`;
	try {
		return { check: faultOf(await heygen.getAvatarLook(id, how), usedBy) };
	} catch (error) {
		if (!isNotFound(error)) return { error };
		const mend = `Choose another look for what is to be rendered. What is rendered stays as it is until it is changed.`;
		return {
			check: warning(
				"looks",
				`The look ${id} is gone from HeyGen; ${usedBy} cannot be rendered with it.`,
				mend,
			),
		};
	}
}

function faultOf(look: AvatarLook, usedBy: string): Check | undefined {
	const fault = notUsable(look);
	if (fault === undefined) return undefined;
	const text = `The look ${look.id} ("${look.name}") cannot be used now (${fault.why}); ${usedBy} cannot be rendered with it.`;
	return warning("looks", text, fault.mend);
}

function notKnown(errors: readonly unknown[]): Check[] {
	if (errors.length === 0) return [];
	const [first] = errors;
	const reason = first instanceof Error ? first.message : String(first);
	return [
		warning(
			"looks",
			`${counted(errors.length)} in use could not be looked at: ${reason}`,
			"Run this again later.",
		),
	];
}

const counted = (count: number) => `${count} ${count === 1 ? "look" : "looks"}`;
