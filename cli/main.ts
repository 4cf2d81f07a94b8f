#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { nodeFault } from "../provider/nodeVersion.ts";
import { newCommand } from "./command.ts";
import { costCommand } from "./cost.ts";
import { emulatorCommand } from "./emulator.ts";
import { galleryCommand } from "./gallery.ts";
import { reportProblem } from "./problem.ts";
import { schemaCommand } from "./schema.ts";
import { validateCommand } from "./validate.ts";
import { hideSqliteWarning } from "./warnings.ts";

hideSqliteWarning();

const HELP = `
Examples:
  npx pulumi-heygen validate videos/
  npx pulumi-heygen cost --max-usd 100
  npx pulumi-heygen gallery

Exit codes: 0 all is well, 1 something is wrong, 2 wrong use; a command's --help tells of others.
`;

const program = newCommand("pulumi-heygen")
	.description("Works beside a Pulumi program that renders HeyGen videos.")
	.version(versionOfPackage())
	.hook("preAction", () => {
		const fault = nodeFault();
		if (fault !== undefined) throw new Error(fault);
	})
	.addCommand(emulatorCommand())
	.addCommand(costCommand())
	.addCommand(validateCommand())
	.addCommand(schemaCommand())
	.addCommand(galleryCommand())
	.addHelpText("after", HELP);

try {
	await program.parseAsync();
} catch (error) {
	reportProblem(error);
}

/** From the package.json above this file: one folder up in the sources, two when compiled. */
function versionOfPackage(): string {
	for (const path of ["../package.json", "../../package.json"]) {
		const text = readIfThere(new URL(path, import.meta.url));
		if (text !== undefined) return String(JSON.parse(text).version);
	}
	throw new Error("The package.json of pulumi-heygen is missing; install the package again.");
}

function readIfThere(file: URL): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
