import assert from "node:assert/strict";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { remove } from "../../../provider/avatarShotsVideo/delete.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { read } from "../../../provider/avatarShotsVideo/read.ts";
import { update } from "../../../provider/avatarShotsVideo/update.ts";
import { Unfinished } from "../../../provider/lifecycle.ts";
import { type TestContext, URN } from "../../support/context.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

/** What a promise that must fail was rejected with. */
async function failure(work: Promise<unknown>): Promise<Error> {
	const outcome = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	assert.ok(outcome instanceof Error, "it did not fail");
	return outcome;
}

const ACCOUNTS = [
	{ apiKey: "emulator-key", username: "marketing" },
	{ apiKey: "other-key", username: "sales" },
];

describe("a key that comes to be another account's within a run", () => {
	const at = scene({ accounts: ACCOUNTS });
	const change = () => at.emulator.control.giveKey("emulator-key", "sales");
	const giveBack = () => at.emulator.control.giveKey("emulator-key", "marketing");
	const message = /"marketing" when this run began.*"sales" now/s;

	/** A run that has asked whose the key is, before it changes. */
	async function begun(): Promise<TestContext> {
		const context = at.run();
		await context.renders.account();
		return context;
	}

	it("does not make a refresh report its videos as deleted", async () => {
		const { id, state } = await made(at.run());
		const context = await begun();
		change();
		assert.match((await failure(read(id, state, context))).message, message);
	});

	it("does not make a delete count as done that was not", async () => {
		const { id, state } = await made(at.run());
		const context = await begun();
		change();
		assert.match((await failure(remove(id, state, context))).message, message);
		assert.deepEqual(at.alive(), [id]);
	});

	it("does not make a render that goes on count as deleted, which would be paid again", async () => {
		at.emulator.control.settings.renderSeconds = 3600;
		const inputs = checked({ ...VIDEO, wait: { timeout: "1s" } }, at.run());
		const error = await failure(create(inputs, at.run()));
		assert.ok(error instanceof Unfinished);
		const { id, state } = error.saved;
		const context = await begun();
		change();
		const again = await failure(update(id, state, { ...inputs, wait: { timeout: "1h" } }, context));
		assert.match(again.message, message);
		assert.ok(again instanceof Unfinished);
		assert.match(String(again.saved.state["status"]), /^(pending|processing)$/);
	});

	it("is not taken for a deleted video where HeyGen does not find the account itself", async () => {
		at.emulator.control.settings.renderSeconds = 3600;
		const inputs = checked({ ...VIDEO, wait: { timeout: "1s" } }, at.run());
		const error = await failure(create(inputs, at.run()));
		assert.ok(error instanceof Unfinished);
		const { id, state } = error.saved;
		at.emulator.control.intercept({
			route: "/v3/users/me",
			times: Number.POSITIVE_INFINITY,
			action: { status: 404, code: "not_found" },
		});
		const again = await failure(update(id, state, inputs, at.run()));
		assert.ok(again instanceof Unfinished);
		assert.match(String(again.saved.state["status"]), /^(pending|processing)$/);
	});

	it("pays nothing in the other account", async () => {
		const context = await begun();
		change();
		const error = await failure(made(context));
		assert.match(error.message, message);
		assert.match(error.message, /nothing was paid/);
		assert.equal(at.paid(), 0);
	});

	it("keeps the id of what was paid before, instead of submitting anew", async () => {
		const context = await begun();
		at.emulator.control.intercept({ method: "GET", route: "/v3/videos/{id}", action: { delaySeconds: 0.3 } });
		const creating = failure(made(context));
		while (at.paid() === 0) await new Promise(setImmediate);
		change();
		const error = await creating;
		assert.ok(error instanceof Unfinished);
		assert.match(error.message, message);
		assert.deepEqual([error.saved.id, at.paid()], [at.alive()[0], 1]);

		giveBack();
		const { id, state } = error.saved;
		assert.equal((await update(id, state, checked(VIDEO, at.run()), at.run())).status, "completed");
		assert.equal(at.paid(), 1);
	});

	it("leaves the old video and finds the new one again, when a replacement is running", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		at.emulator.control.settings.renderSeconds = 3600;
		const context = at.run();
		const next = { ...VIDEO, prompt: "A baker rests.", wait: { timeout: "1h" } };
		diff(id, state, checked(next, context, inputs), context);
		const creating = failure(made(context, next));
		while (at.paid() === 1) await new Promise(setImmediate);
		change();
		const error = await creating;
		assert.ok(!(error instanceof Unfinished));
		assert.match(error.message, message);
		assert.match(error.message, /The old video stays/);

		giveBack();
		at.emulator.control.clock.advance(3600);
		const again = at.run();
		diff(id, state, checked(next, again, inputs), again);
		await made(again, next);
		assert.deepEqual([at.paid(), at.alive().length], [2, 2]);
	});
});

