import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { run } from "../../../scripts/childProcess.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";
import { ACCOUNTS } from "../support/troubles.ts";

const main = join(dirname(dirname(dirname(import.meta.dirname))), "dist", "cli", "main.js");

describe("pulumi-heygen doctor in a project", function () {
	this.timeout(240_000);
	const scene = scenario({ accounts: ACCOUNTS });

	async function doctor(...flags: string[]) {
		const { folder, environment } = scene.project;
		const how = { cwd: folder, env: environment, timeoutSeconds: 120 };
		return run(process.execPath, [main, "doctor", ...flags], how);
	}

	it("finds a stack that a run has made ready, and tells a look that is deleted later and a wrong key", async () => {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO));
		await project.up();
		const ready = await doctor();
		assert.deepEqual([ready.code, ready.stderr], [0, ""], ready.stdout);
		assert.match(ready.stdout, /^✓ ok: The stack shop\/dev holds 1 video\.$/m);
		assert.match(ready.stdout, /^✓ ok: No run was interrupted/m);
		assert.match(ready.stdout, /^✓ ok: The key is of the account that holds what the stack has\.$/m);
		assert.match(ready.stdout, /^✓ ok: 1 look in use can be used\.\n\nReady: 1 warning\.\n$/m);

		const [look = ""] = VIDEO.avatarIds;
		const deleted = emulator.control.intercept({
			path: `/v3/avatars/looks/${look}`,
			times: Number.POSITIVE_INFINITY,
			action: { status: 404, code: "avatar_not_found" },
		});
		const gone = await doctor();
		assert.equal(gone.code, 0, "what is rendered stays as it is");
		assert.match(gone.stdout, new RegExp(`^! warning: The look ${look} is gone .* the video hero `, "m"));
		deleted.remove();

		project.environment["HEYGEN_API_KEY"] = "other-key";
		const wrong = await doctor("--stack", "dev");
		assert.equal(wrong.code, 1, wrong.stdout);
		assert.match(wrong.stdout, /^✗ problem: .* account "marketing", but the key is of "sales"/m);
		assert.doesNotMatch(wrong.stdout, /other-key/);
		assert.equal(emulator.control.paidRenders(), 1);
		assert.equal((await project.video()).outputs["status"], "completed");
	});
});
