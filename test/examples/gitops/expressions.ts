import assert from "node:assert/strict";
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

export type Value = string | number | boolean | null | { readonly [name: string]: Value };
/** What expressions may name: `github`, `secrets`, `steps` and so on. */
export type Contexts = Readonly<Record<string, Value>>;
export type Status = "success" | "failure";

const TEXTS = /'(?:[^']|'')*'/g;
const PATHS = /[a-z_][\w-]*(?:\.[\w-]+)+/gi;

/** The text with its `${{ }}` filled in. */
export function filled(text: string, contexts: Contexts): string {
	return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression) =>
		evaluated(expression, contexts, "success").coerceString(),
	);
}

/** Whether the condition of a step or a job holds, by GitHub's rules. */
export function holds(condition: string | undefined, contexts: Contexts, status: Status): boolean {
	const plain = (condition ?? "success()").replace(/^\s*\$\{\{(.*)\}\}\s*$/, "$1");
	const whole = /\b(always|success|failure|cancelled)\(\)/.test(plain) ? plain : `success() && (${plain})`;
	return evaluated(`!!(${whole})`, contexts, status).coerceString() === "true";
}

/** By GitHub's own implementation; fails for a name that the contexts do not hold. */
function evaluated(expression: string, contexts: Contexts, status: Status): data.ExpressionData {
	for (const [path] of expression.replace(TEXTS, "''").matchAll(PATHS)) refuseUnknown(path, contexts);
	const says = (name: string, value: boolean) => ({
		name,
		minArgs: 0,
		maxArgs: 0,
		call: () => new data.BooleanData(value),
	});
	const functions = [
		says("always", true),
		says("cancelled", false),
		says("success", status === "success"),
		says("failure", status === "failure"),
	];
	const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
	return new Evaluator(tree, dictionary(contexts), new Map(functions.map((f) => [f.name, f]))).evaluate();
}

/** Steps and jobs are known by their id; which outputs they have shows when they have run. */
function refuseUnknown(path: string, contexts: Contexts): void {
	const [first = "", ...names] = path.split(".");
	let value: Value | undefined = contexts[first];
	for (const name of ["steps", "needs"].includes(first) ? names.slice(0, 1) : names) {
		value = typeof value === "object" && value !== null ? value[name] : undefined;
	}
	assert.notEqual(value, undefined, `the test does not know \${{ ${path} }}`);
}

function dictionary(values: Contexts): data.Dictionary {
	return new data.Dictionary(...Object.entries(values).map(([key, value]) => ({ key, value: datum(value) })));
}

function datum(value: Value): data.ExpressionData {
	if (value === null) return new data.Null();
	switch (typeof value) {
		case "string":
			return new data.StringData(value);
		case "number":
			return new data.NumberData(value);
		case "boolean":
			return new data.BooleanData(value);
		default:
			return dictionary(value);
	}
}
