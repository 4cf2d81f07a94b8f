import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../../sdk/index.ts";
import { clientOf, idOf } from "../../emulator/support.ts";
import { held, perTest, says } from "./support.ts";

describe("getVideo", () => {
	const test = perTest();

	it("tells a video with a link that works", async () => {
		const emulator = await test.emulator();
		const id = idOf(await clientOf(emulator).submit({ title: "Hero", duration: 4 }));
		const video = await heygen.getVideo({ id });
		assert.equal(video.status, "completed");
		assert.equal(video.title, "Hero");
		assert.ok(Number(video.videoDuration) >= 4);
		for (const date of [video.createdAt, video.completedAt]) assert.match(String(date), /^20.*T.*Z$/);
		assert.equal(video.failureCode, undefined);
		assert.equal((await fetch(String(video.videoUrl))).status, 200);
	});

	it("tells a title without the mark that this package adds", async () => {
		const emulator = await test.emulator();
		const id = idOf(await clientOf(emulator).submit({ title: "Hero [ph51e9f5e6a686]" }));
		assert.equal((await heygen.getVideo({ id })).title, "Hero");
	});

	it("tells why a render failed", async () => {
		const emulator = await test.emulator();
		emulator.control.failNextRender({ code: "content_policy_violation", message: "No." });
		const id = idOf(await clientOf(emulator).submit());
		const { status, failureCode, failureMessage, videoUrl } = await heygen.getVideo({ id });
		assert.deepEqual(
			[status, failureCode, failureMessage, videoUrl],
			["failed", "content_policy_violation", "No.", undefined],
		);
	});

	it("tells HeyGen's words fit for a terminal, and no time that is none", async () => {
		const failure_message = "\u001b[31mno\u202e https://me:pw@h/x?Signature=abc a-key";
		const video = { id: "v1", status: "failed", failure_code: "c\u0007", failure_message, created_at: 1e20 };
		await test.server(() => ({ data: video }));
		const { failureCode, failureMessage, createdAt } = await heygen.getVideo({ id: "v1" });
		assert.deepEqual([failureCode, failureMessage, createdAt], ["c", "no https://h/x [secret]", undefined]);
	});

	it("says so when the account does not have the video, with HeyGen's error as the cause", async () => {
		await test.emulator();
		await says(
			heygen.getVideo({ id: "nothing" }),
			/^getVideo: GET \/v3\/videos\/nothing answered 404 video_not_found: .*of the account that holds the video\./,
		);
		const error: unknown = await heygen.getVideo({ id: "nothing" }).catch((reason: unknown) => reason);
		assert.equal(Reflect.get(Object(error), "cause")?.status, 404);
	});

	it("names the argument that is missing or wrong", async () => {
		const wrong: object = { video_id: "v1" };
		await says(
			heygen.getVideo(wrong as heygen.GetVideoArgs),
			/^getVideo: id: must be a video's id; got nothing\. video_id: there is no such input; did you mean id\?$/,
		);
		const text: unknown = "v1";
		await says(heygen.getVideo(text as heygen.GetVideoArgs), /one object, as in getVideo.*; got "v1"/);
	});

	it("makes presigned links secrets in its output, each by itself, and the whole for holding them", async () => {
		const emulator = await test.emulator();
		const id = idOf(await clientOf(emulator).submit({ title: "Hero" }));
		const video = heygen.getVideoOutput({ id: pulumi.output(id) });
		assert.equal(await pulumi.isSecret(video.videoUrl), true);
		assert.match(String(await held(video.videoUrl)), /[?&]Signature=/);
		assert.equal(await pulumi.isSecret(video), true);
		assert.equal(await pulumi.isSecret(pulumi.all([video])), true);
		assert.equal(await pulumi.isSecret(video.apply(({ videoUrl }) => videoUrl)), true);
		for (const plain of [video.id, video.title, video.status, video.thumbnailUrl, video.videoPageUrl]) {
			assert.equal(await pulumi.isSecret(plain), false);
		}
		assert.equal(await held(video.title), "Hero");
	});

	it("makes everything secret that comes from a secret id", async () => {
		const emulator = await test.emulator();
		const id = idOf(await clientOf(emulator).submit());
		const video = heygen.getVideoOutput({ id: pulumi.secret(id) });
		assert.equal(await pulumi.isSecret(video.status), true);
	});

	it("is unknown as a whole and in each field while the id is", async () => {
		const emulator = await test.emulator();
		const video = heygen.getVideoOutput({ id: pulumi.output(pulumi.unknown).apply(String) });
		for (const output of [video, video.status, video.videoUrl]) {
			assert.equal(await Reflect.get(output, "isKnown"), false);
		}
		assert.deepEqual(emulator.control.requests(), []);
	});
});

