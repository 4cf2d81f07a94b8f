/**
 * The fault campaign: every cell is a real run of the engine against the emulator that meets a fault, and normal runs
 * after it until one has nothing to do. Counts what was paid, and what of it was lost.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import pLimit from "p-limit";
import { ensureEngine } from "../scripts/engine/index.ts";
import { runScript, UserError } from "../scripts/userError.ts";
import { allCells, type Cell, chosen, randomFrom } from "./cells.ts";
import { figuresOf, isClean, tableOf, troubleOf } from "./report.ts";
import { type Outcome, runCell } from "./run.ts";
import { createStages } from "./stages.ts";

const LOGS = join(import.meta.dirname, "..", ".pulumi-heygen", "chaos");

interface Options {
	seed: number;
	cells?: number;
	only?: string;
	jobs: number;
	list?: boolean;
}

const count = (text: string): number => {
	if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
	return Number(text);
};

const command = new Command("npm run chaos --")
	.description("Runs the engine against the emulator under every fault, and counts what was paid.")
	.option("--seed <number>", "the same seed makes the same choices", count, Date.now() % 1_000_000)
	.option("--cells <number>", "a choice of so many cells; default all", count)
	.option("--only <text>", "cells whose name holds the text")
	.option("--jobs <number>", "cells at once", count, 2)
	.option("--list", "tell the cells' names and run none");

function cellsOf({ seed, cells, only }: Options): Cell[] {
	const named = allCells().filter(({ name }) => only === undefined || name.includes(only));
	if (named.length === 0) throw new UserError(`No cell's name holds "${only}". --list tells the names.`);
	return cells === undefined ? named : chosen(named, cells, randomFrom(seed));
}

async function campaign(): Promise<number> {
	const options = command.parse().opts<Options>();
	const cells = cellsOf(options);
	if (options.list) {
		for (const { name } of cells) console.log(name);
		return 0;
	}
	await ensureEngine();
	console.log(`Seed ${options.seed}: ${cells.length} cells, ${options.jobs} at once.`);
	const outcomes = await runAll(cells, options);
	for (const by of ["place", "fault", "change"] as const) console.log(`\n${tableOf(outcomes, by)}`);
	const figures = figuresOf(outcomes);
	const { paidMore, lost, secrets, problems, human, skipped } = figures;
	console.log(
		`\nSeed ${options.seed}: ${figures.cells} cells, ${paidMore} renders paid more than wanted, ${lost} lost, ${secrets} secrets ` +
			`found, ${problems} cells with another fault, ${human} runs that needed a human, ${skipped} skipped.`,
	);
	return isClean(figures) ? 0 : 1;
}

async function runAll(cells: readonly Cell[], { jobs, seed }: Options): Promise<Outcome[]> {
	const stages = await createStages();
	const atOnce = pLimit(jobs);
	const outcomes: Outcome[] = [];
	try {
		await Promise.all(
			cells.map((cell, at) =>
				atOnce(async () => {
					const outcome = await runCell(cell, stages, randomFrom(seed + at)).catch((error: Error) =>
						failed(cell, error),
					);
					outcomes.push(outcome);
					await tell(outcome, `${outcomes.length}/${cells.length}`);
				}),
			),
		);
	} finally {
		await stages.remove();
	}
	return outcomes;
}

const failed = (cell: Cell, error: Error): Outcome => ({
	cell,
	paidMore: 0,
	lost: 0,
	secrets: [],
	problems: [`the cell did not come to its end: ${error.message.split("\n")[0]}`],
	runs: 0,
	human: [],
	said: error.stack ?? error.message,
});

async function tell(outcome: Outcome, at: string): Promise<void> {
	const { cell, runs, human, skipped } = outcome;
	const trouble = troubleOf(outcome);
	const how = skipped ?? trouble ?? `${runs} runs${human.length > 0 ? `, ${human.join(", ")}` : ""}`;
	console.log(`${at} ${trouble === undefined ? "ok  " : "FAIL"} ${cell.name}: ${how}`);
	if (trouble === undefined) return;
	await mkdir(LOGS, { recursive: true });
	await writeFile(join(LOGS, `${cell.name.replace(/[^\w]+/g, "-")}.log`), outcome.said);
}

await runScript(campaign);
