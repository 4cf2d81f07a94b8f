import assert from "node:assert/strict";
import { Hono } from "hono";
import { emulatorCommand } from "../../cli/emulator.ts";
import type { Emulator, EmulatorOptions, Interception } from "../../emulator/index.ts";
import { startEmulator } from "../../emulator/index.ts";
import { Action } from "../../emulator/interceptionSchema.ts";
import { EMULATOR_LOOKS } from "../../emulator/looks.ts";
import { DEFAULT_SETTINGS, type EmulatorSettings } from "../../emulator/options.ts";
import { controlRoutes } from "../../emulator/routes/control.ts";
import { codesIn, pageText, tableOf, wordsIn } from "./tables.ts";

const page = pageText("docs/emulator.md");
const first = (table: string) => tableOf(page, table).map(([cell]) => codesIn(cell).join());
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** The types keep these whole. */
const OPTIONS: Record<Exclude<keyof EmulatorOptions, keyof EmulatorSettings>, true> = {
	port: true,
	host: true,
	data: true,
	accounts: true,
	onRequest: true,
};
const FIELDS: Record<keyof Interception, true> = {
	method: true,
	route: true,
	path: true,
	times: true,
	after: true,
	action: true,
};

describe("the page on the emulator", () => {
	let emulator: Emulator;
	before(async () => {
		emulator = await startEmulator();
	});
	after(() => emulator?.close());

	it("has every flag of the command, with its default", () => {
		const { options } = emulatorCommand();
		assert.deepEqual(
			first("flag"),
			options.map(({ flags }) => flags),
		);
		for (const [flag = "", , given = ""] of tableOf(page, "flag")) {
			const option = options.find(({ flags }) => flags === codesIn(flag)[0]);
			const told = /\(default: "?([^")]+)"?\)/.exec(option?.description ?? "")?.[1];
			const value = option?.defaultValue ?? told ?? "off";
			assert.equal(given.replaceAll("`", ""), String(value), flag);
		}
	});

	it("has every option and every setting of startEmulator, with the settings' defaults", () => {
		assert.deepEqual(sorted(first("option")), sorted(Object.keys(OPTIONS)));
		const settings = tableOf(page, "setting").map(([name, , value = ""]) => {
			const text = value.replaceAll("`", "");
			return [
				codesIn(name)[0],
				/^[a-z]/.test(text) && !/^(true|false|null)$/.test(text) ? text : JSON.parse(text),
			];
		});
		assert.deepEqual(Object.fromEntries(settings), DEFAULT_SETTINGS);
	});

	it("has everything of the control, in a program and over HTTP", () => {
		const rows = tableOf(page, "`control`");
		const names = rows.flatMap(([cell]) => codesIn(cell).map((code) => code.replace(/\(.*/, "")));
		assert.deepEqual(sorted(names), sorted(Object.keys(emulator.control)));

		const app = new Hono<Parameters<typeof controlRoutes>[0] extends Hono<infer E> ? E : never>();
		controlRoutes(app, emulator.control, (_, next) => next());
		const routes = app.routes
			.filter(({ path }) => !path.endsWith("*"))
			.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
		assert.deepEqual(sorted(rows.flatMap(([, cell]) => codesIn(cell))), sorted(routes));
	});

	it("has every way in which a request can go wrong", () => {
		assert.deepEqual(sorted(first("field")), sorted(Object.keys(FIELDS)));
		const words = Action.options.flatMap((option) =>
			"shape" in option ? Object.keys(option.shape) : [...option.options],
		);
		assert.deepEqual(sorted(tableOf(page, "action").flatMap(([cell]) => wordsIn(cell))), sorted(words));
	});

	it("has every look that is named", () => {
		const looks = tableOf(page, "look").flatMap(([cell]) => codesIn(cell));
		assert.deepEqual(sorted(looks), sorted(Object.keys(EMULATOR_LOOKS)));
	});
});
