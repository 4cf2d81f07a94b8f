import { runtime } from "@pulumi/pulumi";
import { isSignedLink } from "../../heygen/signedLinks.ts";
import { GivenFile, unknown, type Values } from "../lifecycle.ts";
import { URN_INPUT } from "./contract.ts";

const PROVIDER = "__provider";

export interface Opened {
	/** Undefined where the engine does not say, as for state of a resource that is only looked up. */
	urn: string | undefined;
	/** The user's and the lifecycle's own values. */
	values: Values;
}

/** Takes what the engine hands over apart: the values a lifecycle knows, without what is between host and engine. */
export function open(properties: Values): Opened {
	const { [PROVIDER]: _, [URN_INPUT]: __, ...rest } = properties;
	return { urn: urnIn(properties), values: decode(rest) as Values };
}

/** The URN among what the engine hands over. */
export function urnIn({ [URN_INPUT]: urn }: Values): string | undefined {
	return typeof urn === "string" && urn !== runtime.unknownValue ? urn : undefined;
}

/**
 * Makes checked inputs fit for the engine: plain JSON, nothing undefined, unknown values as its own mark, and every
 * presigned link a secret.
 */
export function sealInputs(inputs: Values, properties: Values): Record<string, unknown> {
	return { ...(plain(encode(inputs)) as object), ...urnOf(properties) };
}

/**
 * Makes a state fit for the engine: plain JSON, and every presigned link in it a secret, as are the outputs named. The URN
 * among the properties that the engine sent goes with it: a read and a delete get nothing but the state.
 */
export function sealState(
	state: Values,
	secrets: readonly string[] = [],
	properties: Values = {},
): Record<string, unknown> {
	const sealed = mapped(plain(state), hideLinks) as Record<string, unknown>;
	for (const name of secrets) {
		if (typeof sealed[name] === "string") sealed[name] = secret(sealed[name]);
	}
	return { ...sealed, ...urnOf(properties) };
}

function urnOf({ [URN_INPUT]: urn }: Values): Values {
	return urn === undefined ? {} : { [URN_INPUT]: urn };
}

function hideLinks(value: unknown): unknown {
	if (typeof value !== "string" || !isSignedLink(value)) return mapped(value, hideLinks);
	return secret(value);
}

const secret = (value: unknown) => ({ [runtime.specialSigKey]: runtime.specialSecretSig, value });

function decode(value: unknown): unknown {
	if (value === runtime.unknownValue) return unknown;
	return givenFile(value) ?? mapped(value, decode);
}

function encode(value: unknown): unknown {
	if (value === unknown) return runtime.unknownValue;
	if (typeof value === "string" && isSignedLink(value)) return secret(value);
	if (!(value instanceof GivenFile)) return mapped(value, encode);
	const file = { [runtime.specialSigKey]: runtime.specialAssetSig, hash: value.sha256, ...value.source };
	return value.source !== undefined && "uri" in value.source && isSignedLink(value.source.uri)
		? secret(file)
		: file;
}

function givenFile(value: unknown): GivenFile | undefined {
	if (typeof value !== "object" || value === null) return undefined;
	const { [runtime.specialSigKey]: mark, hash, path, uri, text } = value as Values;
	if (mark !== runtime.specialAssetSig) return undefined;
	const given = (source: GivenFile["source"]) => new GivenFile(String(hash ?? ""), source);
	if (typeof path === "string" && path !== "") return given({ path });
	if (typeof uri === "string" && uri !== "") return given({ uri });
	return given(typeof text === "string" && text !== "" ? { text } : undefined);
}

function mapped(value: unknown, map: (value: unknown) => unknown): unknown {
	if (Array.isArray(value)) return value.map(map);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]));
}

/** A round through JSON: what the engine cannot carry must be lost here, not after a render was paid for. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value, (_key, item: unknown) => carried(item)));
}

/** The engine takes no whole number beyond JavaScript's own, and no half of a character. */
function carried(item: unknown): unknown {
	if (typeof item === "string") return item.toWellFormed();
	return typeof item === "bigint" ? item.toString() : item;
}
