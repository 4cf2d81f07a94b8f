/** The signing secret of an endpoint, or several of them: those of several endpoints, or the old and the new one while a rotation is rolled out. */
export type WebhookSecrets = string | readonly string[];

/** Throws a `TypeError` when there is no secret to verify with; an empty one would let anybody sign. */
export function secretList(secrets: WebhookSecrets): readonly string[] {
	const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
	const isUsable = (secret: unknown) => typeof secret === "string" && secret.trim() !== "";
	if (list.length > 0 && list.every(isUsable)) return list as readonly string[];
	throw new TypeError(
		"`secrets` must be the endpoint's signing secret, or a list of them, and none may be empty. Is the environment variable that holds it set?",
	);
}
