import leven from "leven";
import type { AvatarLook } from "../../../heygen/schemas/look.ts";
import { show } from "../../../provider/inputs/problems.ts";

/** The most looks that are told as near. */
const MOST_NEAR = 3;
/** The most looks that a message lists. */
const MOST_LISTED = 8;

/** What to say when no look has the name: the nearest of those that fit the filters. */
export function noLookNamed(name: string, looks: readonly AvatarLook[]): string {
	const none = `no look has the name ${show(name)}`;
	if (looks.length === 0) return `${none}: no look at all fits the filters and this API key.`;
	const nearest = looks
		.map((look) => ({ look, distance: distanceOf(name, look.name) }))
		.sort((a, b) => a.distance - b.distance)
		.map(({ look }) => `${show(look.name)} (${show(look.id)})`);
	const [among, listed] =
		looks.length > MOST_NEAR
			? [`The nearest of ${looks.length} are`, nearest.slice(0, MOST_NEAR)]
			: ["There are", nearest];
	return `${none}. ${among} ${listed.join(", ")}.`;
}

/** What to say when more than one look has the name. */
export function severalLooksNamed(name: string, looks: readonly AvatarLook[]): string {
	const listed = looks.slice(0, MOST_LISTED).map(({ id, avatar_type, group_id }) => {
		const group = group_id ? `, groupId ${show(group_id)}` : "";
		return `${show(id)} (avatarType ${show(avatar_type)}${group})`;
	});
	const rest = looks.length > MOST_LISTED ? ` and ${looks.length - MOST_LISTED} more` : "";
	return `${looks.length} looks have the name ${show(name)}: ${listed.join(", ")}${rest}. Ask by id, or narrow it down by ownership, avatarType or groupId.`;
}

/** Names that hold the wanted text, or are held by it, come before those that are only spelled alike. */
function distanceOf(wanted: string, name: string): number {
	const [a, b] = [wanted.trim().toLowerCase(), name.trim().toLowerCase()];
	const held = a !== "" && b !== "" && (a.includes(b) || b.includes(a));
	return leven(a, b) - (held ? 1_000 : 0);
}
