import type { Command } from "commander";
import { newCommand } from "./command.ts";

/** `pulumi-heygen schema`: what a spec file may hold, for editors. */
export function schemaCommand(): Command {
	return newCommand("schema")
		.description("Print the JSON Schema of video specs, for completion and checks in an editor.")
		.addHelpText("after", HELP)
		.action(async () => {
			const { specJsonSchema } = await import("../specs/jsonSchema.ts");
			process.stdout.write(`${JSON.stringify(specJsonSchema(), undefined, 2)}\n`);
		});
}

const HELP = `
The same schema is installed with the package. An editor with the YAML language server finds it by the first line of a spec:
  # yaml-language-server: $schema=../node_modules/pulumi-heygen/specs/video.schema.json

Examples:
  npx pulumi-heygen schema > video.schema.json

Exit codes: 0 it is printed, 2 wrong use.
`;
