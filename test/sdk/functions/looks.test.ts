import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EMULATOR_LOOKS } from "../../../emulator/index.ts";
import * as heygen from "../../../sdk/index.ts";
import { held, perTest, says } from "./support.ts";

describe("getAvatarLooks", () => {
	const test = perTest();

	it("gives all looks over all pages, in HeyGen's order", async () => {
		const { seen } = await test.server(({ url = "" }) => {
			const second = url.includes("token=two");
			const ids = second ? ["c"] : ["b", "a"];
			const data = ids.map((id) => ({ id, name: id.toUpperCase(), avatar_type: "brand_new_type" }));
			return { data, has_more: !second, next_token: second ? null : "two" };
		});
		const looks = await heygen.getAvatarLooks();
		assert.deepEqual(
			looks.map(({ id }) => id),
			["b", "a", "c"],
		);
		assert.equal(looks[0]?.avatarType, "brand_new_type");
		assert.deepEqual(seen, ["/v3/avatars/looks?limit=50", "/v3/avatars/looks?limit=50&token=two"]);
	});

	it("tells a look in camelCase, and what HeyGen does not tell as undefined", async () => {
		const { url } = await test.emulator();
		const looks = await heygen.getAvatarLooks({ ownership: "private" });
		assert.deepEqual(
			looks.find(({ id }) => id === EMULATOR_LOOKS.notUsable),
			{
				id: EMULATOR_LOOKS.notUsable,
				name: "Our mascot",
				avatarType: "photo_avatar",
				groupId: "e1000000000000000000000000000f05",
				gender: "male",
				status: "failed",
				error: { code: "avatar_not_usable", message: "The picture did not pass moderation" },
				preferredOrientation: "square",
				imageWidth: 1080,
				imageHeight: 1080,
				previewImageUrl: `${url}/looks/${EMULATOR_LOOKS.notUsable}/preview.jpg`,
				previewVideoUrl: undefined,
				tags: [],
			},
		);
	});

	it("filters by ownership, type and group together", async () => {
		await test.emulator();
		const groupId = "e1000000000000000000000000000f05";
		const args = { ownership: "private", avatarType: "digital_twin", groupId } as const;
		const looks = await heygen.getAvatarLooks(args);
		assert.deepEqual(
			looks.map(({ name }) => name),
			["Our presenter", "Our new colleague", "Our guest"],
		);
		assert.deepEqual(await heygen.getAvatarLooks({ ...args, groupId: "nobody" }), []);
	});

	it("names itself and the right word for a wrong argument, before anything is sent", async () => {
		const emulator = await test.emulator();
		const wrong = (args: object) => heygen.getAvatarLooks(args);
		await says(
			wrong({ avatar_type: "digital_twin", nonsense: 1 }),
			/^getAvatarLooks: avatar_type: there is no such input; did you mean avatarType\? nonsense: there is no such input\.$/,
		);
		await says(wrong({ type: "digital_twin" }), /did you mean avatarType\?/);
		await says(wrong({ avatarType: "twin" }), /avatarType: must be one of "studio_avatar", .*; got "twin"/);
		await says(wrong({ ownership: "mine" }), /ownership: must be one of "public", "private"; got "mine"/);
		await says(wrong({ groupId: "" }), /groupId: must be an avatar group's id; got ""/);
		await says(wrong(["private"]), /the arguments are one object, as in getAvatarLooks\(\{ … \}\)/);
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("leaves presigned previews out of outputs, so that ids stay readable", async () => {
		const signed = "https://files.example/p.jpg?Expires=1&Signature=s3cr3t";
		const look = { id: "look1", name: "Ada", avatar_type: "digital_twin", preview_image_url: signed };
		await test.server(() => ({ data: [{ ...look, preview_video_url: "https://files.example/p.mp4" }] }));
		const [plain] = await heygen.getAvatarLooks();
		assert.equal(plain?.previewImageUrl, signed);

		const looks = heygen.getAvatarLooksOutput();
		assert.equal(await pulumi.isSecret(looks), false);
		const [found] = await held(looks);
		assert.equal(found?.previewImageUrl, undefined);
		assert.equal(found?.previewVideoUrl, "https://files.example/p.mp4");
	});

	it("makes an output of a secret argument a secret", async () => {
		await test.emulator();
		const looks = heygen.getAvatarLooksOutput({ groupId: pulumi.secret("nobody") });
		assert.equal(await pulumi.isSecret(looks), true);
		assert.deepEqual(await held(looks), []);
	});

	it("asks nothing for an argument that is not known yet", async () => {
		const emulator = await test.emulator();
		const unknown = pulumi.output(pulumi.unknown).apply(String);
		const looks = heygen.getAvatarLooksOutput({ groupId: unknown });
		assert.equal(await Reflect.get(looks, "isKnown"), false);
		assert.deepEqual(emulator.control.requests(), []);
	});
});

describe("getAvatarLook", () => {
	const test = perTest();
	const twins = (names: string[]) => () => ({
		data: names.map((name, at) => ({
			id: `look${at}`,
			name,
			avatar_type: "digital_twin",
			group_id: `g${at}`,
		})),
	});

	it("finds a look by its id and by its exact name", async () => {
		await test.emulator();
		assert.equal(
			(await heygen.getAvatarLook({ id: EMULATOR_LOOKS.kitchen })).name,
			"Chloe in a bright kitchen",
		);
		assert.equal((await heygen.getAvatarLook({ name: "Our founder" })).id, EMULATOR_LOOKS.ownPhoto);
		const output = heygen.getAvatarLookOutput({ name: pulumi.output("Our founder") });
		assert.equal(await held(output.id), EMULATOR_LOOKS.ownPhoto);
		assert.equal(await pulumi.isSecret(output.id), false);
	});

	it("lists up to three candidates with their ids, the nearest first, when no look has the name", async () => {
		await test.emulator();
		await says(
			heygen.getAvatarLook({ name: "our presentr" }),
			/^getAvatarLook: no look has the name "our presentr"\. The nearest of 18 are "Our presenter" \("9c3e5f708192a3b41a7c3f5e9b2d4086"\), ("[^"]+" \("\w{32}"\)(, |\.$)){2}$/,
		);
		await says(heygen.getAvatarLook({ name: "kitchen" }), /are "Chloe in a bright kitchen"/);
		await says(
			heygen.getAvatarLook({ name: "Nobody", groupId: "nobody" }),
			/no look at all fits the filters and this API key\.$/,
		);
	});

	it("lists ids, types and groups when several looks have the name", async () => {
		await test.server(twins(["Ada", "Ben", "Ada"]));
		await says(
			heygen.getAvatarLook({ name: "Ada" }),
			/^getAvatarLook: 2 looks have the name "Ada": "look0" \(avatarType "digital_twin", groupId "g0"\), "look2" \(.*\)\. Ask by id, or narrow/,
		);
		assert.equal((await heygen.getAvatarLook({ name: "Ben" })).id, "look1");
	});

	it("says what HeyGen says of an id that it does not know", async () => {
		await test.emulator();
		const call = heygen.getAvatarLook({ id: "e1000000000000000000000000000f05" });
		await says(
			call,
			/^getAvatarLook: GET \/v3\/avatars\/looks\/e10+f05 answered 404 avatar_not_found: .*look's id/,
		);
	});

	it("takes exactly one of id and name, and filters beside a name alone", async () => {
		const emulator = await test.emulator();
		await says(heygen.getAvatarLook({}), /^getAvatarLook: give the look's id or its name\.$/);
		await says(heygen.getAvatarLook({ id: "a", name: "b" }), /not both/);
		await says(heygen.getAvatarLook({ id: "a", ownership: "public" }), /leave them out beside an id/);
		const wrong: object = { look_id: "a" };
		await says(heygen.getAvatarLook(wrong), /look_id: there is no such input; did you mean id\?/);
		assert.deepEqual(emulator.control.requests(), []);
	});

	it("shows a name of another's without what it could do to a terminal", async () => {
		await test.server(twins(["\u001b[2JAda\u202e"]));
		await says(heygen.getAvatarLook({ name: "Ben" }), /There are "Ada" \("look0"\)\.$/);
	});
});
