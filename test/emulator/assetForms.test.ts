import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pngOf, SAMPLES } from "../support/samples.ts";
import { assetIdOf, at, clientOf, perTest, refused } from "./support.ts";

const PNG = SAMPLES["image/png"];
const MOST = 32 * 1024 * 1024;
const BOUNDARY = "----edge";
const FORM = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

/** A form as text, with these lines before the bytes. */
const form = (lines: readonly string[], bytes: Buffer = PNG) =>
	new Uint8Array(
		Buffer.concat([
			Buffer.from(`--${BOUNDARY}\r\n${lines.join("\r\n")}\r\n\r\n`),
			bytes,
			Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
		]),
	);

describe("emulator: assets in one request", () => {
	const { start } = perTest();

	for (const [type, bytes] of Object.entries(SAMPLES)) {
		it(`tells ${type} from the bytes, whatever the file is called`, async () => {
			const { status, body } = await clientOf(await start()).upload(bytes, { name: "file.bin" });
			assert.equal(status, 200, JSON.stringify(body));
			assert.deepEqual(Object.keys(Object(at(body, "data"))), ["asset_id", "url", "mime_type", "size_bytes"]);
			assert.equal(at(body, "data", "mime_type"), type);
			assert.equal(at(body, "data", "size_bytes"), bytes.length);
		});
	}

	it("knows subtitles with a byte order mark and other line ends, and no other text", async () => {
		const client = clientOf(await start());
		const subtitles = "\uFEFF1\r\n00:00:00,000 --> 00:00:01,000\r\nHi\r\n";
		const { body } = await client.upload(Buffer.from(subtitles), { type: "text/plain" });
		assert.equal(at(body, "data", "mime_type"), "application/x-subrip");
		for (const text of ["Hello", "1\nHello", "1\n00:00 --> 00:01\nHello", "00:00:00,000 --> 00:00:01,000"]) {
			refused(await client.upload(Buffer.from(text)), 400, "invalid_parameter", "file");
		}
	});

	const NOT_TAKEN: [string, Buffer][] = [
		["image/gif", Buffer.from("GIF89a")],
		["image/webp", Buffer.from("RIFF\x24\0\0\0WEBP", "latin1")],
		["video/quicktime", Buffer.from("\0\0\0\x14ftypqt  ", "latin1")],
		["video/x-matroska", Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "latin1")],
		["an unknown type", Buffer.from("PK\x03\x04 a folder of things")],
		["an unknown type", Buffer.from("fff15080", "hex")],
	];
	for (const [type, bytes] of NOT_TAKEN) {
		it(`refuses ${bytes.toString("latin1", 0, 4).replace(/[^ -~]/g, ".")}… as ${type}`, async () => {
			const emulator = await start();
			const message = refused(await clientOf(emulator).upload(bytes), 400, "invalid_parameter", "file");
			assert(message.includes(type), message);
			assert.deepEqual(emulator.control.assets(), []);
		});
	}

	it("refuses bytes that are not what the part says, and names both types", async () => {
		const client = clientOf(await start());
		const message = refused(
			await client.upload(PNG, { name: "a.jpg", type: "image/jpeg" }),
			400,
			"invalid_parameter",
			"file",
		);
		assert.match(message, /image\/jpeg.*image\/png/);
		assetIdOf(await client.upload(SAMPLES["image/jpeg"], { type: "image/jpg" }));
		assetIdOf(await client.upload(SAMPLES["audio/mpeg"], { type: "audio/mp3" }));
	});

	it("takes a part that says no type, and a name with folders as the name alone", async () => {
		const emulator = await start();
		const lines = ['content-disposition: form-data; name="file"; filename="C:\\\\brand\\\\lo\\"go.png"'];
		assetIdOf(await clientOf(emulator).call("POST", "/v3/assets", form(lines), FORM));
		assert.equal(emulator.control.assets()[0]?.name, 'lo"go.png');
	});

	it("takes the field `file` wherever it stands in the form", async () => {
		const emulator = await start();
		const body = new FormData();
		body.set("note", "file");
		body.set("other", new File(["x"], "x.txt"));
		body.set("file", new File([PNG], "a.png", { type: "image/png" }));
		assetIdOf(await clientOf(emulator).call("POST", "/v3/assets", body));
		const sha256 = createHash("sha256").update(PNG).digest("hex");
		assert.equal(emulator.control.assets()[0]?.sha256, sha256);
	});

	it("refuses a form without the file, an empty file, and what is no form", async () => {
		const client = clientOf(await start());
		const bodies: [string | Uint8Array<ArrayBuffer>, Record<string, string>][] = [
			[form(['content-disposition: form-data; name="other"; filename="a.png"']), FORM],
			[form(['content-disposition: form-data; name="file"']), FORM],
			[form(['content-disposition: form-data; name="file"; filename="a.png"'], Buffer.alloc(0)), FORM],
			[form(['content-disposition: form-data; name="file"; filename="a.png"']).subarray(0, 80), FORM],
			["", FORM],
			["{}", { "content-type": "application/json" }],
			["--x", { "content-type": "multipart/form-data" }],
		];
		for (const [body, headers] of bodies) {
			const answer = await client.call("POST", "/v3/assets", body, headers);
			refused(answer, 400, "invalid_parameter", "file");
		}
	});

	it("takes 32 MiB and refuses a byte more", async () => {
		const emulator = await start();
		const client = clientOf(emulator);
		const { body } = await client.upload(pngOf(MOST));
		assert.equal(at(body, "data", "size_bytes"), MOST);
		refused(await client.upload(pngOf(MOST + 1)), 413, "payload_too_large");
		refused(await client.upload(pngOf(MOST + 1024 * 1024)), 413, "payload_too_large");
		assert.equal(emulator.control.uploads(), 1);
		assert.equal(emulator.control.requests()[0]?.body, null, "a file is not recorded");
	});
});
