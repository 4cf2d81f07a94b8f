import assert from "node:assert/strict";
import { costCommand } from "../../cli/cost.ts";
import { doctorCommand } from "../../cli/doctor.ts";
import { emulatorCommand } from "../../cli/emulator.ts";
import { galleryCommand } from "../../cli/gallery.ts";
import { schemaCommand } from "../../cli/schema.ts";
import { validateCommand } from "../../cli/validate.ts";

describe("the help of a command", () => {
	const commands = [
		costCommand(),
		doctorCommand(),
		emulatorCommand(),
		galleryCommand(),
		schemaCommand(),
		validateCommand(),
	];
	for (const command of commands) {
		it(`shows examples of ${command.name()} that run where the package is installed in the project`, () => {
			let help = "";
			command.configureOutput({
				writeOut: (text) => {
					help += text;
				},
			});
			command.outputHelp();
			const [, examples = ""] = help.split("Examples:\n");
			const calls = [...examples.matchAll(/(\S+) pulumi-heygen (\S+)/g)];
			assert.ok(calls.length > 0, help);
			for (const [, before, name] of calls) assert.deepEqual([before, name], ["npx", command.name()]);
			assert.doesNotMatch(examples, /^\s*pulumi-heygen/m);
		});
	}
});
