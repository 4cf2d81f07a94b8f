import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../../sdk/index.ts";
import { held, perTest, says } from "./support.ts";

const LOOK = { id: "look1", name: "Our presenter", avatarType: "digital_twin", tags: [] };
const MOCKED: Record<string, unknown> = {
	getAvatarLooks: [LOOK],
	getAvatarLook: LOOK,
	getVideo: { id: "v1", status: "completed", videoUrl: "https://files.example/v.mp4?Signature=s3cr3t" },
	getAccount: { username: "shop", balance: { amount: 70, currency: "usd" } },
	getWebhookEventTypes: [{ eventType: "avatar_video.success" }],
};

describe("functions in a unit test with Pulumi's mocks", () => {
	perTest();
	let calls: pulumi.runtime.MockCallArgs[];
	let answers: Record<string, unknown>;
	let resources: pulumi.runtime.MockResourceArgs[];

	beforeEach(async () => {
		[calls, resources, answers] = [[], [], MOCKED];
		await pulumi.runtime.setMocks({
			newResource(args) {
				resources.push(args);
				return { id: `${args.name}-id`, state: args.inputs };
			},
			call(args) {
				calls.push(args);
				const answer = answers[args.token.replace("heygen:index:", "")];
				if (answer instanceof Error) throw answer;
				return answer as pulumi.runtime.MockCallResult;
			},
		});
	});
	afterEach(() => pulumi.runtime.resetOptions("", "", 1, "", "", false, ""));

	it("are answered by the mocks' call, without a key and without a request", async () => {
		assert.deepEqual(await heygen.getAvatarLooks({ ownership: "private" }), [LOOK]);
		assert.equal((await heygen.getAvatarLook({ name: "Our presenter" })).id, "look1");
		assert.equal((await heygen.getVideo({ id: "v1" })).status, "completed");
		assert.equal((await heygen.getAccount()).balance?.amount, 70);
		assert.equal((await heygen.getWebhookEventTypes())[0]?.eventType, "avatar_video.success");
		assert.deepEqual(
			calls.map(({ token, inputs }) => [token, inputs]),
			[
				["heygen:index:getAvatarLooks", { ownership: "private" }],
				["heygen:index:getAvatarLook", { name: "Our presenter" }],
				["heygen:index:getVideo", { id: "v1" }],
				["heygen:index:getAccount", {}],
				["heygen:index:getWebhookEventTypes", {}],
			],
		);
	});

	it("work as outputs, also as inputs of a resource", async () => {
		const look = heygen.getAvatarLookOutput({ name: pulumi.output("Our presenter") });
		const video = new heygen.AvatarShotsVideo("hero", { prompt: "A baker.", avatarIds: [look.id] });
		await held(video.urn);
		assert.deepEqual(resources[0]?.inputs.avatarIds, ["look1"]);
		assert.equal(await pulumi.isSecret(heygen.getVideoOutput({ id: video.id }).videoUrl), true);
	});

	it("check their arguments as ever", async () => {
		await says(heygen.getAvatarLook({}), /^getAvatarLook: give the look's id or its name/);
		assert.deepEqual(calls, []);
	});

	it("give the mock's own error, and say so when it gives something else than the function", async () => {
		answers = { getVideo: new Error("no such video in this test"), getAvatarLooks: { ownership: "private" } };
		await assert.rejects(heygen.getVideo({ id: "v1" }), /^Error: no such video in this test$/);
		await assert.rejects(
			heygen.getAvatarLooks(),
			/mocks' call must answer heygen:index:getAvatarLooks with what getAvatarLooks gives, a list; got an object/,
		);
		await assert.rejects(heygen.getAccount(), /getAccount gives, an object; got nothing/);
	});
});
