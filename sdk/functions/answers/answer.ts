import * as pulumi from "@pulumi/pulumi";
import { redact } from "../../../heygen/redact.ts";
import { type InputRules, inputProblems, show } from "../../../provider/inputs/problems.ts";
import type { FunctionOptions } from "../options.ts";
import { currentMocks, mocked } from "./mocks.ts";
import { currentRun, type Run } from "./run.ts";

const LONGEST_MESSAGE = 4_000;

/** One function: what it takes and how it comes to its result. */
export interface Question<Args extends object, Result> {
	name: string;
	rules: InputRules;
	/** What is wrong with arguments that are right one by one; undefined when nothing is. */
	together?(args: Args): string | undefined;
	/** Whether the result is a list, for what a unit test's mock gives instead. */
	list: boolean;
	ask(args: Args, run: Run, signal: AbortSignal | undefined): Promise<Result>;
}

/**
 * Makes a function's work: arguments checked, answered by the mocks of a unit test or by HeyGen, and every error one that
 * the engine shows as a message without a stack.
 */
export function createAnswer<Args extends object, Result>(question: Question<Args, Result>) {
	return async (args: Args, { signal }: FunctionOptions): Promise<Result> => {
		signal?.throwIfAborted();
		const problem = problemOf(args, question);
		if (problem !== undefined) throw runError(problem, question.name);

		const mocks = currentMocks();
		if (mocks !== undefined) return mockedResult(await mocked(mocks, question.name, args), question);

		let apiKey = "";
		try {
			const run = currentRun();
			apiKey = run.apiKey;
			return await question.ask(args, run, signal);
		} catch (error) {
			signal?.throwIfAborted();
			throw runError(error, question.name, apiKey);
		}
	};
}

function problemOf<Args extends object, Result>(args: Args, question: Question<Args, Result>) {
	const given: unknown = args;
	if (typeof given !== "object" || given === null || Array.isArray(given)) {
		return `the arguments are one object, as in ${question.name}({ … }); got ${show(given)}.`;
	}
	const problems = inputProblems(Object.fromEntries(Object.entries(given)), question.rules);
	if (problems.length === 0) return question.together?.(args);
	return problems.map(({ property, reason }) => `${property}: ${reason}`).join(" ");
}

function mockedResult<Args extends object, Result>(
	value: unknown,
	{ name, list }: Question<Args, Result>,
): Result {
	if (typeof value === "object" && value !== null && Array.isArray(value) === list) return value as Result;
	const what = list ? "a list" : "an object";
	throw new Error(
		`The mocks' call must answer heygen:index:${name} with what ${name} gives, ${what}; got ${show(value)}.`,
	);
}

/**
 * An error as the engine shows it to the user: the function's name and a message. Without a stack, since the SDK prints one
 * where it meets the error before its own handler does. Programs find the first error in `cause`.
 */
function runError(error: unknown, name: string, secret = ""): pulumi.RunError {
	const message = error instanceof Error ? error.message || error.name : String(error);
	const told = new pulumi.RunError(redact(`${name}: ${message}`, [secret], LONGEST_MESSAGE));
	return Object.assign(told, { stack: "" }, error instanceof Error ? { cause: error } : {});
}
