import assert from "node:assert/strict";
import fc from "fast-check";
import {
	BodyNotJson,
	NotAnEvent,
	parseWebhookEvent,
	WebhookError,
	type WebhookEvent,
} from "../../../heygen/webhooks/index.ts";

const VIDEO = "5f0c2a9be1d84c7fa3b6d2107e94c815";
const PAGE = `https://app.heygen.com/videos/${VIDEO}`;

const parse = (body: unknown, headers = {}): WebhookEvent => parseWebhookEvent(JSON.stringify(body), headers);
const fail = (data: object) =>
	parse({ event_type: "avatar_video.fail", event_data: { video_id: VIDEO, ...data } }).data;

describe("the event in a webhook", () => {
	it("of a completed video is typed, in camelCase, with the body as it came", () => {
		const body = {
			event_id: "evt-1",
			event_type: "avatar_video.success",
			created_at: "2026-07-30T09:20:11Z",
			event_data: {
				video_id: VIDEO,
				url: "https://files2.heygen.ai/example/out.mp4?Expires=1",
				gif_download_url: null,
				video_page_url: PAGE,
				video_share_page_url: null,
				folder_id: "",
				callback_id: "spring",
			},
		};
		assert.deepEqual(parse(body), {
			type: "avatar_video.success",
			eventId: "evt-1",
			createdAt: "2026-07-30T09:20:11Z",
			data: {
				videoId: VIDEO,
				url: "https://files2.heygen.ai/example/out.mp4?Expires=1",
				gifDownloadUrl: undefined,
				videoPageUrl: PAGE,
				videoSharePageUrl: undefined,
				folderId: undefined,
				callbackId: "spring",
			},
			raw: body,
		});
	});

	it("of a failed render has one form, whichever HeyGen sends", () => {
		const none = { videoId: VIDEO, code: undefined, message: undefined, callbackId: undefined };
		assert.deepEqual(fail({}), none);
		assert.deepEqual(fail({ msg: "render failed", callback_id: null }), {
			...none,
			message: "render failed",
		});
		assert.deepEqual(fail({ error: "render failed" }), { ...none, message: "render failed" });
		const both = { ...none, code: "moderation", message: "refused" };
		assert.deepEqual(fail({ failure_code: "moderation", failure_message: "refused", msg: "" }), both);
		assert.deepEqual(fail({ error: { code: "moderation", message: "refused" } }), both);
	});

	it("of an unknown type passes through as it is", () => {
		const event = parse({ event_type: "hologram.success", event_data: { deep: { list: [null, ""] } } });
		const type: string = event.type;
		assert.equal(type, "hologram.success");
		assert.deepEqual(event.data, { deep: { list: [null, ""] } });
		assert.deepEqual([event.eventId, event.createdAt], [undefined, undefined]);
	});

	it("may have no data", () => {
		assert.deepEqual(parse({ event_type: "batch.finished" }).data, {});
		assert.deepEqual(parse({ event_type: "batch.finished", event_data: null }).data, {});
	});

	it("is narrowed by its type, for the compiler too", () => {
		const describeEvent = (event: WebhookEvent): string => {
			switch (event.type) {
				case "avatar_video.success":
					return event.data.videoPageUrl ?? event.data.videoId;
				case "avatar_video.fail":
					return event.data.message ?? event.data.videoId;
				case "batch.finished":
					return String(event.data["batch_id"]);
				default: {
					const type: string = event.type;
					return type;
				}
			}
		};
		assert.equal(describeEvent(parse({ event_type: "batch.finished", event_data: { batch_id: 7 } })), "7");
		assert.equal(describeEvent(parse({ event_type: "hologram.fail" })), "hologram.fail");
	});

	it("has its id from the body, else from the header", () => {
		const headers = { "Heygen-Event-Id": "evt-header" };
		assert.equal(parse({ event_type: "x", event_id: "evt-body" }, headers).eventId, "evt-body");
		assert.equal(parse({ event_type: "x", event_id: "" }, headers).eventId, "evt-header");
		assert.equal(parse({ event_type: "x" }, new Headers(headers)).eventId, "evt-header");
	});

	it("is read from bytes as from a string", () => {
		const body = '{"event_type":"x","event_data":{"title":"Größe ✓"}}';
		assert.deepEqual(parseWebhookEvent(new TextEncoder().encode(body)), parseWebhookEvent(body));
	});

	it("is missed, with a text that says what, when the body is no JSON", () => {
		for (const body of ["", " ", "<html>", '{"event_type":', Buffer.from([0x22, 0xff, 0x22])]) {
			assert.throws(() => parseWebhookEvent(body), BodyNotJson);
		}
		assert.throws(() => parseWebhookEvent(""), /The body is empty/);
		const parsed = JSON.parse("{}");
		assert.throws(() => parseWebhookEvent(parsed), BodyNotJson);
	});

	it("is missed, with a text that names the field, when the JSON is none", () => {
		for (const body of [null, 1, "x", [], [{ event_type: "x" }]])
			assert.throws(() => parse(body), NotAnEvent);
		assert.throws(() => parse({}), /no `event_type`/);
		assert.throws(() => parse({ event_type: 7 }), /no `event_type`/);
		assert.throws(() => parse({ event_type: "x", event_data: "text" }), /`event_data` is no object/);
		for (const video_id of [undefined, null, "", 7]) {
			for (const event_type of ["avatar_video.success", "avatar_video.fail"]) {
				assert.throws(
					() => parse({ event_type, event_data: { video_id } }),
					/`event_data\.video_id` is missing/,
				);
			}
		}
	});

	it("takes no field from an object's prototype", () => {
		const body = `{"event_type":"avatar_video.fail","event_data":{"__proto__":{"video_id":"${VIDEO}"}}}`;
		assert.throws(() => parseWebhookEvent(body), NotAnEvent);
	});

	it("or a WebhookError is what any body ends in", () => {
		const types = fc.constantFrom("avatar_video.success", "avatar_video.fail", "x");
		const anything = fc.anything({ withNullPrototype: true });
		const events = fc
			.record({ event_type: fc.oneof(types, anything), event_data: anything, event_id: anything })
			.map((event) =>
				JSON.stringify(event, (_, value) => (typeof value === "bigint" ? String(value) : value)),
			);
		const bodies = fc.oneof(fc.uint8Array(), fc.string(), fc.json(), events);
		fc.assert(
			fc.property(bodies, fc.dictionary(fc.string(), fc.string()), (body, headers) => {
				try {
					assert.notEqual(parseWebhookEvent(body, headers).type, "");
				} catch (error) {
					assert.ok(error instanceof WebhookError, String(error));
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it("or a WebhookError is what deep nesting ends in", () => {
		const depth = 200_000;
		const nested = `{"event_type":"x","event_data":{"list":${"[".repeat(depth)}${"]".repeat(depth)}}}`;
		try {
			parseWebhookEvent(nested);
		} catch (error) {
			assert.ok(error instanceof WebhookError, String(error));
		}
		assert.throws(() => parseWebhookEvent("[".repeat(depth)), BodyNotJson);
	});
});
