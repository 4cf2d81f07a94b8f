import { z } from "zod";
import { SpecFile } from "./schema.ts";

/** The JSON Schema of a spec file, for editors. Variables may stand for what it takes as a text. */
export function specJsonSchema(): object {
	const { $schema, ...schema } = z.toJSONSchema(SpecFile, { io: "input" });
	return {
		$schema,
		title: "A video of pulumi-heygen",
		description: "One HeyGen avatar-shots video, or one for each combination of a matrix.",
		...schema,
	};
}
