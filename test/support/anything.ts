import fc from "fast-check";
import { unknown } from "../../provider/lifecycle.ts";

/** Any UTF-16 text, halves of surrogate pairs included. */
export const anyText = (constraints: fc.StringConstraints = {}) =>
	fc.string({ ...constraints, unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

/** Names that objects have anyway, and those of fields that mean something here. */
const names = fc.oneof(
	fc.constantFrom(
		"__proto__",
		"constructor",
		"prototype",
		"toString",
		"hasOwnProperty",
		"id",
		"error",
		"data",
	),
	anyText({ maxLength: 5 }),
);

const numbers = fc.oneof(
	fc.double(),
	fc.integer(),
	fc.constantFrom(0, -0, 1e300, -1e300, Number.MAX_VALUE, Number.MIN_VALUE, 2 ** 53, 8.64e15, 1_785_400_000),
);

/** An object whose keys are its own, `__proto__` too. */
export const objectOf = (entries: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
	Object.fromEntries(entries);

/** Whatever JSON can hold, with the keys, numbers and texts that are likeliest to break something. */
export const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: "small", withCrossShrink: true },
		fc.constantFrom(null, true, false),
		numbers.filter(Number.isFinite),
		anyText({ maxLength: 20 }),
		fc.array(tie("value"), { maxLength: 3 }),
		fc.array(fc.tuple(names, tie("value")), { maxLength: 4 }).map(objectOf),
	),
})).value;

/** Whatever the engine may hand over for an input: JSON, numbers that JSON lacks, and what a preview cannot know yet. */
export const anyInput = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ depthSize: "small" },
		anyJson,
		numbers,
		fc.constant(unknown),
		fc.array(tie("value"), { maxLength: 3 }),
		fc.array(fc.tuple(names, tie("value")), { maxLength: 3 }).map(objectOf),
	),
})).value;

/** Lists within lists, as deep as told. */
export function nested(depth: number): unknown {
	let value: unknown = [];
	for (let level = 0; level < depth; level++) value = [value];
	return value;
}
