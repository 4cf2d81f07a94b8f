import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator/index.ts";
import { FileChanged } from "../../../heygen/uploadBody.ts";
import { type Content, readContent } from "../../../provider/uploads/content.ts";
import { testContext } from "../../support/context.ts";
import { pngOf } from "../../support/samples.ts";

const LARGE = 33 * 1024 * 1024;

describe("uploading a file", function () {
	this.timeout(60_000);
	let [folder, emulator]: [string, Emulator] = ["", {} as Emulator];
	const start = async (options: EmulatorOptions = {}) => {
		emulator = await startEmulator(options);
	};
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
	});
	afterEach(async () => {
		await emulator.close?.();
		await rm(folder, { recursive: true, force: true });
	});

	const context = () => testContext({ baseUrl: emulator.url, apiKey: emulator.apiKey });
	const file = async (size = 1_000, fill = 0): Promise<Content> => {
		const path = join(folder, `logo-${fill}.png`);
		await writeFile(path, pngOf(size, fill));
		return readContent(path);
	};
	const stored = () => emulator.control.assets().filter(({ deleted }) => !deleted);

	it("sends a small one in one request, with its name, type and bytes", async () => {
		await start();
		const content = await file();
		const test = context();
		const asset = await test.uploads.upload(content, "key-1", test);
		const [only] = stored();
		assert.deepEqual(
			[only?.id, only?.name, only?.mimeType, only?.sha256, only?.how],
			[asset.asset_id, "logo-0.png", "image/png", content.sha256, "multipart"],
		);
		assert.equal(test.reports.at(-1), "uploading logo-0.png: 100 %");
	});

	it("puts one of over 32 MiB to the storage directly, and tells its progress in per cent", async () => {
		await start({ assetProcessingSeconds: 1 });
		const content = await file(LARGE);
		const test = context();
		const asset = await test.uploads.upload(content, "key-1", test);
		const [only] = stored();
		assert.deepEqual([only?.id, only?.how, only?.sha256], [asset.asset_id, "direct", content.sha256]);
		assert.notEqual(asset.status, "processing");
		const told = test.reports.flatMap((text) => /^uploading logo-0\.png: (\d+) %$/.exec(text)?.[1] ?? []);
		assert.deepEqual(
			told,
			[...told].sort((a, b) => Number(a) - Number(b)),
		);
		assert.deepEqual([told.at(-1), told.length < 10], ["100", true]);
		assert.ok(test.reports.includes("HeyGen looks at the file"));
	});

	it("sends one under a name without control characters, and tells it so", async () => {
		await start({ assetProcessingSeconds: 0 });
		for (const size of [1_000, LARGE]) {
			const path = join(folder, 'lo\ngo\u001b[31m"\u009b.png');
			await writeFile(path, pngOf(size));
			const test = context();
			const content = await readContent(path);
			const { asset_id } = await test.uploads.upload(content, `key-${size}`, test);
			const name = emulator.control.assets().find(({ id }) => id === asset_id)?.name ?? "";
			assert.match(name, /^lo_go_\[31m["_]_\.png$/);
			assert.doesNotMatch(test.reports.join(""), /\p{Cc}/u);
		}
	});

	for (const [name, action, route] of [
		["the answer is lost", "lose-answer", "/v3/assets"],
		["the service answers 503", { status: 503 }, "/v3/assets"],
		["the account is told to slow down", { status: 429, headers: { "retry-after": "1" } }, "/v3/assets"],
	] as const) {
		it(`makes one asset when ${name}`, async () => {
			await start();
			emulator.control.intercept({ method: "POST", route, action });
			const test = context();
			const asset = await test.uploads.upload(await file(), "key-1", test);
			assert.deepEqual(
				stored().map(({ id }) => id),
				[asset.asset_id],
			);
		});
	}

	it("goes on with a direct upload whose steps fail once", async () => {
		await start();
		for (const path of [/direct-uploads$/, /\/complete$/]) {
			emulator.control.intercept({ method: "POST", path, action: "lose-answer" });
		}
		emulator.control.intercept({ method: "PUT", action: "reset" });
		const test = context();
		const asset = await test.uploads.upload(await file(LARGE), "key-1", test);
		assert.deepEqual(
			stored().map(({ id, status }) => [id, status]),
			[[asset.asset_id, "completed"]],
		);
	});

	it("finds what an interrupted run has uploaded, by its key", async () => {
		await start();
		const content = await file();
		const before = await context().uploads.upload(content, "key-1", context());
		const again = await context().uploads.upload(content, "key-1", context());
		assert.equal(again.asset_id, before.asset_id);
	});

	for (const size of [1_000, LARGE]) {
		it(`does not take over an asset of ${size} bytes that was deleted since`, async () => {
			await start();
			const content = await file(size);
			const test = context();
			const { asset_id: first } = await test.uploads.upload(content, "key-1", test);
			await test.heygen().deleteAsset(first);
			const { asset_id: second } = await test.uploads.upload(content, "key-1", test);
			assert.notEqual(second, first);
			assert.deepEqual(
				stored().map(({ id }) => id),
				[second],
			);
		});
	}

	it("does not wait for an asset that is gone though the storage took its bytes", async () => {
		await start();
		const content = await file(LARGE);
		const test = context();
		const { asset_id: first } = await test.uploads.upload(content, "key-1", test);
		await test.heygen().deleteAsset(first);
		emulator.control.intercept({ method: "PUT", action: { status: 200, text: "" } });
		const { asset_id: second } = await test.uploads.upload(content, "key-1", test);
		assert.deepEqual(
			stored().map(({ id }) => id),
			[second],
		);
	});

	it("starts anew when the place of an interrupted run has expired before the file was there", async () => {
		await start({ uploadLinkSeconds: 60 });
		const content = await file(LARGE);
		const test = context();
		const place = await test.heygen().startDirectUpload(content, "key-1");
		emulator.control.clock.advance(120);
		const asset = await test.uploads.upload(content, "key-1", test);
		assert.notEqual(asset.asset_id, place.asset_id);
	});

	it("gives up, with the storage's own words, when it is refused whatever place HeyGen names", async () => {
		await start();
		const action = {
			status: 403,
			text: "<Error><Code>AccessDenied</Code><Message>no way in</Message></Error>",
		};
		emulator.control.intercept({ method: "PUT", times: 99, action });
		const test = context();
		const uploading = test.uploads.upload(await file(LARGE), "key-1", test);
		await assert.rejects(uploading, /upload link answered 403 AccessDenied: no way in/);
		const puts = emulator.control.requests().filter(({ method }) => method === "PUT");
		assert.equal(puts.length, 8);
	});

	for (const size of [1_000, LARGE]) {
		it(`never completes a file of ${size} bytes that changed after it was read`, async () => {
			await start();
			const content = await file(size);
			await writeFile(content.path, pngOf(size, 7));
			const test = context();
			await assert.rejects(test.uploads.upload(content, "key-1", test), FileChanged);
			assert.deepEqual(
				stored().filter(({ status }) => status === "completed"),
				[],
			);
		});
	}

	it("shares one upload between all who use the same bytes in a run", async () => {
		await start();
		const [one, other] = [await file(1_000, 1), await file(1_000, 2)];
		const test = context();
		const ids = await Promise.all(
			[one, other, one, one].map((content) => test.uploads.assetOf(content, test)),
		);
		assert.equal(new Set(ids).size, 2);
		assert.equal(emulator.control.uploads(), 2);
	});

	it("tells the limit that HeyGen names for this upload before any byte is sent", async () => {
		await start();
		const content = await file(LARGE);
		emulator.control.settings.assetMaxBytes = 1_000;
		const test = context();
		await assert.rejects(test.uploads.upload(content, "key-1", test), /1,?000|size_bytes/);
		assert.equal(emulator.control.uploads(), 0);
	});

	it("sends no key to the storage", async () => {
		await start();
		const test = context();
		await test.uploads.upload(await file(LARGE), "key-1", test);
		const put = emulator.control.requests().find(({ method }) => method === "PUT");
		assert.equal(put?.status, 200);
	});
});
