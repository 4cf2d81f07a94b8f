import assert from "node:assert/strict";
import { EMULATOR_LOOKS } from "../../emulator/index.ts";
import { assetIdOf, at, clientOf, GOOD, idOf, perTest, refused } from "./support.ts";

const PNG = "iVBORw0KGgo=";
const image = (name: number) => ({ type: "url", url: `https://cdn.example.net/${name}.png` });
const video = (name: number) => ({ type: "url", url: `https://cdn.example.net/${name}.mp4?size=2` });
const base64 = (media_type: string, data: string) => ({ type: "base64", media_type, data });
const SUBTITLES = "1\n00:00:00,000 --> 00:00:01,000\nHi\n";
const list = (count: number, make: (name: number) => object) =>
	Array.from({ length: count }, (_, at) => make(at));

describe("emulator: what a submit must look like", () => {
	const { start } = perTest();

	const WRONG: [string, object, param: string | undefined][] = [
		["an empty prompt", { prompt: "" }, "prompt"],
		["10,001 characters", { prompt: "x".repeat(10_001) }, "prompt"],
		["no prompt", { prompt: undefined }, "prompt"],
		["no look", { avatar_id: [] }, "avatar_id"],
		["four looks", { avatar_id: Array(4).fill(EMULATOR_LOOKS.lobby) }, "avatar_id"],
		["a look as a string", { avatar_id: EMULATOR_LOOKS.lobby }, "avatar_id"],
		["the ratio 4:5", { aspect_ratio: "4:5" }, "aspect_ratio"],
		["4k", { resolution: "4k" }, "resolution"],
		["3 seconds", { duration: 3 }, "duration"],
		["16 seconds", { duration: 16 }, "duration"],
		["7.5 seconds", { duration: 7.5 }, "duration"],
		["seconds as a string", { duration: "8" }, "duration"],
		["a duration beside auto_duration", { duration: 8, auto_duration: true }, "duration"],
		["enhance_prompt as a string", { enhance_prompt: "yes" }, "enhance_prompt"],
		["a number as title", { title: 7 }, "title"],
		["another type", { type: "avatar" }, "type"],
		["no type", { type: undefined }, "type"],
		["an unknown field", { voice_id: "x" }, "voice_id"],
		["an unknown field in a reference", { references: [{ ...image(1), name: "x" }] }, "references"],
		["a reference of no kind", { references: [{ type: "file" }] }, "references"],
		["a reference on disk", { references: [{ type: "url", url: "file:///a.png" }] }, "references"],
		[
			"a PNG declared as a JPEG",
			{ references: [{ type: "base64", media_type: "image/jpeg", data: PNG }] },
			"references",
		],
		["a GIF", { references: [base64("image/gif", "R0lGODlhAAAA")] }, "references"],
		[
			"subtitles",
			{ references: [base64("application/x-subrip", Buffer.from(SUBTITLES).toString("base64"))] },
			"references",
		],
		["nine images and a look", { references: list(9, image) }, "references"],
		["four videos", { references: list(4, video) }, "references"],
	];

	for (const [name, changes, param] of WRONG) {
		it(`refuses ${name} and names ${param}`, async () => {
			const emulator = await start();
			refused(await clientOf(emulator).submit(changes), 400, "invalid_parameter", param);
			assert.equal(emulator.control.acceptedRenders(), 0);
		});
	}

	it("refuses a body that is not JSON, or not an object", async () => {
		const client = clientOf(await start());
		for (const body of ["{", "", "[]", "null", '"text"']) {
			refused(await client.call("POST", "/v3/videos", body), 400, "invalid_parameter");
		}
	});

	it("refuses more than 32 MiB", async () => {
		const client = clientOf(await start());
		const answer = await client.call("POST", "/v3/videos", " ".repeat(32 * 1024 * 1024 + 1));
		refused(answer, 413, "payload_too_large");
	});

	it("takes everything at its limit", async () => {
		const client = clientOf(await start());
		const asset_id = assetIdOf(await client.upload(Buffer.from(PNG, "base64")));
		idOf(
			await client.submit({
				type: "cinematic_avatar",
				prompt: "🎬".repeat(10_000),
				avatar_id: [EMULATOR_LOOKS.studioDesk, EMULATOR_LOOKS.lobby, EMULATOR_LOOKS.ownTwin],
				references: [
					...list(4, image),
					...list(3, video),
					{ type: "base64", media_type: "image/png", data: PNG },
					{ type: "asset_id", asset_id },
				],
				aspect_ratio: "9:16",
				resolution: "1080p",
				duration: 15,
				enhance_prompt: true,
				title: null,
				callback_url: "https://hooks.example.net/x",
				callback_id: "x",
			}),
		);
	});

	it("tells why a look cannot be used", async () => {
		const client = clientOf(await start());
		const submit = (id: string) => client.submit({ avatar_id: [id] });
		refused(await submit(EMULATOR_LOOKS.inTraining), 409, "resource_not_ready");
		refused(await submit(EMULATOR_LOOKS.withoutConsent), 400, "avatar_consent_required");
		refused(await submit(EMULATOR_LOOKS.notUsable), 400, "avatar_not_usable");
		assert.match(refused(await submit("deadbeef"), 404, "avatar_not_found"), /deadbeef/);

		const { body } = await client.get(`/v3/avatars/looks/${EMULATOR_LOOKS.studioDesk}`);
		const group = String(at(body, "data", "group_id"));
		refused(await submit(group), 400, "invalid_parameter", "avatar_id");
	});

	it("can be told to take one type only", async () => {
		const emulator = await start({ acceptedTypes: ["cinematic_avatar"] });
		const client = clientOf(emulator);
		refused(await client.submit(), 400, "invalid_parameter", "type");
		idOf(await client.submit({ type: "cinematic_avatar" }));
	});

	it("can be told to let unknown fields pass, and nothing else", async () => {
		const client = clientOf(await start({ unknownFields: "ignore" }));
		idOf(await client.submit({ voice_id: "x", references: [{ ...image(1), name: "x" }] }));
		refused(await client.submit({ voice_id: "x", duration: 3 }), 400, "invalid_parameter", "duration");
	});

	it("can be told to refuse callbacks", async () => {
		const client = clientOf(await start({ callbackUrl: "reject" }));
		const answer = await client.submit({ callback_url: "https://hooks.example.net/x" });
		refused(answer, 400, "invalid_parameter", "callback_url");
	});

	it("words a refusal as HeyGen does: sorted keys, no empty param, a page about the code, a request id", async () => {
		const client = clientOf(await start());
		const { body, headers } = await client.submit({ prompt: "" });
		assert.deepEqual(Object.keys(Object(at(body, "error"))), ["code", "doc_url", "message", "param"]);
		assert.match(String(at(body, "error", "doc_url")), /#invalid-parameter$/);
		assert.match(headers.get("x-request-id") ?? "", /./);
		const missing = await client.get("/v3/nothing-here");
		refused(missing, 404, "not_found");
		assert.deepEqual(Object.keys(Object(at(missing.body, "error"))), ["code", "doc_url", "message"]);
	});

	it("keeps what was submitted", async () => {
		const emulator = await start();
		await clientOf(emulator).submit({ title: "Kitchen" }, "key-1");
		const [kept] = emulator.control.videos();
		assert.deepEqual(kept?.body, { ...GOOD, title: "Kitchen" });
		assert.equal(kept?.idempotencyKey, "key-1");
	});
});
