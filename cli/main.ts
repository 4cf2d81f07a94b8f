#!/usr/bin/env node
import { Command } from "commander";
import { costCommand } from "./cost.ts";
import { doctorCommand } from "./doctor.ts";
import { emulatorCommand } from "./emulator.ts";
import { galleryCommand } from "./gallery.ts";
import { ownPackage } from "./ownPackage.ts";
import { COMMAND_OUTPUT, reportProblem } from "./problem.ts";
import { schemaCommand } from "./schema.ts";
import { validateCommand } from "./validate.ts";
import { hideSqliteWarning } from "./warnings.ts";

hideSqliteWarning();

const program = new Command("pulumi-heygen")
	.description("Works beside a Pulumi program that renders HeyGen videos.")
	.configureOutput(COMMAND_OUTPUT)
	.version(ownPackage().version)
	.showHelpAfterError("(add --help for the options)")
	.addCommand(emulatorCommand())
	.addCommand(doctorCommand())
	.addCommand(costCommand())
	.addCommand(validateCommand())
	.addCommand(schemaCommand())
	.addCommand(galleryCommand());

try {
	await program.parseAsync();
} catch (error) {
	reportProblem(error);
}
