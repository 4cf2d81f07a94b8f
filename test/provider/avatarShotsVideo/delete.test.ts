import assert from "node:assert/strict";
import { create } from "../../../provider/avatarShotsVideo/create.ts";
import { remove } from "../../../provider/avatarShotsVideo/delete.ts";
import { diff } from "../../../provider/avatarShotsVideo/diff.ts";
import { read } from "../../../provider/avatarShotsVideo/read.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { rewriting } from "../../support/rewriting.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const READS = { method: "GET", route: /^\/v3\/videos\/(statuses|\{id\})$/, times: Number.POSITIVE_INFINITY };

describe("deleting a video", () => {
	const at = scene();

	it("removes the old one of a replacementTrigger, also after a refresh in the same run", async () => {
		const first = at.run();
		const inputs = checked(VIDEO, first);
		const { id, state } = await create(inputs, first);

		const context = at.run();
		await read(id, state, context);
		diff(id, state, inputs, context);
		checked(VIDEO, context, inputs);
		const next = await create(checked(VIDEO, context), context);
		await remove(id, state, context);
		assert.deepEqual([at.paid(), at.alive()], [2, [next.id]]);
	});

	for (const [name, changed] of [
		["failed", { prompt: "A baker drops the tray. [fail]" }],
		["could not be waited for", { revision: 2, wait: { timeout: "1s" } }],
	] as const) {
		it(`leaves the video of a resource whose replacement ${name}, though the state holds it twice`, async () => {
			const { id, state } = await made(at.run());
			const context = at.run();
			const inputs = checked({ ...VIDEO, ...changed }, context, checked(VIDEO, at.run()));
			diff(id, state, inputs, context);
			if ("revision" in changed) at.emulator.control.intercept({ ...READS, action: { status: 503 } });
			await assert.rejects(create(checked({ ...VIDEO, ...changed }, context), context));
			await remove(id, state, context);
			assert.ok(at.alive().includes(id));
			assert.match(context.notes.join(), /is kept at HeyGen: the stack still uses it/);
		});
	}

	it("leaves one that the same run has taken over", async () => {
		const { id, state } = await made(at.run());
		const context = at.run();
		assert.equal((await made(context)).id, id);
		await remove(id, state, context);
		assert.deepEqual(at.alive(), [id]);
	});

	it("is done when it was deleted before", async () => {
		const { id, state } = await made(at.run());
		await remove(id, state, at.run());
		await remove(id, state, at.run());
	});
});

describe("a colleague of the one who made a video", () => {
	const at = scene();
	let server: TestServer;
	beforeEach(async () => {
		server = await rewriting(at.emulator.url, ({ text, date }, path) => ({
			text: path === "/v3/users/me" ? text.replace('"emulator"', '"bob"') : text,
			date,
		}));
	});
	afterEach(() => server.close());
	const bob = () => at.run({ baseUrl: server.url });

	it("deletes it, also when the answer is lost", async () => {
		const { id, state } = await made(at.run());
		at.emulator.control.intercept({ method: "DELETE", action: "lose-answer" });
		await remove(id, state, bob());
		assert.deepEqual(at.alive(), []);
	});

	it("may find it gone once another one of the same account is seen", async () => {
		const gone = await made(at.run());
		const there = await made(at.run(), { ...VIDEO, revision: 2 });
		await at.run().heygen().deleteVideo(gone.id);
		const context = bob();
		assert.equal((await read(there.id, there.state, context))?.id, there.id);
		assert.equal(await read(gone.id, gone.state, context), undefined);
		await remove(gone.id, gone.state, context);
	});

	it("is told the way out when nothing tells whether it is gone or another account's", async () => {
		const { id, state } = await made(at.run());
		await at.run().heygen().deleteVideo(id);
		const error = await remove(id, state, bob()).catch((thrown: Error) => thrown);
		assert.ok(error instanceof Error);
		assert.match(
			error.message,
			/belongs to the HeyGen account "emulator".*pulumi state delete 'urn:.*hero'/s,
		);
		assert.doesNotMatch(error.message, /Nothing was changed/);
	});
});
