import assert from "node:assert/strict";
import type { RecordedRequest } from "../../../emulator/index.ts";
import { oneVideo } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";
import * as troubles from "../support/troubles.ts";

const NEW = ["one", "two", "three", "four"];
const isSubmit = ({ method, route, status }: RecordedRequest) =>
	method === "POST" && route === "/v3/videos" && status === 200;

describe("an account that fails in the middle of an up", function () {
	this.timeout(400_000);
	let onRequest: (request: RecordedRequest) => void = () => {};
	const scene = scenario({ accounts: troubles.ACCOUNTS, onRequest: (request) => onRequest(request) });
	const live = () => scene.emulator.control.videos().flatMap(({ id, deleted }) => (deleted ? [] : [id]));
	const ids = async () => (await scene.project.resources()).map(({ id }) => id);
	const refusedSubmits = () =>
		scene.emulator.control
			.requests()
			.filter(({ method, route, status }) => method === "POST" && route === "/v3/videos" && status !== 200)
			.length;
	const up = (...flags: string[]) => scene.project.pulumi("up", "--yes", "--skip-preview", ...flags);
	const accepted = () => scene.emulator.control.acceptedRenders();

	/** A stack of one video that is to be replaced while four others are made, two at a time, which do not end by themselves. */
	async function prepare(): Promise<string> {
		const { project, emulator } = scene;
		await project.write(oneVideo(VIDEO, {}, "old"));
		await project.up();
		emulator.control.settings.renderSeconds = 3600;
		project.environment["HEYGEN_CONCURRENCY"] = "2";
		return (await project.video("old")).id;
	}

	/** Its second take, and then the four others: so that the two that are submitted first are known. */
	async function program(timeout = "10m") {
		const args = { ...VIDEO, wait: { timeout } };
		const old = oneVideo({ ...args, revision: 2 }, {}, "old");
		const others = NEW.map((name) => oneVideo(args, {}, name)).join("\n");
		const later = `await new Promise((resolve) => setTimeout(resolve, 1000));\n${others}`;
		await scene.project.write(`module.exports = (async () => {\n${old}\n${later}\n})();`);
	}

	/** Begins a trouble right after the second submit of the run was accepted. */
	function strikeAfterTwoSubmits(trouble: troubles.Trouble): () => void {
		let mend = () => {};
		let left = 2;
		onRequest = (request) => {
			if (isSubmit(request) && --left === 0) mend = trouble.strike(scene);
		};
		return () => {
			onRequest = () => {};
			mend();
		};
	}

	/** Ends the renders that run, and lets the next ones end soon. */
	function finishRenders() {
		scene.emulator.control.settings.renderSeconds = 0.4;
		scene.emulator.control.clock.advance(3600);
	}

	/** The same, as soon as the run asks how far they are: what was answered before keeps its date. */
	function finishAtNextLook() {
		onRequest = ({ route }) => {
			if (route !== "/v3/videos/statuses") return;
			onRequest = () => {};
			finishRenders();
		};
	}

	/** Nothing that was there or was paid is lost, and nothing was paid elsewhere. */
	async function assertKept(old: string, submitted: number) {
		const video = await scene.project.video("old");
		assert.deepEqual(
			[video.id, video.inputs["revision"], video.outputs["status"]],
			[old, undefined, "completed"],
		);
		assert.equal(accepted(), 1 + submitted);
		assert.ok(scene.emulator.control.videos().every(({ username }) => username === "marketing"));
	}

	/** One plain `up` makes all that is wanted, each render of it paid once. */
	async function assertMended() {
		finishRenders();
		await program();
		await scene.project.up();
		assert.equal(accepted(), 6, "the first take, the second one, and four others");
		assert.deepEqual((await ids()).sort(), live().sort());
		assert.equal(live().length, 5);
	}

	for (const [name, trouble] of [
		["a key that is revoked", troubles.REVOKED_KEY],
		["a key that becomes another account's", troubles.CHANGED_KEY],
		["an account that HeyGen wants paid first, also to read", troubles.UNPAID_ACCOUNT],
		["an account that has no access any more", troubles.LOST_ACCESS],
	] as const) {
		it(`${name}: keeps what is submitted, sends nothing more, and goes on once it is mended`, async () => {
			const old = await prepare();
			await program();
			const mend = strikeAfterTwoSubmits(trouble);
			const errors = troubles.assertTold(await up(), trouble);
			assert.equal(errors.size, 5);
			await assertKept(old, 2);
			for (const id of live().filter((each) => each !== old)) {
				assert.ok(
					[...errors.values()].some((told) => told.includes(id)),
					`no error names ${id}`,
				);
			}
			assert.ok(refusedSubmits() <= 1, `${refusedSubmits()} submits were refused`);

			troubles.assertTold(await up("--continue-on-error"), trouble);
			await assertKept(old, 2);
			mend();
			await assertMended();
		});
	}

	for (const [name, trouble] of [
		["an empty wallet", troubles.EMPTY_WALLET],
		["a quota that is used up", troubles.USED_UP_RENDERS],
	] as const) {
		it(`${name}: completes and saves what is paid, and renders the rest once there is more`, async () => {
			await prepare();
			await program();
			const strike: troubles.Trouble["strike"] = (at) => {
				const mend = trouble.strike(at);
				finishAtNextLook();
				return mend;
			};
			const mend = strikeAfterTwoSubmits({ ...trouble, strike });
			const errors = troubles.assertTold(await up(), trouble);
			for (const told of errors.values()) assert.match(told, /nothing was paid/);
			assert.deepEqual([errors.size, accepted()], [3, 3]);
			assert.ok(refusedSubmits() <= 2, `${refusedSubmits()} submits were refused`);
			assert.deepEqual((await ids()).sort(), live().sort());
			mend();
			await assertMended();
		});
	}

	it("a gateway that refuses the key: waits on, says so when the time is up, and takes all over later", async () => {
		const old = await prepare();
		await program("6s");
		const mend = strikeAfterTwoSubmits(troubles.GATEWAY);
		const errors = [...troubles.assertTold(await up(), troubles.GATEWAY).values()];
		assert.equal(errors.length, 5);
		assert.equal(errors.filter((told) => /nothing was paid/.test(told)).length, 3);
		await assertKept(old, 2);
		mend();
		await assertMended();
	});

	it("no access to one video: ends the wait for this one, and the others are completed", async () => {
		await prepare();
		await program();
		let trouble: troubles.Trouble | undefined;
		const mend = strikeAfterTwoSubmits({
			...troubles.LOST_ACCESS,
			strike: () => {
				trouble = troubles.lostAccessTo(live().at(-1) ?? "");
				const mend = trouble.strike(scene);
				finishAtNextLook();
				return mend;
			},
		});
		const ran = await up();
		assert.ok(trouble !== undefined);
		assert.equal(troubles.assertTold(ran, trouble).size, 1);
		assert.equal(accepted(), 6);
		mend();
		await assertMended();
	});

	it("a key of another account in the next run: leaves what runs, and pays nothing there", async () => {
		const old = await prepare();
		await program("1s");
		await scene.project.upFails();
		await assertKept(old, 5);
		const mend = troubles.OTHER_KEY.strike(scene);
		await program();
		assert.equal(troubles.assertTold(await up("--continue-on-error"), troubles.OTHER_KEY).size, 5);
		await assertKept(old, 5);
		mend();
		await assertMended();
	});

	it("a key of another account, and new videos ahead of the stack's own in the program: pays nothing there", async () => {
		const old = await prepare();
		const mend = troubles.OTHER_KEY.strike(scene);
		await scene.project.write([...NEW, "old"].map((name) => oneVideo(VIDEO, {}, name)).join("\n"));
		assert.equal(troubles.assertTold(await up(), troubles.OTHER_KEY).size, 4);
		await assertKept(old, 0);
		mend();
		scene.emulator.control.settings.renderSeconds = 0.4;
		await scene.project.up();
		assert.equal(accepted(), 5);
	});
});
