import assert from "node:assert/strict";
import { costCommand } from "../../cli/cost.ts";
import { doctorCommand } from "../../cli/doctor.ts";
import { galleryCommand } from "../../cli/gallery.ts";
import { validateCommand } from "../../cli/validate.ts";
import { codesIn, pageText, tableOf } from "./tables.ts";

const PAGES = [
	["docs/cost.md", "option", costCommand()],
	["docs/doctor.md", "option", doctorCommand()],
	["docs/gallery.md", "flag", galleryCommand()],
	["docs/specs.md", "option", validateCommand()],
] as const;

describe("the page of a command", () => {
	for (const [page, table, command] of PAGES) {
		it(`has every flag of ${command.name()}: ${page}`, () => {
			const told = tableOf(pageText(page), table).flatMap(([cell]) => codesIn(cell));
			const flags = command.options.map(({ flags }) => flags);
			assert.deepEqual(told.sort(), flags.sort());
		});
	}
});
