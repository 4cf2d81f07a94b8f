import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { basename } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const Texts = z.record(z.string(), z.string());

const Step = z.strictObject({
	id: z.string().optional(),
	name: z.string().optional(),
	if: z.string().optional(),
	uses: z.string().optional(),
	with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
	env: Texts.optional(),
	run: z.string().optional(),
});
export type Step = z.infer<typeof Step>;

const Job = z.strictObject({
	needs: z.string().optional(),
	if: z.string().optional(),
	"runs-on": z.literal("ubuntu-latest"),
	"timeout-minutes": z.number(),
	permissions: Texts.optional(),
	outputs: Texts.optional(),
	env: Texts.optional(),
	steps: z.array(Step),
});
export type Job = z.infer<typeof Job>;

/** What of GitHub's workflows the runner of these tests knows; anything else is refused. */
const Workflow = z.strictObject({
	name: z.string(),
	on: z.unknown(),
	permissions: Texts,
	concurrency: z.strictObject({
		group: z.string(),
		"cancel-in-progress": z.boolean(),
		queue: z.literal("max").optional(),
	}),
	defaults: z.strictObject({ run: z.strictObject({ shell: z.literal("bash") }) }),
	jobs: z.record(z.string(), Job),
});
export type Workflow = z.infer<typeof Workflow>;

export async function readWorkflow(file: string): Promise<Workflow> {
	return Workflow.parse(parse(await readFile(file, "utf8")));
}

/** What GitHub's own parser says against a workflow, as lines. */
export async function problemsOf(file: string): Promise<string[]> {
	// The parser is written for bundlers: it loads its schema without saying that it is JSON.
	const hooks = registerHooks({
		load: (url, context, next) =>
			next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
	});
	try {
		const { parseWorkflow, NoOperationTraceWriter } = await import("@actions/workflow-parser");
		const text = { name: basename(file), content: await readFile(file, "utf8") };
		const { context, value } = parseWorkflow(text, new NoOperationTraceWriter());
		assert.ok(value !== undefined || context.errors.getErrors().length > 0);
		return context.errors.getErrors().map(({ message }) => message);
	} finally {
		hooks.deregister();
	}
}
