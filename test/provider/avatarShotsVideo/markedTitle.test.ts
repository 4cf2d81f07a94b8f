import assert from "node:assert/strict";
import type { InterceptionAction } from "../../../emulator/index.ts";
import { isMarked } from "../../../provider/titleMark.ts";
import { URN } from "../../support/context.ts";
import type { TestServer } from "../../support/httpServer.ts";
import { rewriting } from "../../support/rewriting.ts";
import { checked, made, scene, VIDEO } from "./support.ts";

const named = (name: string) => URN.replace("hero", name);

describe("the title of a new video", () => {
	const at = scene();
	let server: TestServer | undefined;
	afterEach(async () => {
		await server?.close();
		server = undefined;
	});
	const titles = () => at.emulator.control.videos().map(({ body }) => body.title ?? "");
	const answer = (action: InterceptionAction, times = 1) =>
		at.emulator.control.intercept({ method: "POST", route: "/v3/videos", times, action });

	it("carries the mark of the first key of the chain, and the state the user's title alone", async () => {
		const key = String(checked(VIDEO, at.run())["submissionKey"]);
		at.emulator.control.failNextRender({ code: null, message: null });
		await made(at.run(), { ...VIDEO, title: "Kitchen" }).catch(() => undefined);
		at.emulator.control.clock.advance(60);
		const { state } = await made(at.run());
		assert.ok(titles().every((title) => isMarked(title, key)));
		assert.deepEqual(
			titles().map((title) => title.replace(/ph[0-9a-f]{12}/, "ph…")),
			["Kitchen [ph…]", "hero [ph…]"],
		);
		assert.equal("title" in state, false);
		assert.equal((await made(at.run(), { ...VIDEO, title: "Kitchen" })).state["title"], "Kitchen");
	});

	for (const [name, fields] of [
		["names it", { message: "too long", param: "title" }],
		["speaks of it", { message: "the title is too long" }],
	] as const) {
		it(`is told with its mark, and the way to have none, when a refusal ${name}`, async () => {
			answer({ status: 400, code: "invalid_parameter", ...fields }, 2);
			await assert.rejects(
				made(at.run(), { ...VIDEO, title: "Kitchen" }),
				/nothing was paid.*too long.*the mark \[ph[0-9a-f]{12}\] was added.*heygen:markTitles false/s,
			);
			const context = at.run({ environment: { HEYGEN_MARK_TITLES: "false" } });
			const error = await made(context, { ...VIDEO, title: "Kitchen" }).catch((thrown: Error) => thrown);
			assert.ok(error instanceof Error);
			assert.match(error.message, /too long/);
			assert.doesNotMatch(error.message, /mark/);
		});
	}

	it("is warned of, once a run, where HeyGen does not keep its mark", async () => {
		server = await rewriting(at.emulator.url, ({ text, date }) => ({
			text: text.replace(/ \[ph[0-9a-f]{12}\]/, ""),
			date,
		}));
		const hero = at.run({ baseUrl: server.url });
		await made(hero);
		const second = at.run({ baseUrl: server.url, sameRunAs: hero, urn: named("second") });
		await made(second);
		assert.match(
			[...hero.warnings, ...second.warnings].join("\n"),
			/^HeyGen keeps the title of video [0-9a-f]{32} without the mark \[ph[0-9a-f]{12}\][^\n]*24 hours later is paid again\.$/,
		);
	});

	for (const [setting, within] of [
		["true", "30 days"],
		["false", "24 hours"],
	] as const) {
		it(`decides how long a lost answer is free to repeat: ${within} with heygen:markTitles ${setting}`, async () => {
			answer("lose-answer", 8);
			await assert.rejects(
				made(at.run({ environment: { HEYGEN_MARK_TITLES: setting } })),
				new RegExp(`may have been accepted.*again within ${within}: it takes over what was accepted`, "s"),
			);
		});
	}
});
