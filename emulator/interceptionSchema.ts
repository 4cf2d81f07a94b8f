import { z } from "zod";
import type { InterceptionAction } from "./interceptionTypes.ts";

const text = z.string();
const status = z.int().min(200).max(599);
const seconds = z.number().min(0).max(600);

/** How the body is sent is the server's to say. */
const FRAMING = /^(content-length|transfer-encoding|connection|trailer)$/i;
const headers = z
	.record(text, text)
	.refine(canBeSent, "must be headers that can be sent, and not those that tell how the body is sent");

/** What can be done to a request. */
export const Action = z.union([
	z.enum(["reset", "lose-answer", "truncate", "no-ranges"]),
	z.strictObject({ breakAfterBytes: z.int().min(0) }),
	z.strictObject({ delaySeconds: seconds }),
	z.strictObject({ answerAfterSeconds: seconds }),
	z.strictObject({ status, html: text }),
	z.strictObject({ status, text }),
	z.strictObject({
		status,
		code: text.optional(),
		message: text.optional(),
		param: text.optional(),
		headers: headers.optional(),
	}),
]);

/** Throws a `TypeError` when the action could not be carried out. */
export function checkAction(action: InterceptionAction): void {
	const { error } = Action.safeParse(action);
	if (error) throw new TypeError(`The emulator cannot do this to a request:\n${z.prettifyError(error)}`);
}

function canBeSent(given: Record<string, string>): boolean {
	if (Object.keys(given).some((name) => FRAMING.test(name))) return false;
	try {
		new Headers(given);
		return true;
	} catch {
		return false;
	}
}
