import { z } from "zod";
import { LIMITS } from "../heygen/schemas/videoRequest.ts";
import { RULES as VIDEO_RULES, VideoInputs } from "../provider/avatarShotsVideo/inputs.ts";
import type { InputRules } from "../provider/inputs/problems.ts";
import { DESCRIPTIONS } from "./descriptions.ts";
import type { Path } from "./source.ts";
import { VARIABLE } from "./template.ts";

/** What a spec, and so its videos, may be called: safe in a path on every system. */
export const Name = z
	.string()
	.max(100)
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u);
/** What a variable may stand for. */
const Variable = z.union([z.string(), z.number(), z.boolean()]);

/** The inputs of a video as a spec gives them: none is required, another file may have it. */
const Inputs = {
	...VideoInputs.partial().shape,
	prompt: VideoInputs.shape.prompt
		.meta({ minLength: LIMITS.prompt.min, maxLength: LIMITS.prompt.max })
		.optional(),
	avatarIds: VideoInputs.shape.avatarIds.meta({ uniqueItems: true }).optional(),
	promptSuffix: z.string().min(1).optional(),
	looks: z
		.array(z.string().min(1))
		.min(LIMITS.avatarIds.min)
		.max(LIMITS.avatarIds.max)
		.refine((names) => new Set(names).size === names.length)
		.meta({ uniqueItems: true })
		.optional(),
};
/** The names that a matrix takes for inputs; every other one is a variable. */
export const INPUT_NAMES: readonly string[] = Object.keys(Inputs);

/** One spec as a file holds it. The source of the checks, of the JSON Schema and of the reference. */
export const SpecFile = z.strictObject(
	described({
		extends: z.string().min(1).optional(),
		name: Name.optional(),
		formerName: z.union([Name, z.array(Name).min(1)]).optional(),
		...Inputs,
		vars: z.record(z.string().regex(VARIABLE), Variable).optional(),
		matrix: z.object(listsOf(Inputs)).catchall(z.array(Variable).min(1)).optional(),
		exclude: z.array(z.object(Inputs).catchall(Variable)).optional(),
		download: z.string().min(1).optional(),
	}),
);

const A_VARIABLE = "a text, a number, true or false";
const A_NAME = "a name of up to 100 letters, digits, dots, _ and -, that begins with a letter or a digit";

const INPUTS_ALLOWED: Readonly<Record<string, string>> = {
	...VIDEO_RULES.allowed,
	promptSuffix: "a text",
	looks: `a list of ${LIMITS.avatarIds.min} to ${LIMITS.avatarIds.max} different names of looks`,
	"looks.*": "a look's name",
};

/** How a spec is checked and told: as the provider's own inputs, at three places. */
export const RULES: InputRules = {
	schema: SpecFile,
	allowed: {
		...INPUTS_ALLOWED,
		...below("matrix", INPUTS_ALLOWED, "*."),
		...Object.fromEntries(INPUT_NAMES.map((name) => [`matrix.${name}`, "a list of values"])),
		...below("exclude.*", INPUTS_ALLOWED),
		extends: "the path of another spec file",
		name: A_NAME,
		formerName: "a name, or a list of names, that the videos had before",
		"formerName.*": A_NAME,
		vars: "a mapping such as { city: Lisbon }",
		"vars.*": `${A_VARIABLE}, under a name of letters, digits, _ and - that begins with a letter`,
		matrix: "a mapping of lists such as { city: [Lisbon, Oslo] }",
		"matrix.*": "a list of values",
		"matrix.*.*": A_VARIABLE,
		exclude: "a list of mappings such as { city: Oslo }",
		"exclude.*": "a mapping such as { city: Oslo }",
		"exclude.*.*": A_VARIABLE,
		download: "the path of a file such as dist/{{name}}.mp4",
	},
	spellings: { ...VIDEO_RULES.spellings, variables: "vars", look: "looks", suffix: "promptSuffix" },
	...(VIDEO_RULES.forms === undefined
		? {}
		: {
				forms: {
					...VIDEO_RULES.forms,
					...below("matrix", VIDEO_RULES.forms, "*."),
					...below("exclude.*", VIDEO_RULES.forms),
				},
			}),
};

/** The inputs that are no texts, by the schema. */
const KINDS = new Map(
	Object.entries(VideoInputs.shape).map(([name, schema]) => [name, innermost(schema)._zod.def.type]),
);

/** Reads a plain scalar: a number or true and false where the input is one, else the text as it is written. */
export function readPlain(text: string, path: Path): unknown {
	switch (KINDS.get(String(inputAt(path)))) {
		case "number":
			return /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
		case "boolean":
			return /^(true|True|TRUE)$/.test(text) || (/^(false|False|FALSE)$/.test(text) ? false : text);
		default:
			return text;
	}
}

/** The input whose value stands at a path. */
function inputAt(path: Path): PropertyKey | undefined {
	if (path.length === 1) return path[0];
	if (path.length !== 3) return undefined;
	return path[0] === "matrix" ? path[1] : path[0] === "exclude" ? path[2] : undefined;
}

/** Patterns one level deeper; `item` comes after their first part. */
function below<T>(prefix: string, patterns: Readonly<Record<string, T>>, item = ""): Record<string, T> {
	return Object.fromEntries(
		Object.entries(patterns).map(([pattern, value]) => {
			const [name, ...rest] = pattern.split(".");
			const deeper = item === "" ? [prefix, name, ...rest] : [prefix, name, "*", ...rest];
			return [deeper.join("."), value];
		}),
	);
}

function listsOf(inputs: z.ZodRawShape): z.ZodRawShape {
	return Object.fromEntries(
		Object.entries(inputs).map(([name, schema]) => [
			name,
			z
				.array(schema instanceof z.ZodOptional ? schema.unwrap() : schema)
				.min(1)
				.optional(),
		]),
	);
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
	const { innerType } = schema._zod.def as { innerType?: z.core.$ZodType };
	return innerType === undefined ? schema : innermost(innerType);
}

function described<Shape extends Record<string, z.ZodType>>(shape: Shape): Shape {
	return Object.fromEntries(
		Object.entries(shape).map(([name, schema]) => [name, schema.describe(DESCRIPTIONS[name] ?? "")]),
	) as Shape;
}
