import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { createClient } from "../../heygen/client.ts";
import { systemClock } from "../../heygen/clock.ts";
import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal, HeyGenUnreachable } from "../../heygen/errors.ts";
import type { VideoRequest } from "../../heygen/schemas/videoRequest.ts";
import { boundedAgent, createTransport } from "../../heygen/transport.ts";
import { readContent } from "../../provider/uploads/content.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, startServer, type TestServer } from "../support/httpServer.ts";
import { pngOf } from "../support/samples.ts";

const KEY = "sk_V2_very-secret-key";
const VIDEO: VideoRequest = { type: "avatar_shots", prompt: "A baker.", avatar_id: ["look1"], duration: 6 };
const MEGABYTE = 1024 * 1024;
type Step = (request: IncomingMessage, response: ServerResponse) => void;

describe("a service that means harm", () => {
	const servers: TestServer[] = [];
	let answer: Step;
	let requests: IncomingMessage[];
	let sent: number;
	let url: string;

	const serve = async (step: () => Step) => {
		const server = await startServer((request, response) => {
			requests.push(request);
			request.resume();
			step()(request, response);
		});
		servers.push(server);
		return server.url;
	};
	beforeEach(async () => {
		[requests, sent] = [[], 0];
		url = await serve(() => answer);
	});
	afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

	const client = () => createClient({ apiKey: KEY, baseUrl: url, clock: fastClock() });
	const failure = async (call: Promise<unknown>) => {
		const error = await call.then(
			() => assert.fail("it should have failed"),
			(thrown: unknown) => thrown,
		);
		assert.ok(error instanceof HeyGenError, String(error));
		const { message, reason, code, param, requestId } = error;
		const told = [message, reason, code, param, requestId].join("\n");
		assert.doesNotMatch(told, /sk_V2_|\p{Bidi_Control}|(?![\n\t])\p{Cc}/u);
		return error;
	};
	const text =
		(status: number, body: string | Buffer, headers: Record<string, string> = {}): Step =>
		(_request, response) =>
			void response.writeHead(status, headers).end(body);
	/** Sends pieces until the connection ends. */
	const endless =
		(piece: Buffer, everyMs: number): Step =>
		(_request, response) => {
			response.writeHead(200, { "content-type": "application/json" });
			const more = () => {
				if (response.destroyed) return;
				sent += piece.length;
				response.write(piece, () => setTimeout(more, everyMs));
			};
			more();
		};

	for (const [name, body] of [
		["tags", "<".repeat(2 * MEGABYTE)],
		["URLs", "http://".repeat(MEGABYTE / 4)],
		[
			"URLs in HeyGen's envelope",
			JSON.stringify({ error: { code: "x", message: "http://".repeat(MEGABYTE / 4) } }),
		],
		["white space", " ".repeat(2 * MEGABYTE)],
	] as const) {
		it(`is not given the time that a refusal of megabytes of ${name} could take`, async () => {
			answer = text(403, body);
			const error = await failure(client().getVideo("v1"));
			assert.ok(error.message.length < 1_000);
		}).timeout(5_000);
	}

	it("gets no part of the key into an error by a page that is cut within it", async () => {
		for (let before = 170; before < 205; before++) {
			answer = text(403, `<p>${"x".repeat(before)} ${KEY}</p>`);
			await failure(client().getVideo("v1"));
		}
	});

	it("gets neither the key nor an escape into an error, whichever field they come in", async () => {
		const evil = `\u001b]0;title\u0007\u202e${KEY}\u009b2J`;
		const refusal = { error: { code: `c${evil}`, message: `m${evil}`, param: `p${evil}` } };
		answer = (_request, response) => answerJson(response, 400, refusal, { "x-request-id": `r-${KEY}\x9b2J` });
		const { code, message, param, requestId } = await failure(client().getVideo("v1"));
		assert.deepEqual([code, param, requestId], ["c[secret]", "p[secret]", "r-[secret]"]);
		assert.match(message, /answered 400 c\[secret\]: m\[secret\]/);
		const odd = { data: { id: "v1", status: 1, [evil]: 1 } };
		answer = (_request, response) => answerJson(response, 200, odd);
		await failure(client().getVideo("v1"));
	});

	it("may send an answer byte by byte for no longer than the call's time limit", async () => {
		answer = endless(Buffer.from(" "), 5);
		const dispatcher = boundedAgent();
		const send = createTransport({
			apiKey: KEY,
			baseUrl: url,
			userAgent: "test",
			clock: systemClock,
			dispatcher,
		});
		const call = { method: "GET", path: "/v3/users/me", timeLimitMs: 300, answer: z.unknown() } as const;
		const error = await failure(send(call));
		assert.ok(error instanceof HeyGenUnreachable);
		assert.match(error.message, /no answer within 0\.3 s/);
		assert.ok(sent > 5, `${sent} bytes`);
	});

	it("may send so many bytes and no more, and the error says that there were too many", async () => {
		answer = endless(Buffer.alloc(MEGABYTE, " "), 0);
		const error = await failure(client().getVideo("v1", { mostTries: 2 }));
		assert.match(error.message, /more than 8 MB/);
		assert.ok(sent < 64 * MEGABYTE, `${sent} bytes`);
	});

	it("is told from a compressed answer, which is not unpacked", async () => {
		const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE, " "));
		answer = text(200, bomb, { "content-encoding": "gzip" });
		const invalid = await failure(client().getVideo("v1", { mostTries: 1 }));
		assert.ok(invalid instanceof HeyGenAnswerInvalid);
		assert.match(invalid.message, /compressed \(gzip\), which was not asked for/);
		answer = text(403, bomb, { "content-encoding": "gzip" });
		const refused = await failure(client().getVideo("v1"));
		assert.ok(refused instanceof HeyGenRefusal);
		assert.match(refused.message, /compressed \(gzip\), which was not asked for/);
	});

	it("gets nowhere with a flood of headers", async () => {
		const flood = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`x-${at}`, "y".repeat(200)]));
		answer = text(200, "{}", flood);
		assert.ok((await failure(client().getVideo("v1", { mostTries: 1 }))) instanceof HeyGenUnreachable);
	});

	it("is not followed to another host, whatever the call sends, so the key and the file stay here", async () => {
		const other = await serve(() => text(200, "{}"));
		for (const status of [301, 302, 303, 307, 308]) {
			answer = text(status, "", { location: `${other}/v3/videos` });
			assert.equal((await failure(client().submitVideo(VIDEO, "key"))).status, status);
			const { message } = await failure(client().deleteVideo("v1"));
			assert.match(message, new RegExp(`answered ${status}: .*redirect`));
		}
		assert.ok(requests.every(({ headers }) => url.endsWith(headers.host ?? "none")));
	});

	describe("as the storage of a direct upload", () => {
		let folder: string;
		beforeEach(async () => {
			folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-"));
		});
		afterEach(() => rm(folder, { recursive: true, force: true }));
		const put = async (link: string, mostTries = 1) => {
			const path = join(folder, "logo.png");
			await writeFile(path, pngOf(1_000));
			const place = { asset_id: "a1", upload_url: link };
			return client().putDirectUpload(place, await readContent(path), { mostTries });
		};

		it("gets the file and no key, and is not followed to another host", async () => {
			const other = await serve(() => text(200, ""));
			answer = text(307, "", { location: `${other}/place` });
			assert.equal((await failure(put(`${url}/place`))).status, 307);
			assert.deepEqual(
				requests.map(({ headers }) => headers["x-api-key"]),
				[undefined],
			);
		});

		it("may send so many bytes and no more", async () => {
			answer = endless(Buffer.alloc(MEGABYTE, " "), 0);
			await failure(put(`${url}/place`));
			assert.ok(sent < 32 * MEGABYTE, `${sent} bytes`);
		});

		it("cannot get an escape into the error", async () => {
			answer = text(403, "<Error><Code>No\u001b[31mWay</Code><Message>\u202eno</Message></Error>");
			const { code } = await failure(put(`${url}/place`));
			assert.equal(code, "NoWay");
		});

		it("is not sent a file in the clear", async () => {
			const error = await failure(put("http://storage.example.com/place?Signature=abc"));
			assert.match(error.message, /storage\.example\.com, but not over https/);
			assert.doesNotMatch(error.message, /abc/);
		});
	});
});
