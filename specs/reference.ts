import { specJsonSchema } from "./jsonSchema.ts";
import { RULES } from "./schema.ts";

/** The reference of what a spec may hold, as a table in Markdown, made of the schema and of what errors say is allowed. */
export function specReference(): string {
	const { properties } = specJsonSchema() as { properties: Record<string, Entry> };
	const rows = Object.entries(properties).map(([name, { description = "", default: preset }]) => {
		const values = preset === undefined ? "" : ` Default: ${JSON.stringify(preset)}.`;
		return `| \`${name}\` | ${cell(RULES.allowed[name] ?? "")} | ${cell(description)}${values} |`;
	});
	return ["| entry | value | meaning |", "|---|---|---|", ...rows].join("\n");
}

interface Entry {
	description?: string;
	default?: unknown;
}

const cell = (text: string) => text.replaceAll("|", "\\|");
