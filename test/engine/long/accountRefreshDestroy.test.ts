import assert from "node:assert/strict";
import type { RecordedRequest } from "../../../emulator/index.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";
import * as troubles from "../support/troubles.ts";

const NAMES = ["one", "two", "three", "four", "five"];

describe("an account that fails in the middle of", function () {
	this.timeout(900_000);
	let onRequest: (request: RecordedRequest) => void = () => {};
	const scene = scenario({ accounts: troubles.ACCOUNTS, onRequest: (request) => onRequest(request) });
	const live = () => scene.emulator.control.videos().flatMap(({ id, deleted }) => (deleted ? [] : [id]));
	/** What the state says of each video, but for the engine's own notes. */
	async function kept() {
		const all = await scene.project.resources("--show-secrets");
		const told = all.map(({ urn, id, inputs, outputs }) => ({ urn, id, inputs, outputs }));
		return told.sort((one, other) => one.urn.localeCompare(other.urn));
	}
	const ids = (all: { id?: string | undefined }[]) => all.map(({ id }) => id).sort();
	const accepted = () => scene.emulator.control.acceptedRenders();

	beforeEach(async () => {
		await scene.project.write(NAMES.map((name) => oneVideo(VIDEO, {}, name)).join("\n"));
		await scene.project.up();
	});

	/** Begins a trouble right after the first answer that `starts` names. */
	function strikeAfter(starts: (request: RecordedRequest) => boolean, trouble: troubles.Trouble): () => void {
		let mend = () => {};
		onRequest = (request) => {
			if (!starts(request)) return;
			onRequest = () => {};
			mend = trouble.strike(scene);
		};
		return () => mend();
	}

	const TROUBLES = [
		["a key of another account", troubles.OTHER_KEY],
		["a key that becomes another account's", troubles.CHANGED_KEY],
		["a gateway", troubles.GATEWAY],
		["an account that HeyGen wants paid first", troubles.UNPAID_ACCOUNT],
		["an account without access", troubles.LOST_ACCESS],
		["a quota", troubles.USED_UP_QUOTA],
		["a revoked key", troubles.REVOKED_KEY],
	] as const;

	it("a refresh leaves the state as it was, and names the videos", async () => {
		const { project } = scene;
		const before = await kept();
		const refresh = () => project.pulumi("refresh", "--yes", "--skip-preview");
		for (const [name, trouble] of TROUBLES) {
			// A key of another run is there from the first call on; what happens within one, after it.
			const mend =
				trouble === troubles.OTHER_KEY
					? trouble.strike(scene)
					: strikeAfter(({ route }) => route === "/v3/users/me", trouble);
			const errors = troubles.assertTold(await refresh(), trouble);
			assert.ok(
				[...errors.values()].every((told) => live().some((id) => told.includes(id))),
				name,
			);
			assert.deepEqual(await kept(), before, name);
			mend();
		}

		const [first] = before;
		const trouble = troubles.lostAccessTo(String(first?.id));
		const mend = trouble.strike(scene);
		assert.equal(troubles.assertTold(await refresh(), trouble).size, 1);
		assert.deepEqual(ids(await kept()), ids(before));
		mend();

		assert.match((await project.up()).text, /6 unchanged/);
		assert.equal(accepted(), 5);
	});

	it("a destroy keeps what it did not delete, and the next up makes what it did", async () => {
		const { project } = scene;
		let left = 5;
		for (const [name, trouble] of TROUBLES) {
			if (trouble === troubles.OTHER_KEY) continue;
			const mend = strikeAfter(({ method, status }) => method === "DELETE" && status === 200, trouble);
			const ran = await project.pulumi("destroy", "--yes", "--skip-preview", "--parallel", "1");
			troubles.assertTold(ran, trouble);
			assert.equal(live().length, --left, name);
			assert.deepEqual(ids(await kept()), live().sort(), name);
			mend();
			if (left > 1) continue;
			await project.up();
			left = 5;
		}
		await project.up();
		assert.deepEqual(ids(await kept()), live().sort());
		assert.equal(live().length, 5);
		assert.equal(accepted(), scene.emulator.control.videos().filter(({ deleted }) => deleted).length + 5);
	});
});
