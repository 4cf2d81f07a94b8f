import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as heygen from "../../sdk/index.ts";

const HALF = "\ud83d";
const LOOKS = ["look1"];
const video = (args: object, name = "hero") =>
	new heygen.AvatarShotsVideo(name, { prompt: "A baker.", avatarIds: LOOKS, ...args });
const hook = (args: object) => new heygen.WebhookEndpoint("hook", { url: "https://h.example", ...args });

describe("half a character in a program", () => {
	let inputs: Record<string, unknown>;

	beforeEach(() =>
		pulumi.runtime.setMocks({
			newResource(args) {
				inputs = args.inputs;
				return { id: `${args.name}-id`, state: args.inputs };
			},
			call: ({ inputs: given }) => given,
		}),
	);
	afterEach(() => pulumi.runtime.resetOptions("", "", 1, "", "", false, ""));

	const isTold = (error: unknown, where: string) => {
		assert.ok(pulumi.RunError.isInstance(error), String(error));
		assert.ok(error.message.includes(`${where} holds half a character (\\ud`), error.message);
		assert.equal(error.stack, "");
		assert.ok(error.message.isWellFormed());
		return true;
	};

	for (const [where, make] of [
		['AvatarShotsVideo "hero": prompt', () => video({ prompt: `A baker ${HALF}` })],
		['AvatarShotsVideo "hero": prompt', () => video({ prompt: "\ude00 A baker" })],
		['AvatarShotsVideo "hero": title', () => video({ title: HALF })],
		['AvatarShotsVideo "hero": callbackId', () => video({ callbackId: HALF })],
		['AvatarShotsVideo "hero": avatarIds[1]', () => video({ avatarIds: ["look1", HALF] })],
		[
			'AvatarShotsVideo "hero": references[0].url',
			() => video({ references: [{ url: `https://h.example/${HALF}` }] }),
		],
		['AvatarShotsVideo "hero": an input\'s name', () => video({ [HALF]: 1 })],
		['AvatarShotsVideo "\\ud83d": the name', () => video({}, HALF)],
		['WebhookEndpoint "hook": url', () => hook({ url: `https://h.example/${HALF}` })],
		['WebhookEndpoint "hook": events[0]', () => hook({ events: [HALF] })],
		['Asset "logo": source', () => new heygen.Asset("logo", { source: `${HALF}.png` })],
		['VideoFile "file": path', () => new heygen.VideoFile("file", { videoId: "v1", path: HALF })],
	] as const) {
		it(`ends it with the resource and the input: ${where}`, () => {
			assert.throws(make, (error) => isTold(error, where));
		});
	}

	for (const [kind, given] of [
		["a promise", Promise.resolve(HALF)],
		["an output", pulumi.output(HALF)],
		["a secret", pulumi.secret(HALF)],
	] as const) {
		it(`ends it also where the text comes as ${kind}`, async () => {
			const made = video({ title: given });
			const title = new Promise((resolve, reject) => {
				(made.title as unknown as { promise(): Promise<unknown> }).promise().then(resolve, reject);
			});
			await assert.rejects(title, (error) => isTold(error, 'AvatarShotsVideo "hero": title'));
		});
	}

	it("does not stand in the way of whole ones, assets and outputs", async () => {
		const text = "A baker 🎬 smiles.";
		const made = video({
			prompt: pulumi.output(text),
			references: [{ url: Promise.resolve("https://h/🎬") }],
		});
		await new Promise((resolve) => made.urn.apply(resolve));
		assert.equal(inputs["prompt"], text);
		assert.deepEqual(inputs["references"], [{ url: "https://h/🎬" }]);
		const logo = new heygen.Asset("logo", { source: new pulumi.asset.StringAsset(text) });
		await new Promise((resolve) => logo.urn.apply(resolve));
		assert.ok(pulumi.asset.Asset.isInstance(inputs["source"]));
		assert.equal(await (inputs["source"] as pulumi.asset.StringAsset).text, text);
	});
});
