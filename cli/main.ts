#!/usr/bin/env node
import { nodeFault } from "../provider/nodeVersion.ts";
import { newCommand } from "./command.ts";
import { costCommand } from "./cost.ts";
import { doctorCommand } from "./doctor.ts";
import { emulatorCommand } from "./emulator.ts";
import { galleryCommand } from "./gallery.ts";
import { looksCommand } from "./looks.ts";
import { ownPackage } from "./ownPackage.ts";
import { reportProblem } from "./problem.ts";
import { schemaCommand } from "./schema.ts";
import { validateCommand } from "./validate.ts";
import { hideSqliteWarning } from "./warnings.ts";

hideSqliteWarning();

const HELP = `
Examples:
  npx pulumi-heygen looks
  npx pulumi-heygen validate videos/
  npx pulumi-heygen cost --max-usd 100
  npx pulumi-heygen gallery

Exit codes: 0 all is well, 1 something is wrong, 2 wrong use; a command's --help tells of others.
`;

const program = newCommand("pulumi-heygen")
	.description("Works beside a Pulumi program that renders HeyGen videos.")
	.version(ownPackage().version)
	.hook("preAction", (_program, command) => {
		const fault = command.name() === "doctor" ? undefined : nodeFault();
		if (fault !== undefined) throw new Error(fault);
	})
	.addCommand(emulatorCommand())
	.addCommand(doctorCommand())
	.addCommand(looksCommand())
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