describe("a refusal of one video", () => {
	const at = scene();
	const FORBIDDEN = { status: 403, code: "resource_access_denied" } as const;
	const named = (context: TestContext, name: string) =>
		at.run({ sameRunAs: context, urn: URN.replace("hero", name) });

	it("ends the wait for this one, while the others are completed", async () => {
		at.emulator.control.settings.renderSeconds = 3600;
		const context = at.run();
		const first = failure(made(context));
		while (at.paid() < 1) await new Promise(setImmediate);
		const [id] = at.alive();
		const others = ["second", "third"].map((name) => made(named(context, name)));
		while (at.paid() < 3) await new Promise(setImmediate);
		at.emulator.control.intercept({
			path: new RegExp(`${id}`),
			times: Number.POSITIVE_INFINITY,
			action: FORBIDDEN,
		});
		at.emulator.control.clock.advance(3600);
		const error = await first;
		assert.ok(error instanceof Unfinished);
		assert.match(error.message, new RegExp(`${id}.*403 resource_access_denied`, "s"));
		for (const { state } of await Promise.all(others)) assert.equal(state.status, "completed");
		assert.equal(at.paid(), 3);
	});

	for (const [status, code] of [
		[403, "forbidden"],
		[403, "resource_access_denied"],
		[402, "plan_upgrade_required"],
	] as const) {
		it(`does not stop the submits of others: ${status} ${code}`, async () => {
			const context = at.run({ environment: { HEYGEN_CONCURRENCY: "1" } });
			at.emulator.control.intercept({ method: "POST", route: "/v3/videos", action: { status, code } });
			const first = failure(made(context));
			const second = made(named(context, "second"));
			assert.match((await first).message, new RegExp(`nothing was paid.*${code}`, "s"));
			await second;
			assert.equal(at.paid(), 1);
		});
	}
});

describe("a refusal of the account", () => {
	const at = scene();
	const submits = () =>
		at.emulator.control.requests().filter(({ method, path }) => method === "POST" && path === "/v3/videos");

	for (const [status, code] of [
		[401, "unauthorized"],
		[401, "authentication_failed"],
		[402, "insufficient_credit"],
		[402, "trial_limit_exceeded"],
		[429, "quota_exceeded"],
	] as const) {
		it(`ends the submits that wait for a slot, unsent: ${status} ${code}`, async () => {
			const context = at.run({ environment: { HEYGEN_CONCURRENCY: "1" } });
			at.emulator.control.intercept({
				method: "POST",
				route: "/v3/videos",
				times: Number.POSITIVE_INFINITY,
				action: { status, code },
			});
			const names = ["one", "two", "three"];
			const all = names.map((name) => {
				const own = at.run({ sameRunAs: context, urn: URN.replace("hero", name) });
				return failure(made(own));
			});
			for (const error of await Promise.all(all)) {
				assert.match(error.message, new RegExp(`nothing was paid.*${code}`, "s"));
			}
			assert.deepEqual([submits().length, at.paid()], [1, 0]);
		});
	}

	it("ends them also when it is a 403 of the account itself", async () => {
		const context = at.run({ environment: { HEYGEN_CONCURRENCY: "1" } });
		await context.renders.account();
		at.emulator.control.intercept({
			times: Number.POSITIVE_INFINITY,
			action: { status: 403, code: "forbidden" },
		});
		const names = ["one", "two", "three"];
		const all = names.map((name) =>
			failure(made(at.run({ sameRunAs: context, urn: URN.replace("hero", name) }))),
		);
		for (const error of await Promise.all(all))
			assert.match(error.message, /nothing was paid.*403 forbidden/s);
		assert.ok(submits().length <= 1, `${submits().length} submits`);
	});

	it("is told without a warning that the run does without the search, which it does not", async () => {
		const context = at.run();
		await context.renders.account();
		at.emulator.control.intercept({
			times: Number.POSITIVE_INFINITY,
			action: { status: 403, code: "forbidden" },
		});
		assert.match(
			(await failure(made(context))).message,
			/nothing was paid.*GET \/v3\/users\/me.*403 forbidden/s,
		);
		assert.deepEqual(context.warnings, []);
	});

	it("tells what an empty wallet holds, and how to ask anew where HeyGen may repeat an old answer", async () => {
		at.emulator.control.settings.replayErrors = true;
		at.emulator.control.setBalance("emulator", 6.5);
		const empty = await failure(made(at.run()));
		assert.match(empty.message, /402 insufficient_credit.*The wallet of "emulator" holds USD 6\.50\.$/s);
		at.emulator.control.setBalance("emulator", 100);
		assert.match(
			(await failure(made(at.run()))).message,
			/holds USD 100\.00.*set `revision` to a new value/s,
		);
		await made(at.run(), { ...VIDEO, revision: 2 });
		assert.equal(at.paid(), 1);
	});

	it("while renders run leaves them be, and a fuller wallet renders the rest", async () => {
		at.emulator.control.setBalance("emulator", 14);
		const names = ["one", "two", "three", "four", "five"];
		const up = async () => {
			const context = at.run({ environment: { HEYGEN_CONCURRENCY: "2" } });
			return Promise.allSettled(
				names.map((name) => made(at.run({ sameRunAs: context, urn: URN.replace("hero", name) }))),
			);
		};
		const first = await up();
		assert.deepEqual(
			first.map(({ status }) => status),
			["fulfilled", "fulfilled", "rejected", "rejected", "rejected"],
		);
		assert.ok(submits().length <= 4, `${submits().length} submits, two of them in both slots at once`);
		assert.equal(at.paid(), 2);
		at.emulator.control.setBalance("emulator", 21);
		assert.ok((await up()).every(({ status }) => status === "fulfilled"));
		assert.equal(at.paid(), 5);
	});
});
