import assert from "node:assert/strict";
import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../scripts/childProcess.ts";

const root = join(import.meta.dirname, "..", "..");

describe("pulumi-heygen/webhooks", () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-webhooks-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const nodeRuns = async (program: string, cwd: string): Promise<string> => {
		const args = ["--input-type=module", "--eval", program];
		const { code, stdout, stderr } = await run(process.execPath, args, { cwd, timeoutSeconds: 20 });
		assert.equal(code, 0, stderr);
		return stdout.trim();
	};

	it("loads where neither Pulumi nor any other package is installed", async () => {
		await cp(join(root, "dist"), join(folder, "dist"), { recursive: true });
		await writeFile(join(folder, "package.json"), '{ "type": "module" }');
		const names = await nodeRuns(
			'console.log(Object.keys(await import("./dist/heygen/webhooks/index.js")).join())',
			folder,
		);
		assert.match(names, /createTestWebhook.*receiveWebhook.*verifyWebhook,webhookHandler/);
		await assert.rejects(nodeRuns('await import("./dist/heygen/client.js")', folder), /Cannot find package/);
	});
	it("is a part of the package by that name, for import and for require", async () => {
		const program = `
			import { createRequire } from "node:module";
			import * as imported from "pulumi-heygen/webhooks";
			const required = createRequire(import.meta.url)("pulumi-heygen/webhooks");
			console.log(imported.verifyWebhook === required.verifyWebhook);`;
		assert.equal(await nodeRuns(program, root), "true");
	});
	it("has types for a project as Pulumi's template makes it, which checks libraries too", async function () {
		this.timeout(60_000);
		await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
		const program = `
			import { createServer } from "node:http";
			import { webhookHandler } from "pulumi-heygen/webhooks";
			const { node } = webhookHandler({
				secrets: "whsec_test",
				onEvent: (event) => event.type === "avatar_video.fail" && event.data.message?.trim(),
			});
			createServer(node);`;
		await writeFile(join(folder, "index.ts"), program);
		const compilerOptions = {
			strict: true,
			noEmit: true,
			target: "es2020",
			module: "commonjs",
			moduleResolution: "node10",
			ignoreDeprecations: "6.0",
			types: ["node"],
		};
		await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
		const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
		const { code, stdout } = await run(process.execPath, [tsc], { cwd: folder, timeoutSeconds: 60 });
		assert.equal(code, 0, stdout);
	});
});
