import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/childProcess.ts";
import { forThisMachine, userCache } from "../../scripts/engine/cache.ts";
import { CLI, LANGUAGE_HOST } from "../../scripts/engine/versions.ts";

const main = join(import.meta.dirname, "..", "..", "scripts", "engine", "main.ts");

describe("the engine finder, run as a program", () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-engine-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const find = (env: NodeJS.ProcessEnv, ...args: string[]) => {
		const base = { PULUMI_HEYGEN_CACHE: join(folder, "cache"), PULUMI_HEYGEN_ENGINE: "path,go" };
		return run(process.execPath, [main, ...args], { env: { ...base, ...env }, timeoutSeconds: 15 });
	};
	const putProgram = (name: string, script: string) =>
		writeFile(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

	it("ends with exit code 1, the three ways and no stack trace when nothing is left", async () => {
		const { code, stdout, stderr } = await find({ PATH: "" });
		assert.equal(code, 1);
		assert.equal(stdout, "");
		assert.match(stderr, /there is no `pulumi` on the PATH/);
		assert.match(stderr, /left out by PULUMI_HEYGEN_ENGINE/);
		assert.match(stderr, /there is no `go` on the PATH/);
		assert.doesNotMatch(stderr, /\n\s+at /);
	});

	it("takes a new enough Pulumi from the PATH and leaves the cache alone but for the launcher", async () => {
		await putProgram("pulumi", "echo v3.300.0");
		await putProgram("pulumi-language-nodejs", "exit 1");
		const { code, stdout } = await find({ PATH: folder });
		assert.equal(code, 0);
		assert.equal(stdout, "Pulumi 3.300.0, from the PATH.\n");
	});

	it("says which version is needed when the one on the PATH is too old", async () => {
		await putProgram("pulumi", "echo v3.100.0");
		await putProgram("pulumi-language-nodejs", "exit 1");
		const { code, stderr } = await find({ PATH: folder });
		assert.equal(code, 1);
		assert.match(stderr, /is v3\.100\.0; it has to be 3\.x, 3\.216\.0 or newer/);
	});

	it("does not take a Pulumi that has no Node.js language host", async () => {
		await putProgram("pulumi", "echo v3.300.0");
		const { code, stderr } = await find({ PATH: folder });
		assert.equal(code, 1);
		assert.match(stderr, /without `pulumi-language-nodejs`/);
	});

	it("shows the compiler's words when the Go build fails, and keeps nothing of it", async () => {
		await putProgram("go", 'echo "no space left on device" >&2; exit 1');
		const { code, stderr } = await find({ PATH: `${folder}:/usr/bin:/bin`, PULUMI_HEYGEN_ENGINE: "go" });
		assert.equal(code, 1);
		assert.match(stderr, /no space left on device/);
		const left = (await readdir(join(folder, "cache", "engine"))).filter((name) => !name.endsWith(".lock"));
		assert.deepEqual(left, []);
	});

	it("says what is missing for policy packs when an engine was built and Go is gone since", async () => {
		const name = forThisMachine(`cli-${CLI.version}-host-${LANGUAGE_HOST.version}`);
		const bin = join(folder, "cache", "engine", name, "bin");
		await mkdir(bin, { recursive: true });
		await writeFile(join(bin, "pulumi"), "");
		const { code, stderr } = await find({ PATH: "", PULUMI_HEYGEN_ENGINE: "go" }, "policy-packs");
		assert.equal(code, 1);
		assert.match(stderr, /needs one more program to run policy packs: there is no `go` on the PATH/);
		assert.doesNotMatch(stderr, /\n\s+at /);
		const left = await readdir(join(folder, "cache", "engine"));
		assert.deepEqual(
			left.filter((file) => file.includes("policy") && !file.endsWith(".lock")),
			[],
		);
	});
});

describe("the user's cache folder", () => {
	it("is the one that is set, else the XDG one, else the platform's", () => {
		const xdg = { XDG_CACHE_HOME: "/xdg" };
		assert.equal(userCache({ ...xdg, PULUMI_HEYGEN_CACHE: "/mine" }, "linux"), "/mine");
		assert.equal(userCache(xdg, "linux"), join("/xdg", "pulumi-heygen"));
		assert.ok(userCache({}, "linux").endsWith(join(".cache", "pulumi-heygen")));
		assert.ok(userCache({}, "darwin").endsWith(join("Library", "Caches", "pulumi-heygen")));
		assert.equal(userCache({ LOCALAPPDATA: "/local" }, "win32"), join("/local", "pulumi-heygen", "Cache"));
	});
});
