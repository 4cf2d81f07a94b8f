import { z } from "zod";

/** An id of HeyGen's. Texts today, and opaque: what is paid must not be lost to one that is a number. */
export const Id = z.union([z.string().min(1), z.int().transform(String)]);

/** What every answer of API v3 wraps its payload in. */
export const dataOf = <T extends z.ZodType>(payload: T) => z.looseObject({ data: payload });

/** What a call may answer that has nothing to tell: no body, or any JSON. A gateway's page is neither. */
export const NothingToTell = z.unknown().refine((body) => body !== undefined, "not understood");

/** A page of a list: `next_token` goes into the next call's `token`. */
export const pageOf = <T extends z.ZodType>(item: T) =>
	z.looseObject({
		data: z.array(item),
		has_more: z.boolean().nullish(),
		next_token: z.string().nullish(),
	});

/** The body of a refusal. `param` is there on validation errors only; a gateway may answer with something else. */
export const ErrorEnvelope = z.looseObject({
	error: z.looseObject({
		code: z.string().nullish(),
		message: z.string().nullish(),
		param: z.string().nullish(),
	}),
});
