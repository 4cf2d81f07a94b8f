import { parseArgs } from "node:util";
import { campaign } from "./campaign.ts";

// `npm run chaos:emulator -- --kills 200 --seed 1`: exit status 1 when the emulator lost or doubled anything.

const { values } = parseArgs({
	options: { kills: { type: "string", default: "200" }, seed: { type: "string" } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
	process.stderr.write("Give --kills and --seed whole numbers, such as --kills 200 --seed 1.\n");
	process.exit(1);
}

const startedMs = Date.now();
process.stdout.write(`Killing the emulator ${kills} times, seed ${seed}.\n`);
try {
	const figures = await campaign({
		kills,
		seed,
		progress: (done) => {
			if (done % 10 === 0) process.stdout.write(`${done} kills\n`);
		},
	});
	const seconds = Math.round((Date.now() - startedMs) / 1000);
	const told = [...figures].sort().map(([what, times]) => `${times} ${what}`);
	process.stdout.write(`Nothing lost, nothing doubled, seed ${seed}, ${seconds} s: ${told.join(", ")}.\n`);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
}
