import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../../scripts/childProcess.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

const main = join(dirname(dirname(dirname(import.meta.dirname))), "dist", "cli", "main.js");

describe("pulumi-heygen cost in a project", function () {
	this.timeout(240_000);
	const scene = scenario();

	async function cost(...flags: string[]) {
		const { folder, environment } = scene.project;
		const how = { cwd: folder, env: environment, timeoutSeconds: 120 };
		return run(process.execPath, [main, "cost", ...flags], how);
	}

	it("tells what the next run renders and why, by the stack's own settings, and asks for the balance alone", async () => {
		const { project, emulator } = scene;
		const both = (prompt: string) => `${oneVideo(VIDEO)}\n${oneVideo({ ...VIDEO, prompt }, {}, "other")}`;
		await project.write(both("A baker rests."));
		await project.up();
		delete project.environment["HEYGEN_API_KEY"];
		await project.pulumi("config", "set", "heygen:apiKey", emulator.apiKey, "--secret");
		await project.pulumi("config", "set", "heygen:pricePerVideoUsd", "6.5", "--secret");
		await project.write(both("A baker sings."));
		emulator.control.clearRequests();
		emulator.control.setBalance("emulator", 6);

		const { code, stdout, stderr } = await cost("--stack", "dev", "--max-usd", "6");
		assert.equal(code, 3, stdout + stderr);
		assert.match(stdout, /± other {2}regenerated {2}prompt: "A baker rests\." → "A baker sings\."/);
		assert.match(stdout, /1 video to render at USD 6\.50: USD 6\.50\.\n1 unchanged\./);
		assert.match(stdout, /The account "emulator" has USD 6\.00\.\nWarning: the balance is USD 0\.50 short/);
		assert.doesNotMatch(stdout + stderr, new RegExp(emulator.apiKey));
		const requests = emulator.control.requests().map(({ method, path }) => `${method} ${path}`);
		assert.deepEqual(requests, ["GET /v3/users/me"]);

		const preview = await project.pulumi("preview", "--json");
		await writeFile(join(project.folder, "preview.json"), preview.stdout);
		const { renders } = JSON.parse((await cost("--preview", "preview.json", "--json")).stdout);
		assert.equal(renders, 1);

		const missing = await cost("--stack", "nope");
		assert.equal(missing.code, 1);
		assert.match(missing.stderr, /^`pulumi preview` failed: no stack named 'nope' found/);
	});
});
