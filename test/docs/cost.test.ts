import assert from "node:assert/strict";
import { asJson } from "../../cli/cost/show.ts";
import { billFor } from "../../plan/bill.ts";
import type { PlannedVideo } from "../../plan/videos.ts";
import { CHANGES } from "../../plan/videos.ts";
import { codesIn, pageText, tableOf, wordsIn } from "./tables.ts";

const rows = tableOf(pageText("docs/cost.md"), "key");
const row = (key: string) => rows.find(([cell]) => codesIn(cell).includes(key))?.[1];

describe("the page on costs", () => {
	it("has every key that --json writes", () => {
		const reason = { input: "prompt", before: "A baker.", after: "A cook.", known: true };
		const video: PlannedVideo = { name: "hero", urn: "urn", change: "new", reasons: [reason] };
		const account = { username: "sales", balance: { amount: 20, currency: "usd" as const } };
		const answer = { project: "shop", stack: "dev", videos: [video], bill: billFor([video], 7), account };
		const told: object = JSON.parse(asJson({ ...answer, warnings: [] }));

		assert.deepEqual(
			rows.flatMap(([cell]) => codesIn(cell)),
			Object.keys(told),
		);
		assert.deepEqual(codesIn(row("counts")).slice(1), CHANGES);
		const [ofVideo, ofReason] = codesIn(row("videos"));
		assert.deepEqual(
			[wordsIn(`\`${ofVideo}\``), wordsIn(`\`${ofReason}\``)],
			[Object.keys(video), Object.keys(reason)],
		);
	});
});
