import assert from "node:assert/strict";
import { pathOf, WORKFLOWS } from "./gitops/team.ts";
import { problemsOf, readWorkflow } from "./gitops/workflow.ts";

/** What each may write, besides its own log. */
const RIGHTS = { "pull-request.yml": ["pull-requests"], "merge.yml": [], "drift.yml": ["issues"] };

describe("the workflows of the example with GitHub", () => {
	for (const file of WORKFLOWS) {
		it(`${file} is right to GitHub's own parser, and may write no more than it must`, async () => {
			assert.deepEqual(await problemsOf(pathOf(file)), []);
			const { permissions, jobs } = await readWorkflow(pathOf(file));
			const granted = [permissions, ...Object.values(jobs).map((job) => job.permissions ?? {})];
			const written = granted.flatMap((rights) =>
				Object.entries(rights).flatMap(([name, right]) => (right === "write" ? [name] : [])),
			);
			assert.deepEqual(written, RIGHTS[file]);
		});
	}

	it("none of the stack's runs is cancelled by another one, and none is dropped", async () => {
		for (const file of ["merge.yml", "drift.yml"] as const) {
			const { concurrency } = await readWorkflow(pathOf(file));
			assert.deepEqual(concurrency, { group: "stack-prod", "cancel-in-progress": false, queue: "max" });
		}
	});
});
