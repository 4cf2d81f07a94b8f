import { invalidParameter } from "../errors.ts";
import { canonicalType, mediaTypeOf } from "../mediaType.ts";
import { ASSET_TYPES } from "./asset.ts";

const TAKEN = `an asset is one of ${Object.keys(ASSET_TYPES).join(", ")}`;
const NOTHING_SAID = "application/octet-stream";

/** The declared type in its one spelling. Throws a 400 when HeyGen takes no such files. */
export function acceptDeclared(declared: string, param: string): string {
	const type = canonicalType(declared);
	if (!Object.hasOwn(ASSET_TYPES, type))
		throw invalidParameter(`${param}: ${declared} is not taken; ${TAKEN}`, param);
	return type;
}

/** The type of a file's bytes. Throws a 400 when HeyGen does not take it, or when it was declared as another one. */
export function acceptBytes(head: Buffer, declared: string | undefined, param?: string): string {
	const found = mediaTypeOf(head);
	if (found === undefined || !Object.hasOwn(ASSET_TYPES, found)) {
		throw invalidParameter(`The file is ${found ?? "of an unknown type"} by its bytes; ${TAKEN}`, param);
	}
	const said = canonicalType(declared ?? NOTHING_SAID);
	if (said !== NOTHING_SAID && said !== found) {
		throw invalidParameter(`The file is declared as ${declared}, but its bytes are ${found}`, param);
	}
	return found;
}
