/**
 * Run by `npm run bench:validate`: how long `pulumi-heygen validate` takes for 500 specs with 1,500 videos, beside Node's
 * own start. It prints the figures and judges nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RUNS = 5;
const SPECS = 500;
const main = join(import.meta.dirname, "..", "dist", "cli", "main.js");

const spec = (at: number) => `extends: ../house.yaml
prompt: >
  A baker carries tray ${at} through a bright kitchen in {{city}}; slow push-in. She sets it down beside the
  window, looks up and smiles. Behind her the street wakes up.
references: [{ file: ../kitchen.png }]
matrix:
  city: [Lisbon, Oslo, Rome]
download: dist/{{name}}.mp4
`;

const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-bench-"));
try {
	await mkdir(join(folder, "videos"));
	await writeFile(join(folder, "Pulumi.yaml"), "name: bench\nruntime: nodejs\n");
	await writeFile(join(folder, "kitchen.png"), "any bytes");
	await writeFile(join(folder, "house.yaml"), "avatarIds: [look1]\nduration: 8\npromptSuffix: Warm light.\n");
	for (let at = 0; at < SPECS; at++) {
		await writeFile(join(folder, "videos", `video${at}.video.yaml`), spec(at));
	}
	const seconds = (args: string[]) => {
		const times = Array.from({ length: RUNS }, () => {
			const start = performance.now();
			const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
			if (status !== 0) throw new Error(stdout + stderr);
			return (performance.now() - start) / 1000;
		}).sort((a, b) => a - b);
		const [least, median, most] = [times[0], times[Math.floor(RUNS / 2)], times[RUNS - 1]];
		return `${median?.toFixed(2)} s (${least?.toFixed(2)} to ${most?.toFixed(2)})`;
	};
	process.stdout.write(`node alone                          ${seconds(["--eval", ""])}\n`);
	process.stdout.write(
		`validate, ${SPECS} specs, ${SPECS * 3} videos   ${seconds([main, "validate", "videos/"])}\n`,
	);
} finally {
	await rm(folder, { recursive: true, force: true });
}
