import assert from "node:assert/strict";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { remove } from "../../../provider/avatarShotsVideo/delete.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { Unfinished, type Values } from "../../../provider/lifecycle.ts";
import { markedTitle } from "../../../provider/titleMark.ts";
import { type TestContext, URN } from "../../support/context.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const named = (name: string) => URN.replace("hero", name);

describe("a video that an earlier run has submitted", () => {
	const at = scene();
	const later = (seconds: number) => at.emulator.control.clock.advance(seconds);
	const submits = () =>
		at.emulator.control.requests().filter(({ method, path }) => method === "POST" && path === "/v3/videos");
	const keyOf = (inputs: Values = VIDEO) => String(checked(inputs, at.run())["submissionKey"]);
	const submitAs = async (title: string, key: string) => {
		const body = { type: "avatar_shots", prompt: "A baker.", avatar_id: VIDEO.avatarIds, title } as const;
		return (await at.run().heygen().submitVideo(body, key)).videoId;
	};
	/** What the engine does for a resource that is there: it is checked and compared. */
	const goesOn = (context: TestContext, olds: Values, id: string, state: Values, inputs: Values = VIDEO) =>
		diff(id, state, checked(inputs, context, olds), context);

	for (const [name, seconds, expected] of [
		["an hour", HOUR, /submitted 1 h ago: this run did not pay for it\. For a new take, set `revision`\.$/],
		["25 hours", 25 * HOUR, /submitted 25 h ago: .*same project and stack names.*heygen:keyScope/],
		["29 days", 29 * DAY, /Took over the finished video [0-9a-f]{32}, .*submitted 29 days ago/],
	] as const) {
		it(`is taken over ${name} later, without a submit, and the run says so`, async () => {
			const { id } = await made(at.run());
			later(seconds);
			const context = at.run();
			assert.equal((await made(context)).id, id);
			assert.deepEqual([at.paid(), submits().length, context.notes.length], [1, 1, 1]);
			assert.match(context.notes.join(), expected);
		});
	}

	it("is not taken over when that was more than 30 days ago", async () => {
		const { id } = await made(at.run());
		later(31 * DAY);
		assert.notEqual((await made(at.run())).id, id);
		assert.equal(at.paid(), 2);
	});

	it("is waited for while it is still running, and kept when the time is up", async () => {
		at.emulator.control.settings.renderSeconds = 40 * HOUR;
		const inputs = { ...VIDEO, wait: { timeout: "1s" } };
		await made(at.run(), inputs).catch(() => undefined);
		later(25 * HOUR);
		const context = at.run();
		const ended = await made(context, inputs).catch((thrown: unknown) => thrown);
		assert.ok(ended instanceof Unfinished);
		assert.equal(ended.saved.id, at.alive()[0]);
		assert.match(context.notes.join(), /Took over the running video/);
		assert.deepEqual([at.paid(), submits().length], [1, 1]);
	});

	it("is found also when it is a later one of its chain, whose first one has failed", async () => {
		at.emulator.control.failNextRender({ code: "rendering_failed", message: "no" });
		await assert.rejects(made(at.run()), /The render failed/);
		later(60);
		const { id } = await made(at.run());
		later(25 * HOUR);
		assert.equal((await made(at.run())).id, id);
		assert.deepEqual([at.paid(), at.emulator.control.acceptedRenders()], [1, 2]);
	});

	it("is left alone when it has failed or was deleted", async () => {
		at.emulator.control.failNextRender({ code: null, message: null });
		await assert.rejects(made(at.run()), /The render failed/);
		later(25 * HOUR);
		const { id } = await made(at.run());
		await at.run().heygen().deleteVideo(id);
		later(25 * HOUR);
		const next = await made(at.run());
		assert.equal(at.emulator.control.acceptedRenders(), 3);
		assert.equal(next.id, at.alive().at(-1));
	});

	it("is the oldest one where several carry the mark at their end, whole", async () => {
		const title = markedTitle("Kitchen", URN, keyOf());
		await submitAs(`${title} copy`, "copy");
		await submitAs(`${title.slice(0, -2)}]`, "other");
		later(60);
		const oldest = await submitAs(title, "one");
		later(60);
		await submitAs(title, "two");
		later(25 * HOUR);
		assert.equal((await made(at.run())).id, oldest);
	});

	it("is not taken for another text, another revision or another resource", async () => {
		await made(at.run());
		later(25 * HOUR);
		await made(at.run(), { ...VIDEO, prompt: "Other." });
		await made(at.run(), { ...VIDEO, revision: 2 });
		await made(at.run({ urn: named("second") }));
		assert.equal(at.paid(), 4);
	});

	it("is rendered anew when a text comes back whose video was deleted, and taken over when it was retained", async () => {
		const first = await made(at.run());
		later(25 * HOUR);
		await made(at.run(), { ...VIDEO, prompt: "Other." });
		assert.equal((await made(at.run())).id, first.id, "retained");
		await at.run().heygen().deleteVideo(first.id);
		later(25 * HOUR);
		await made(at.run());
		assert.equal(at.paid(), 3);
	});

	it("is the one that a forced replacement keeps", async () => {
		const { id, state } = await made(at.run());
		later(25 * HOUR);
		const context = at.run();
		assert.equal((await made(context)).id, id);
		await remove(id, state, context);
		assert.deepEqual([at.paid(), at.alive()], [1, [id]]);
	});

	it("is not the new take that a replacementTrigger asks for, which is found again itself", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		later(25 * HOUR);
		const take = async (context: TestContext) => {
			checked(VIDEO, context, inputs);
			return create(checked(VIDEO, context), context);
		};
		const interrupted = await take(at.run());
		assert.notEqual(interrupted.id, id);
		later(25 * HOUR);
		const context = at.run();
		assert.equal((await take(context)).id, interrupted.id);
		await remove(id, state, context);
		assert.deepEqual([at.paid(), at.alive()], [2, [interrupted.id]]);
	});

	it("stays with the resource that was renamed; the new one of the old name finds its own again", async () => {
		const inputs = checked(VIDEO, at.run());
		const { id, state } = await create(inputs, at.run());
		later(25 * HOUR);
		const beside = (intro: TestContext) => {
			goesOn(intro, inputs, id, state);
			return made(at.run({ sameRunAs: intro }));
		};
		const hero = await beside(at.run({ urn: named("intro") }));
		assert.notEqual(hero.id, id);
		later(25 * HOUR);
		assert.equal((await beside(at.run({ urn: named("intro") }))).id, hero.id, "after a lost state");
		assert.deepEqual([at.paid(), at.alive()], [2, [id, hero.id]]);
	});

	it("is not taken from one of two resources that hold it, when the other one is replaced by force", async () => {
		const { id, state } = await made(at.run());
		later(25 * HOUR);
		const second = at.run({ urn: named("second") });
		goesOn(second, checked(VIDEO, second), id, state);
		const hero = at.run({ sameRunAs: second });
		const next = await made(hero);
		assert.notEqual(next.id, id);
		await remove(id, state, hero);
		assert.deepEqual(at.alive(), [id, next.id]);
	});

	it("is held by no second resource as soon as it is taken over", async () => {
		const { id } = await made(at.run());
		later(25 * HOUR);
		const hero = at.run();
		await made(hero);
		const second = at.run({ sameRunAs: hero, urn: named("second") });
		await assert.rejects(
			create(checked({ ...VIDEO, adoptVideoId: id, prompt: "Other." }, second), second),
			/held by the resource "hero"/,
		);
	});

	it("is not looked for when adoptVideoId names one", async () => {
		const { id } = await made(at.run());
		later(25 * HOUR);
		at.emulator.control.clearRequests();
		const context = at.run();
		const adopted = await create(checked({ ...VIDEO, adoptVideoId: id, prompt: "Other." }, context), context);
		assert.equal(adopted.id, id);
		assert.deepEqual(
			at.emulator.control.requests().filter(({ route }) => route === "/v3/videos"),
			[],
		);
	});
});
