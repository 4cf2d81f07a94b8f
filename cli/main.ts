#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { nodeFault } from "../provider/nodeVersion.ts";
import { costCommand } from "./cost.ts";
import { emulatorCommand } from "./emulator.ts";
import { galleryCommand } from "./gallery.ts";
import { COMMAND_OUTPUT, reportProblem } from "./problem.ts";
import { schemaCommand } from "./schema.ts";
import { validateCommand } from "./validate.ts";
import { hideSqliteWarning } from "./warnings.ts";

hideSqliteWarning();

const program = new Command("pulumi-heygen")
	.description("Works beside a Pulumi program that renders HeyGen videos.")
	.configureOutput(COMMAND_OUTPUT)
	.version(versionOfPackage())
	.showHelpAfterError("(add --help for the options)")
	.hook("preAction", () => {
		const fault = nodeFault();
		if (fault !== undefined) throw new Error(fault);
	})
	.addCommand(emulatorCommand())
	.addCommand(costCommand())
	.addCommand(validateCommand())
	.addCommand(schemaCommand())
	.addCommand(galleryCommand());

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