describe("getAccount", () => {
	const test = perTest();
	const account = (fields: object) =>
		test.server(() => ({ data: { username: "u1", email: null, ...fields } })).then(() => heygen.getAccount());

	it("tells whose key it is and the wallet's balance in its currency", async () => {
		await test.emulator({ accounts: [{ apiKey: "k", username: "shop", balanceUsd: 42.5 }] });
		assert.deepEqual(await heygen.getAccount(), {
			username: "shop",
			email: "shop@example.com",
			billingType: "wallet",
			balance: { amount: 42.5, currency: "usd" },
			subscription: undefined,
			usageBased: undefined,
		});
		assert.equal(await held(heygen.getAccountOutput().username), "shop");
	});

	it("tells a wallet of credits as credits, and none where the currency is another one or the balance is not told", async () => {
		const wallet = { currency: "credits", remaining_balance: 300 };
		assert.deepEqual((await account({ wallet })).balance, { amount: 300, currency: "credits" });
		for (const other of [{ currency: "eur" }, { remaining_balance: null }]) {
			assert.equal((await account({ wallet: { ...wallet, ...other } })).balance, undefined);
		}
	});

	it("adds up a subscription's credits", async () => {
		const credits = {
			premium_credits: { remaining: 120, resets_at: "2026-12-01T00:00:00Z" },
			add_on_credits: { remaining: 30, resets_at: null },
		};
		const told = await account({ billing_type: "subscription", subscription: { plan: "team", credits } });
		assert.deepEqual(told.balance, { amount: 150, currency: "credits" });
		assert.deepEqual(told.subscription, {
			plan: "team",
			premiumCredits: { remaining: 120, resetsAt: "2026-12-01T00:00:00Z" },
			addOnCredits: { remaining: 30, resetsAt: undefined },
		});
		const free = await account({ subscription: { plan: "free", credits: null } });
		assert.deepEqual([free.balance, free.subscription?.plan], [undefined, "free"]);
	});

	it("tells what a usage-based account may still spend, to the cent", async () => {
		const usage = { spending_current_usd: 99.9, spending_cap_usd: 100.2, included_credits: 10 };
		const told = await account({ billing_type: "usage_based", usage_based: usage });
		assert.deepEqual(told.balance, { amount: 0.3, currency: "usd" });
		assert.deepEqual(told.usageBased, {
			spentUsd: 99.9,
			capUsd: 100.2,
			includedCredits: 10,
			remainingCredits: undefined,
		});
		const uncapped = await account({ usage_based: { ...usage, spending_cap_usd: null } });
		assert.deepEqual([uncapped.balance, uncapped.usageBased?.spentUsd], [undefined, 99.9]);
		const over = await account({ usage_based: { ...usage, spending_current_usd: 101 } });
		assert.equal(over.balance?.amount, 0);
	});
});

describe("getWebhookEventTypes", () => {
	const test = perTest();

	it("gives all words over all pages", async () => {
		const { seen } = await test.server(({ url = "" }) =>
			url.includes("token")
				? { data: [{ event_type: "brand_new.word", description: null }], has_more: false, next_token: null }
				: {
						data: [{ event_type: "avatar_video.success", description: "A video is done." }],
						has_more: true,
						next_token: "two",
					},
		);
		assert.deepEqual(await heygen.getWebhookEventTypes(), [
			{ eventType: "avatar_video.success", description: "A video is done." },
			{ eventType: "brand_new.word", description: undefined },
		]);
		assert.deepEqual(seen, ["/v3/webhooks/event-types", "/v3/webhooks/event-types?token=two"]);
		const [first] = await held(heygen.getWebhookEventTypesOutput());
		assert.equal(first?.eventType, "avatar_video.success");
	});
});

describe("the functions' settings", () => {
	const test = perTest();
	afterEach(() => pulumi.runtime.setAllConfig({}));

	it("come from the stack's config before the environment", async () => {
		const emulator = await test.emulator();
		test.use(emulator.url, "wrong-key");
		await says(
			heygen.getAccount(),
			/^getAccount: GET \/v3\/users\/me answered 401 .*pulumi config set heygen:apiKey/,
		);
		pulumi.runtime.setAllConfig({ "heygen:apiKey": emulator.apiKey }, ["heygen:apiKey"]);
		assert.equal((await heygen.getAccount()).username, "emulator");
	});

	it("are named when one is missing or wrong", async () => {
		await says(
			heygen.getAvatarLooks(),
			/^getAvatarLooks: heygen:apiKey: no HeyGen API key is set: run `pulumi config set heygen:apiKey --secret`, or set HEYGEN_API_KEY\.$/,
		);
		test.use("http://heygen.example");
		await says(heygen.getAvatarLooks(), /heygen:baseUrl: must be an https URL/);
	});

	it("keep the key out of an error that would repeat it", async () => {
		const { url } = await test.emulator();
		test.use(url, "sk_V2_very-secret");
		await says(heygen.getVideo({ id: "sk_V2_very-secret" }), /GET \/v3\/videos\/\[secret\] answered 401/);
	});
});
