import type { AvatarLook, GetAvatarLooksArgs } from "../getAvatarLooks.ts";
import { createAnswer } from "./answer.ts";
import { ALLOWED_FILTERS, FILTER_SPELLINGS, LookFilters, lookOf } from "./looks.ts";

export const answerAvatarLooks = createAnswer<GetAvatarLooksArgs, AvatarLook[]>({
	name: "getAvatarLooks",
	rules: { schema: LookFilters, allowed: ALLOWED_FILTERS, spellings: FILTER_SPELLINGS },
	list: true,
	ask: async (filters, run, signal) => (await run.looks(filters, signal)).map((look) => lookOf(look, run)),
});
