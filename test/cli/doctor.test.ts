import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import { fileURLToPath } from "node:url";
import { asLines } from "../../cli/doctor/show.ts";
import { startEmulator } from "../../emulator/index.ts";
import { startServer } from "../support/httpServer.ts";
import { assertCheck, doctor, ONLY_NODE, runDoctor } from "./support/doctor.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

describe("pulumi-heygen doctor on a machine", function () {
	this.timeout(60_000);
	let folder: string;
	const nowhere = { HEYGEN_BASE_URL: "http://127.0.0.1:9" };
	const where = (env: Record<string, string> = {}) => ({
		cwd: folder,
		env: { PATH: ONLY_NODE, PULUMI_HOME: join(folder, "home"), ...nowhere, ...env },
	});

	beforeEach(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-doctor-")));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** A program of that name in the folder, in place of one that is broken or old. */
	async function program(name: string, script: string): Promise<void> {
		await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
		await chmod(join(folder, name), 0o755);
	}
	const withPrograms = () => [folder, ONLY_NODE, "/usr/bin", "/bin"].join(delimiter);

	it("says without a project, a CLI and a key what it did not look at, and why", async () => {
		const told = await doctor(where());
		assertCheck(told.one("node"), "ok", /^Node \d+\.\d+\.\d+ is >=22\.19\.$/);
		assertCheck(told.one("pulumi"), "problem", /no `pulumi` on the PATH/, /Install the Pulumi CLI/);
		assertCheck(told.one("project"), "skipped", /no Pulumi\.yaml in this folder or above/, /pulumi new/);
		assertCheck(told.one("stack"), "skipped", /there is no `pulumi`/);
		assertCheck(told.one("key"), "warning", /config of a stack was not looked at/, /HEYGEN_API_KEY/);
		assert.deepEqual(told.ids("skipped"), [
			"language-host",
			"dynamic-provider",
			"project",
			"sdk",
			"package",
			"stack",
			"pending",
			"balance",
			"clock",
			"account",
			"looks",
		]);
	});

	it("prints marks with words and no colours where nobody looks, and each mend below its line", async () => {
		const { code, stdout, stderr } = await runDoctor([], where());
		assert.deepEqual({ code, stderr }, { code: 1, stderr: "" });
		assert.match(stdout, /^✓ ok: Node /);
		assert.match(stdout, /^✗ problem: There is no `pulumi` on the PATH\.\n {4}Install the Pulumi CLI/m);
		assert.match(stdout, /^! warning: .*\n {4}\S/m);
		assert.match(stdout, /^- skipped: The project: /m);
		assert.match(stdout, /\n\nNot ready: 2 problems, 2 warnings, 11 skipped\.\n$/);
		assert.doesNotMatch(stdout, /(?!\n)\p{Cc}/u);
	});

	it("prints marks in colours on a terminal, and without them by NO_COLOR", () => {
		const terminal = Object.assign(new PassThrough(), {
			isTTY: true,
			getColorDepth: (): number =>
				WriteStream.prototype.getColorDepth.call(terminal, { TERM: "xterm-256color", ...only }),
		}) as PassThrough & WriteStream;
		let only: Record<string, string> = {};
		const check = { id: "key", status: "problem", text: "No key\n is set.", mend: "Set it." } as const;
		assert.equal(asLines(check, terminal), "\u001b[31m✗\u001b[39m No key is set.\n    Set it.\n");
		only = { NO_COLOR: "1" };
		assert.equal(asLines(check, terminal), "✗ No key is set.\n    Set it.\n");
	});

	it("shows nothing that a terminal obeys, whatever texts from outside hold", async () => {
		await writeFile(join(folder, "Pulumi.yaml"), 'name: "sh\\e[31mop\\u202e\\r"\nruntime: nodejs\n');
		const { stdout } = await runDoctor([], where());
		assert.match(stdout, /The project "shop"/);
		assert.doesNotMatch(stdout, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
	});

	it("stops at a Node that is too old for the rest", async () => {
		const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.20.2'})";
		const told = await doctor(where({ NODE_OPTIONS: `--import="${old}"` }));
		assertCheck(
			told.one("node"),
			"problem",
			/^Node 20\.20\.2 is not >=22\.19\.$/,
			/Install a newer Node\.js/,
		);
		assert.deepEqual(
			told.checks.map(({ id }) => id),
			["node", "rest"],
		);
	});

	it("looks at the Node that Pulumi will run, not only at its own", async () => {
		await program("node", "echo v22.18.0");
		const old = await doctor(where({ PATH: withPrograms() }));
		assertCheck(
			old.one("node"),
			"problem",
			/Pulumi runs programs with the `node` of the PATH, and 22\.18\.0/,
		);
		await rm(join(folder, "node"));
		const none = await doctor(where({ PATH: folder }));
		assertCheck(none.one("node"), "problem", /There is no `node` on the PATH/);
	});

	for (const [name, script, status, text] of [
		["of another major version", "echo v4.0.0", "problem", /is 4\.0\.0, and another major version is needed/],
		["older than what is supported", "echo v3.215.9", "warning", /is 3\.215\.9, older than/],
		["that fails", "echo 'error: broken' >&2; exit 1", "problem", /^`pulumi version` failed: broken$/],
		["that says nothing of use", "echo hello", "warning", /answers "hello", which is no version/],
	] as const) {
		it(`tells a Pulumi CLI ${name}, and that its parts are missing`, async () => {
			await program("pulumi", script);
			const told = await doctor(where({ PATH: withPrograms() }));
			assertCheck(told.one("pulumi"), status, text, /Install the Pulumi CLI/);
			assertCheck(told.one("language-host"), "problem", /`pulumi-language-nodejs`.*neither beside/);
			assertCheck(told.one("dynamic-provider"), "problem", /`pulumi-resource-pulumi-nodejs`.*neither beside/);
		});
	}

	it("finds the parts of the Pulumi CLI beside it, and a host that was installed as a plugin", async () => {
		await program("pulumi", "echo v3.259.0");
		await program("pulumi-resource-pulumi-nodejs", "exit 1");
		const plugin = join(folder, "home", "plugins", "language-nodejs-v3.259.0");
		await writeFile(await madeFor(plugin), "");
		const told = await doctor(where({ PATH: withPrograms() }));
		for (const id of ["pulumi", "language-host", "dynamic-provider"]) assert.equal(told.one(id).status, "ok");
	});

	for (const [name, yaml, status, text, mend] of [
		[
			"of another runtime",
			"name: shop\nruntime: python\n",
			"problem",
			/runtime python.*Node\.js/,
			/runtime: nodejs/,
		],
		["that cannot be read", "name: [\n", "problem", /is not what Pulumi takes/, /Mend that file/],
		["without a runtime", "name: shop\n", "problem", /runtime: /, /Mend that file/],
		[
			"with options",
			"name: shop\nruntime:\n  name: nodejs\n",
			"ok",
			/"shop" is a Node\.js program/,
			undefined,
		],
	] as const) {
		it(`reads a project ${name}`, async () => {
			await writeFile(join(folder, "Pulumi.yaml"), yaml);
			assertCheck((await doctor(where())).one("project"), status, text, mend);
		});
	}

	it("looks for the packages where the program does, also from a folder below the project's", async () => {
		await writeFile(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\nmain: program/\n");
		const below = join(folder, "program");
		await installed(below, "@pulumi/pulumi", { version: "3.215.0" });
		const old = await doctor({ ...where(), cwd: below });
		assertCheck(
			old.one("sdk"),
			"problem",
			/3\.215\.0 is installed, and \^3\.216\.0 is needed/,
			/npm install @pulumi/,
		);
		assertCheck(old.one("package"), "problem", /pulumi-heygen is not installed/, /npm install pulumi-heygen/);

		await installed(below, "@pulumi/pulumi", { version: "3.280.1" });
		await installed(below, "pulumi-heygen", {
			version: "9.0.0",
			peerDependencies: { "@pulumi/pulumi": "^3.280.0" },
		});
		const other = await doctor({ ...where(), cwd: below });
		assertCheck(other.one("sdk"), "ok", /3\.280\.1 is installed \(\^3\.280\.0 is needed\)/);
		assertCheck(other.one("package"), "warning", /9\.0\.0 is installed, and this command is of/);

		const { version } = JSON.parse(
			await readFile(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
		);
		await installed(below, "pulumi-heygen", { version });
		assert.equal((await doctor(where())).one("package").status, "ok");
	});

	async function installed(at: string, name: string, content: object): Promise<void> {
		const file = join(at, "node_modules", name, "package.json");
		await writeFile(await madeFor(file), JSON.stringify(content));
	}

	it("ends with 0 for a machine that is ready, whatever was skipped", async () => {
		const emulator = await startEmulator();
		try {
			await program("pulumi", "echo v3.259.0");
			for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"])
				await program(name, "exit 1");
			const env = { PATH: withPrograms(), HEYGEN_BASE_URL: emulator.url, HEYGEN_API_KEY: emulator.apiKey };
			const { code, stdout } = await runDoctor([], where(env));
			assert.equal(code, 0, stdout);
			assert.match(stdout, /\n\nReady: 1 warning, 7 skipped\.\n$/);
		} finally {
			await emulator.close();
		}
	});

	it("ends with 2 when it is used wrongly, and shows its examples and exit codes by --help", async () => {
		for (const flags of [["--nonsense"], ["--stack"], ["extra"]]) {
			const { code, stdout, stderr } = await runDoctor(flags, where());
			assert.deepEqual({ code, stdout }, { code: 2, stdout: "" }, flags.join(" "));
			assert.match(stderr, /^error: /);
		}
		const { code, stdout } = await runDoctor(["--help"], where());
		assert.equal(code, 0);
		assert.match(stdout, /Examples:\n {2}npx pulumi-heygen doctor\n/);
		assert.match(stdout, /^Exit codes: 0 ready .*, 1 something must be mended, 2 wrong use\.$/m);
	});

	it("ends at once by Ctrl-C, without a word, also when HeyGen says nothing", async () => {
		let asked = () => {};
		const isAsked = new Promise<void>((resolve) => {
			asked = resolve;
		});
		const silent = await startServer(() => asked());
		try {
			const { env } = where({ HEYGEN_BASE_URL: silent.url, HEYGEN_API_KEY: "key" });
			const ended = await interrupted(env, isAsked);
			assert.deepEqual(ended, { signal: "SIGINT", stderr: "" });
		} finally {
			await silent.close();
		}
	});

	it("ends the Pulumi CLI that it waits for by Ctrl-C", async () => {
		await program("pulumi", `echo $$ > ${join(folder, "pid")}; exec sleep 600`);
		const started = waitFor(async () => (await readFile(join(folder, "pid"), "utf8").catch(() => "")) !== "");
		const ended = await interrupted(where({ PATH: withPrograms() }).env, started);
		assert.deepEqual(ended, { signal: "SIGINT", stderr: "" });
		const pid = Number(await readFile(join(folder, "pid"), "utf8"));
		await waitFor(async () => !isAlive(pid));
	});

	/** Sends Ctrl-C's signal to the command alone, once it has come so far. */
	async function interrupted(env: Record<string, string>, reached: Promise<void>) {
		const child = spawn(process.execPath, [main, "doctor"], { cwd: folder, env });
		let stderr = "";
		child.stderr.on("data", (chunk) => {
			stderr += chunk;
		});
		try {
			await reached;
			child.kill("SIGINT");
			const [, signal] = await once(child, "close");
			return { signal, stderr };
		} finally {
			child.kill("SIGKILL");
		}
	}
});

/** The file, in a folder that is there. */
async function madeFor(file: string): Promise<string> {
	await mkdir(dirname(file), { recursive: true });
	return file;
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
	for (let looks = 0; !(await condition()); looks++) {
		assert.ok(looks < 1_000, "it never came about");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
