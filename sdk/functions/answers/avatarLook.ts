import { z } from "zod";
import { Id } from "../../../provider/inputs/forms.ts";
import type { GetAvatarLookArgs } from "../getAvatarLook.ts";
import type { AvatarLook } from "../getAvatarLooks.ts";
import { createAnswer } from "./answer.ts";
import { noLookNamed, severalLooksNamed } from "./candidates.ts";
import { ALLOWED_FILTERS, FILTER_SPELLINGS, LookFilters, lookOf } from "./looks.ts";
import type { Run } from "./run.ts";

export const answerAvatarLook = createAnswer<GetAvatarLookArgs, AvatarLook>({
	name: "getAvatarLook",
	rules: {
		schema: LookFilters.extend({ id: Id.optional(), name: z.string().min(1).optional() }),
		allowed: { ...ALLOWED_FILTERS, id: "a look's id", name: "a look's name" },
		spellings: { ...FILTER_SPELLINGS, avatarId: "id", avatar_id: "id", lookId: "id", look_id: "id" },
	},
	list: false,
	together,
	ask: ({ id, name = "", ...filters }, run, signal) =>
		id === undefined ? byName(name, filters, run, signal) : byId(id, run, signal),
});

function together({ id, name, ownership, avatarType, groupId }: GetAvatarLookArgs): string | undefined {
	if (id === undefined && name === undefined) return "give the look's id or its name.";
	if (id === undefined) return undefined;
	if (name !== undefined) return "give the look's id or its name, not both.";
	const filtered = ownership !== undefined || avatarType !== undefined || groupId !== undefined;
	return filtered
		? "ownership, avatarType and groupId narrow a name down; leave them out beside an id."
		: undefined;
}

const byId = async (id: string, run: Run, signal: AbortSignal | undefined) =>
	lookOf(await run.look({ id }, signal), run);

async function byName(
	name: string,
	filters: Omit<GetAvatarLookArgs, "id" | "name">,
	run: Run,
	signal: AbortSignal | undefined,
): Promise<AvatarLook> {
	const looks = await run.looks(filters, signal);
	const [look, ...more] = looks.filter((candidate) => candidate.name === name);
	if (look === undefined) throw new Error(noLookNamed(name, looks));
	if (more.length > 0) throw new Error(severalLooksNamed(name, [look, ...more]));
	return lookOf(look, run);
}
