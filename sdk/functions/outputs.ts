import * as pulumi from "@pulumi/pulumi";
import { isSignedLink } from "../../heygen/signedLinks.ts";

/**
 * Makes every presigned link of a result a secret. An output is secret as a whole as soon as a part of it is; so the
 * named fields are given out one by one, each secret only if it is a link itself.
 */
export function withSecretLinks<T extends object>(
	result: pulumi.Output<T>,
	fields: readonly (keyof T)[],
): pulumi.Output<T> {
	const whole = result.apply((value) => hidden(value, Object.values(value).some(isSigned)));
	for (const field of fields) {
		const get = () => result.apply((value) => hidden(value[field], isSigned(value[field])));
		Object.defineProperty(whole, field, { get });
	}
	return whole;
}

/** A copy in which presigned links are undefined. */
export function withoutSignedLinks<T extends object>(value: T): T {
	const kept = Object.entries(value).map(([key, item]) => [key, isSigned(item) ? undefined : item]);
	return Object.fromEntries(kept) as T;
}

const isSigned = (value: unknown) => typeof value === "string" && isSignedLink(value);

/** By way of `unknown`: the SDK's types ask what a value unwraps to, and a result holds nothing to unwrap. */
const hidden = <T>(value: T, secret: boolean) =>
	(secret ? pulumi.secret<unknown>(value) : pulumi.output<unknown>(value)) as pulumi.Output<T>;
