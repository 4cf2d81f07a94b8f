import { z } from "zod";

const State = z.looseObject({
	id: z.string().optional(),
	inputs: z.record(z.string(), z.unknown()).optional(),
	outputs: z.record(z.string(), z.unknown()).optional(),
});

const Step = z.looseObject({
	op: z.string(),
	urn: z.string().startsWith("urn:pulumi:"),
	oldState: State.optional(),
	newState: State.optional(),
	/** The inputs for which the provider calls for another resource. */
	replaceReasons: z.array(z.string()).nullish(),
});
/** What an update would do to one resource. */
export type Step = z.infer<typeof Step>;

/** The parts of `pulumi preview --json` that are read here. */
const Preview = z.looseObject({
	config: z.record(z.string(), z.string()).nullish(),
	steps: z.array(Step).nullish(),
	diagnostics: z
		.array(z.looseObject({ message: z.string().optional(), severity: z.string().optional() }))
		.nullish(),
	changeSummary: z.record(z.string(), z.number()).nullish(),
});

/** What a preview writes in place of a value that only the update will know. */
export const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface Preview {
	/** Undefined for a preview that shows no resource, as one without changes and without `--show-sames`. */
	project: string | undefined;
	stack: string | undefined;
	/** The stack's config; what is secret reads `[secret]`. */
	config: Readonly<Record<string, string>>;
	steps: Step[];
	/** Whether resources that do not change are among the steps. */
	holdsSames: boolean;
}

/** Where a preview says that it failed, and no more. */
const UNTOLD =
	"The preview failed, and its JSON does not say why: it leaves out which policy was broken. `pulumi preview` shows it.";

/** What to do about a preview that cannot be used. */
export const HOW = "Make one with `pulumi preview --json --show-sames > preview.json`.";

/** What a preview must be of; undefined for whatever it is of. */
export interface Wanted {
	project?: string | undefined;
	/** Also with the organisation and the project before it. */
	stack?: string | undefined;
}

/**
 * Reads the output of `pulumi preview --json`; `from` names where it is from. Of a preview that failed it throws what that
 * one says, if it says anything.
 */
export function readPreview(text: string, from: string, wanted: Wanted = {}): Preview {
	const { steps, diagnostics, config, changeSummary } = parse(text, from);
	const errors = errorsOf(diagnostics);
	if (errors !== undefined) throw new Error(errors);

	const [name, project] = steps?.[0]?.urn.slice("urn:pulumi:".length).split("::") ?? [];
	if (name !== undefined && project !== undefined) refuseOther({ project, stack: name }, wanted, from);
	if (
		steps?.length &&
		steps.every(({ oldState, newState }) => oldState === undefined && newState === undefined)
	) {
		throw new Error(
			`${from} does not say what the inputs are, as one of an older Pulumi. Make it with Pulumi 3.216 or newer.`,
		);
	}
	const sames = (steps ?? []).filter(({ op }) => op === "same").length;
	return {
		project,
		stack: name,
		config: config ?? {},
		steps: steps ?? [],
		holdsSames: sames >= (changeSummary?.["same"] ?? 0),
	};
}

/** What a preview that failed says of why; undefined where the text says nothing of it. */
export function failureIn(text: string): string | undefined {
	const read = Preview.safeParse(jsonOf(text));
	return read.success ? errorsOf(read.data.diagnostics) : undefined;
}

function errorsOf(diagnostics: z.infer<typeof Preview>["diagnostics"]): string | undefined {
	const errors = (diagnostics ?? []).filter(({ severity }) => severity === "error");
	if (errors.length === 0) return undefined;
	const told = errors.map(({ message = "" }) => message.trim());
	return told.every((text) => text === "error: preview failed") ? UNTOLD : told.join("\n");
}

function refuseOther(found: { project: string; stack: string }, wanted: Wanted, from: string): void {
	const stack = wanted.stack?.split("/").at(-1) ?? found.stack;
	const project = wanted.project ?? found.project;
	if (found.stack === stack && found.project === project) return;
	const [is, not] =
		found.project === project
			? [found.stack, stack]
			: [`${found.project}/${found.stack}`, `${project}/${stack}`];
	throw new Error(
		`${from} is of the stack "${is}", not of "${not}". Make the preview of that one, or choose the other with --stack.`,
	);
}

function parse(text: string, from: string): z.infer<typeof Preview> {
	const json = jsonOf(text);
	if (json === undefined && isEventStream(text)) {
		throw new Error(
			`${from} holds the engine's events, not a preview. Unset PULUMI_ENABLE_STREAMING_JSON_PREVIEW. ${HOW}`,
		);
	}
	const read = Preview.safeParse(json);
	if (!read.success || !(read.data.steps ?? read.data.diagnostics ?? read.data.changeSummary)) {
		throw new Error(`${from} is not the output of \`pulumi preview --json\`. ${HOW}`);
	}
	return read.data;
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		return undefined;
	}
}

function isEventStream(text: string): boolean {
	const first = jsonOf(text.split("\n", 1)[0] ?? "");
	return typeof first === "object" && first !== null && "sequence" in first;
}
