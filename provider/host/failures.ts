import { redact } from "../../heygen/redact.ts";
import type { Problem, Values } from "../lifecycle.ts";

const LONGEST_MESSAGE = 4_000;

/**
 * Problems as the engine tells them. Not by its own field for the property: with it the engine prints the property's
 * whole value, however long, and also when it is a secret.
 */
export const checkFailures = (problems: readonly Problem[], secrets: readonly string[]) =>
	problems.map(({ property, reason }) => ({
		property: "",
		reason: redact(`${property}: ${reason}`, secrets, LONGEST_MESSAGE),
	}));

/**
 * An error as the engine may see it, with a text for the user. The SDK's server takes any error with an `id` for a resource that was created, and
 * prints the stack of some: so every error is made anew, with a message and nothing else.
 */
export function cleanError(text: string, secrets: readonly string[]): Error {
	const clean = new Error(redact(text, secrets, LONGEST_MESSAGE));
	// The server prints `${error}: ${error.stack}` for some calls, apart from the resource that it is about.
	clean.stack = "a call failed, see the resource's own error";
	clean.toString = () => "pulumi-heygen";
	return clean;
}

/** The form in which the engine keeps a resource that exists and is not ready: its id, its sealed state, and the reason. */
export function initError(
	text: string,
	id: string,
	state: Values,
	properties: Values,
	secrets: readonly string[],
): Error {
	const clean = cleanError(text, secrets);
	return Object.assign(clean, {
		id,
		// Unlike after a success, the server does not add the provider's text itself, and without it the resource could
		// be neither read nor deleted.
		properties: { ...state, __provider: properties["__provider"] },
		reasons: [clean.message],
	});
}
