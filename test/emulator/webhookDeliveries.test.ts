import assert from "node:assert/strict";
import type { EmulatorOptions } from "../../emulator/index.ts";
import { at, clientOf, idOf, perTest, refused } from "./support.ts";
import { ENDPOINTS, eventIdsAt, type Receiver, receivers, signed, tried, userOf } from "./webhooks.ts";

const typesAt = ({ received }: Receiver) => received.map(({ body }) => at(body, "event_type"));

describe("emulator: deliveries to webhook endpoints", () => {
	const { start } = perTest();
	const receiver = receivers();
	const open = async (options: EmulatorOptions = {}) => {
		const emulator = await start(options);
		return { emulator, control: emulator.control, ...userOf(emulator) };
	};

	it("tells of a rendered video, with a signature of the bytes under both names", async () => {
		const { emulator, control, register, submit, call } = await open();
		const target = await receiver();
		const { secret, id: endpointId } = await register(`${target.url}/hook?team=a`);
		const id = idOf(await submit({ callback_id: "mine" }));
		control.clock.advance(20);
		const doneMs = control.clock.now();
		const [post] = await target.got(1);
		assert(post);
		assert.equal(post.path, "/hook?team=a");
		assert.equal(post.headers["content-type"], "application/json");
		assert.equal(post.headers["heygen-signature"], signed(post.text, secret));
		assert.equal(post.headers["signature"], post.headers["heygen-signature"]);
		const signedAt = Number(post.headers["heygen-timestamp"]);
		const gotAt = control.clock.now() / 1000;
		assert(Math.floor(doneMs / 1000) <= signedAt && signedAt <= gotAt, `${doneMs}, ${signedAt}, ${gotAt}`);

		const link = String(at(post.body, "event_data", "url"));
		assert.deepEqual(post.body, {
			event_id: post.headers["heygen-event-id"],
			event_type: "avatar_video.success",
			created_at: at(post.body, "created_at"),
			event_data: {
				video_id: id,
				url: link,
				gif_download_url: `${emulator.url}/files/${id}/preview.gif`,
				video_page_url: `${emulator.url}/videos/${id}`,
				video_share_page_url: null,
				folder_id: null,
				callback_id: "mine",
			},
		});
		assert.match(String(at(post.body, "created_at")), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		assert(link.startsWith(`${emulator.url}/files/${id}/video.mp4?`));
		assert.equal((await fetch(link, { method: "HEAD" })).status, 200);

		await tried(emulator, 1);
		const { at: sentMs, ...delivery } = control.webhookDeliveries()[0] ?? { at: 0 };
		assert.deepEqual(delivery, {
			eventId: post.headers["heygen-event-id"],
			endpointId,
			url: `${target.url}/hook?team=a`,
			status: 200,
			error: null,
			attempt: 1,
			next: null,
		});
		assert(signedAt * 1000 <= sentMs && sentMs <= control.clock.now(), `${signedAt}, ${sentMs}`);
		await call("POST", `${ENDPOINTS}/${endpointId}/rotate-secret`);
		const told = JSON.stringify([control.webhookDeliveries(), control.requests()]);
		assert(!/whsec_|Signature=[^…]/.test(told), told);
	});

	it("tells of a failed video, also of one that fails at once", async () => {
		const { control, register, submit } = await open();
		const target = await receiver();
		await register(target.url);
		const id = idOf(await submit({ prompt: "[fail-now: moderation: Not this.]", callback_id: "mine" }));
		const [first] = await target.got(1);
		assert.equal(at(first?.body, "event_type"), "avatar_video.fail");
		assert.deepEqual(at(first?.body, "event_data"), {
			video_id: id,
			msg: "Not this.",
			callback_id: "mine",
			failure_code: "moderation",
			failure_message: "Not this.",
		});
		await submit({ prompt: "[fail: null]" });
		control.clock.advance(20);
		const [, second] = await target.got(2);
		assert.equal(at(second?.body, "event_data", "failure_code"), null);
	});

	it("comes by itself when the time has passed", async () => {
		const { emulator, control, register, submit } = await open({ queueSeconds: 0.1, renderSeconds: 0.2 });
		const target = await receiver();
		await register(target.url);
		idOf(await submit());
		await target.got(1);
		await tried(emulator, 1);
		const waitedMs = Number(control.webhookDeliveries()[0]?.at) - Number(control.videos()[0]?.createdAt);
		assert(waitedMs >= 300, `${waitedMs} ms`);
	});

	it("signs under the name that it is told to", async () => {
		const { control, register } = await open({ webhookSignature: "Signature" });
		const target = await receiver();
		const { secret } = await register(target.url);
		control.sendEvent("batch.finished", {});
		const [first] = await target.got(1);
		assert.equal(first?.headers["heygen-signature"], undefined);
		assert.equal(first?.headers["signature"], signed(first?.text ?? "", secret));
		control.settings.webhookSignature = "Heygen-Signature";
		control.sendEvent("batch.finished", {});
		const [, second] = await target.got(2);
		assert.equal(second?.headers["signature"], undefined);
		assert.equal(second?.headers["heygen-signature"], signed(second?.text ?? "", secret));
	});

	it("tells each endpoint of its events, its entity, and its account alone", async () => {
		const accounts = [
			{ apiKey: "one", username: "one" },
			{ apiKey: "two", username: "two" },
		];
		const { emulator, control, register } = await open({ accounts });
		const other = userOf(emulator, "two");
		const [all, failures, entity, stranger] = [
			await receiver(),
			await receiver(),
			await receiver(),
			await receiver(),
		];
		await register(all.url);
		const changing = await register(failures.url, { events: ["avatar_video.success"] });
		await userOf(emulator).call("PATCH", changing.path, { events: ["avatar_video.fail"] });
		await register(entity.url, { entity_id: "v2" });
		await other.register(stranger.url);
		control.sendEvent("avatar_video.success", { video_id: "v1" });
		control.sendEvent("avatar_video.fail", { video_id: "v2" });
		control.sendEvent("batch.finished", {}, "two");
		await tried(emulator, 5);
		assert.deepEqual(typesAt(all).sort(), ["avatar_video.fail", "avatar_video.success"]);
		assert.deepEqual(typesAt(failures), ["avatar_video.fail"]);
		assert.deepEqual(typesAt(entity), ["avatar_video.fail"]);
		assert.deepEqual(typesAt(stranger), ["batch.finished"]);
		assert.equal((await other.events()).length, 1);
	});

	it("tells nothing to an endpoint that came after the end, and nothing of a video deleted before it", async () => {
		const { emulator, control, register, submit, events, delete: remove } = await open();
		const target = await receiver();
		idOf(await submit());
		control.clock.advance(20);
		await register(target.url);
		const deleted = idOf(await submit());
		await remove(`/v3/videos/${deleted}`);
		control.clock.advance(20);
		const kept = idOf(await submit());
		control.clock.advance(20);
		await remove(`/v3/videos/${kept}`);
		await target.got(1);
		await tried(emulator, 1);
		assert.equal(at(target.received[0]?.body, "event_data", "video_id"), kept);
		assert.equal((await events()).length, 2);
	});

	it("posts to the `callback_url` of a video without a signature, and again until it is taken", async () => {
		const { emulator, control, register, submit } = await open();
		const [target, callback] = [await receiver(), await receiver()];
		callback.answer = 503;
		await register(target.url);
		idOf(await submit({ callback_url: `${callback.url}/done`, callback_id: "mine" }));
		control.clock.advance(20);
		const [told] = await target.got(1);
		const [post] = await callback.got(1);
		const { url: _one, ...data } = at(told?.body, "event_data") as Record<string, unknown>;
		const { url: _two, ...same } = at(post?.body, "event_data") as Record<string, unknown>;
		assert.deepEqual([same, post?.path], [data, "/done"]);
		assert.equal(post?.headers["heygen-event-id"], told?.headers["heygen-event-id"]);
		assert.equal(post?.headers["heygen-signature"] ?? post?.headers["signature"], undefined);
		await tried(emulator, 2);
		callback.answer = 204;
		control.clock.advance(40);
		await callback.got(2);
		await tried(emulator, 3);
		const last = control.webhookDeliveries().at(-1);
		assert.deepEqual([last?.endpointId, last?.status, last?.next], ["callback", 204, null]);
	});

	it("lists events by type and entity, in pages, the newest first", async () => {
		const { control, events, get } = await open();
		for (let i = 0; i < 12; i++) control.sendEvent("avatar_video.success", { video_id: `v${i}` });
		const id = control.sendEvent("batch.finished", { batch_id: "b" });
		const [newest] = await events();
		assert.deepEqual(newest, {
			event_id: id,
			event_type: "batch.finished",
			event_data: { batch_id: "b" },
			created_at: at(newest, "created_at"),
		});
		const first = await get("/v3/webhooks/events?event_type=avatar_video.success");
		const rest = await events(`?event_type=avatar_video.success&token=${at(first.body, "next_token")}`);
		assert.deepEqual(
			rest.map((event) => at(event, "event_data", "video_id")),
			["v1", "v0"],
		);
		assert.equal((await events("?entity_id=v7")).length, 1);
		assert.equal((await events("?limit=100")).length, 13);
		refused(await get("/v3/webhooks/events?event_type=nothing"), 400, "invalid_parameter", "event_type");
		refused(await get("/v3/webhooks/events?limit=101"), 400, "invalid_parameter", "limit");
	});

	it("sends an event again, under its id, also over HTTP", async () => {
		const { emulator, control, register } = await open();
		const target = await receiver();
		const early = control.sendEvent("batch.finished", {});
		await register(target.url);
		control.resendEvent(early);
		await target.got(1);
		const { call } = clientOf({ ...emulator, apiKey: "" });
		const sent = await call("POST", "/_emulator/events", { type: "avatar_video.fail", data: { a: 1 } });
		await target.got(2);
		const late = String(at(sent.body, "eventId"));
		assert.equal((await call("POST", `/_emulator/events/${late}/resend`)).status, 200);
		await target.got(3);
		assert.deepEqual(eventIdsAt(target), [early, late, late]);
		await tried(emulator, 3);
		const shown = await call("GET", "/_emulator/webhook-deliveries");
		assert.deepEqual(shown.body, control.webhookDeliveries());
		const endpoints = await call("GET", "/_emulator/webhook-endpoints");
		assert.deepEqual(endpoints.body, control.webhookEndpoints());

		refused(await call("POST", "/_emulator/events/none/resend"), 400, "invalid_parameter");
		assert.throws(() => control.resendEvent("none"), TypeError);
		assert.throws(() => control.sendEvent("avatar_video.done", {}), TypeError);
		assert.throws(() => control.sendEvent("batch.finished", {}, "nobody"), TypeError);
	});
});
