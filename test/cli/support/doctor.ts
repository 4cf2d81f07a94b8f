import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { run } from "../../../scripts/childProcess.ts";

const main = fileURLToPath(new URL("../../../cli/main.ts", import.meta.url));

/** A PATH that has the Node of these tests, and nothing else. */
export const ONLY_NODE = dirname(process.execPath);

const Told = z.object({
	ready: z.boolean(),
	checks: z.array(
		z.object({
			id: z.string(),
			status: z.enum(["ok", "warning", "problem", "skipped"]),
			text: z.string().min(1),
			mend: z.string().min(1).nullable(),
		}),
	),
});
export type ToldCheck = z.infer<typeof Told>["checks"][number];

/** All checks, as docs/doctor.md lists them. */
const IDS = [
	...["node", "pulumi", "language-host", "dynamic-provider", "project", "sdk", "package", "stack", "pending"],
	...["settings", "key", "base-url", "heygen", "balance", "clock", "account", "looks"],
];

export interface Where {
	cwd: string;
	env: Record<string, string | undefined>;
}

/** Runs the command as a process of its own. */
export const runDoctor = (flags: readonly string[], { cwd, env }: Where) =>
	run(process.execPath, [main, "doctor", ...flags], {
		cwd,
		env: { NODE_COMPILE_CACHE: join(tmpdir(), "pulumi-heygen-compile-cache"), ...env },
		timeoutSeconds: 60,
	});

/** What it tells programs: all checks by their ids. Fails for anything on stderr, a key, or another exit code than is due. */
export async function doctor(where: Where, ...flags: string[]) {
	const { code, stdout, stderr } = await runDoctor(["--json", ...flags], where);
	assert.equal(stderr, "");
	const key = where.env["HEYGEN_API_KEY"];
	if (key) assert.ok(!stdout.includes(key), "the key is shown");
	const { ready, checks } = Told.parse(JSON.parse(stdout));
	const problems = checks.filter(({ status }) => status === "problem");
	assert.deepEqual({ code, ready }, { code: problems.length === 0 ? 0 : 1, ready: problems.length === 0 });
	for (const { id, status, mend } of checks) {
		if (status === "problem" || status === "warning") assert.ok(mend, `${id} has no mend`);
	}
	const untold = IDS.filter((id) => !checks.some((check) => check.id === id));
	const isOld = checks.some(({ id }) => id === "rest");
	assert.deepEqual(
		untold,
		isOld ? IDS.filter((id) => id !== "node") : [],
		"each check is told, if as skipped",
	);
	const all = (id: string) => checks.filter((check) => check.id === id);
	return {
		checks,
		all,
		/** The only check of this id. */
		one(id: string): ToldCheck {
			const [check] = all(id);
			assert.ok(check !== undefined && all(id).length === 1, `${all(id).length} checks are ${id}: ${stdout}`);
			return check;
		},
		/** The ids of a status, in the order in which they are told. */
		ids: (status: ToldCheck["status"]) =>
			checks.filter((check) => check.status === status).map(({ id }) => id),
	};
}

/** Holds a check against what it must say. */
export function assertCheck(
	check: ToldCheck,
	status: ToldCheck["status"],
	text: RegExp,
	mend?: RegExp,
): void {
	assert.equal(check.status, status, JSON.stringify(check));
	assert.match(check.text, text);
	if (mend !== undefined) assert.match(check.mend ?? "", mend);
}
