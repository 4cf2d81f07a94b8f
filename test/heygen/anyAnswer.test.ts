import assert from "node:assert/strict";
import { createServer, type Server } from "node:net";
import fc from "fast-check";
import { createClient, type HeyGenClient } from "../../heygen/client.ts";
import { HeyGenAnswerInvalid, HeyGenError, HeyGenRefusal } from "../../heygen/errors.ts";
import { anyJson, anyText, nested, objectOf } from "../support/anything.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, startServer } from "../support/httpServer.ts";

const HOW = { retryForMs: 0 };
const FILE = { path: "none.png", name: "a.png", mediaType: "image/png", sizeBytes: 1, sha256: "ab" };

const CALLS: Record<string, (client: HeyGenClient) => Promise<unknown>> = {
	submitVideo: (client) =>
		client.submitVideo({ type: "avatar_shots", prompt: "A", avatar_id: ["a"], duration: 4 }, "key", HOW),
	getVideo: (client) => client.getVideo("v1", HOW),
	videoStatuses: (client) => client.videoStatuses(["v1"], HOW),
	deleteVideo: (client) => client.deleteVideo("v1", HOW),
	getAccount: (client) => client.getAccount(HOW),
	listAvatarLooks: (client) => client.listAvatarLooks({}, HOW),
	getAvatarLook: (client) => client.getAvatarLook("look", HOW),
	listWebhookEventTypes: (client) => client.listWebhookEventTypes(HOW),
	listWebhookEndpoints: (client) => client.listWebhookEndpoints(HOW),
	createWebhookEndpoint: (client) => client.createWebhookEndpoint({ url: "https://h" }, "key", HOW),
	updateWebhookEndpoint: (client) => client.updateWebhookEndpoint("e1", { events: null }, HOW),
	rotateWebhookSecret: (client) => client.rotateWebhookSecret("e1", "key", HOW),
	deleteWebhookEndpoint: (client) => client.deleteWebhookEndpoint("e1", HOW),
	getAsset: (client) => client.getAsset("a1", HOW),
	deleteAsset: (client) => client.deleteAsset("a1", HOW),
	startDirectUpload: (client) => client.startDirectUpload(FILE, "key", HOW),
	completeDirectUpload: (client) => client.completeDirectUpload("a1", "ab", HOW),
};

const FIELDS = [
	"id",
	"video_id",
	"status",
	"created_at",
	"username",
	"endpoint_id",
	"url",
	"secret",
	"error",
	"name",
];
const item = fc
	.array(fc.tuple(fc.constantFrom(...FIELDS), fc.oneof(fc.constant("v1"), fc.constant(1e300), anyJson)))
	.map(objectOf);
const envelope = fc.oneof(
	fc.record({ data: fc.oneof(item, fc.array(item), anyJson) }),
	fc.record({ data: fc.array(item), has_more: anyJson, next_token: anyJson }),
	fc.record({
		error: fc.oneof(item, fc.record({ code: anyJson, message: anyJson, param: anyJson }), anyJson),
	}),
);
const DEEP = JSON.stringify(nested(2_000));
const bodies: fc.Arbitrary<Buffer> = fc.oneof(
	fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
	fc
		.oneof(
			anyText(),
			anyJson.map((value) => JSON.stringify(value)),
			envelope.map((value) => JSON.stringify(value)),
			fc.constantFrom(
				`{"data":${DEEP}}`,
				`{"data":{"id":"v1","status":${DEEP}}}`,
				`{"error":${DEEP}}`,
				"[".repeat(100_000),
				'{"data":{"__proto__":{"id":"v1","status":"completed"}}}',
				'{"__proto__":{"data":{"id":"v1"}},"constructor":1}',
				'{"data":{"id":"\\ud800","status":"completed","created_at":1e400}}',
			),
		)
		.map((text) => Buffer.from(text)),
);
const headerLines = fc.array(
	fc.oneof(
		fc.constantFrom(
			"retry-after: 99999999999999999999",
			"retry-after: Sun, 99 Foo 99999999 99:99:99 GMT",
			"date: Sun, 99 Foo 99999999 99:99:99 GMT",
			"date: Fri, 01 Jan 9999 00:00:00 GMT",
			"x-request-id: __proto__",
			"__proto__: 1",
			"content-encoding: gzip",
			"transfer-encoding: chunked",
			"set-cookie: a=b",
			"location: /",
		),
		fc.stringMatching(/^[a-z-]{1,9}: [ -~]{0,20}$/),
	),
	{ maxLength: 4 },
);
const statuses = fc.oneof(
	fc.constantFrom(200, 200, 200, 201, 204, 302, 304, 400, 401, 404, 409, 429, 500, 503),
	fc.integer({ min: 100, max: 999 }),
);
const answers: fc.Arbitrary<Buffer> = fc.oneof(
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)) },
	{
		weight: 9,
		arbitrary: fc
			.tuple(statuses, headerLines, bodies, fc.constantFrom(0, 0, 0, 7))
			.map(([status, lines, body, cut]) => {
				const head = [
					`HTTP/1.1 ${status} It`,
					...lines,
					`content-length: ${body.length + cut}`,
					"connection: close",
				];
				return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), body]);
			}),
	},
);

describe("whatever a server answers", () => {
	let server: Server;
	let answer: Buffer;
	let client: HeyGenClient;
	before(async () => {
		server = createServer((socket) => {
			socket.on("error", () => {});
			socket.once("data", () => socket.end(answer));
		});
		await new Promise<void>((resolve) => {
			server.listen(0, "127.0.0.1", resolve);
		});
		const { port } = server.address() as { port: number };
		client = createClient({ apiKey: "key", baseUrl: `http://127.0.0.1:${port}`, clock: fastClock() });
	});
	after(() => new Promise((resolve) => server.close(resolve)));

	it("is a value or a HeyGenError to every call", async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...Object.keys(CALLS)), answers, async (name, bytes) => {
				answer = bytes;
				const error = await CALLS[name]?.(client).then(
					() => undefined,
					(thrown: unknown) => thrown,
				);
				assert.ok(error === undefined || error instanceof HeyGenError, `${error}`);
				assert.ok(!(error instanceof HeyGenRefusal) || !Number.isNaN(error.retryAfterMs));
			}),
			{ numRuns: 400 },
		);
	});
});

describe("a list", () => {
	it("that never ends is given up, with an error of its own", async () => {
		let pages = 0;
		const server = await startServer((_request, response) => {
			pages++;
			answerJson(response, 200, { data: [], has_more: true, next_token: `page ${pages}` });
		});
		try {
			const client = createClient({ apiKey: "key", baseUrl: server.url, clock: fastClock() });
			await assert.rejects(client.listAvatarLooks(), HeyGenAnswerInvalid);
			assert.ok(pages <= 1_000, `${pages} pages`);
		} finally {
			await server.close();
		}
	});
});

describe("an id that holds half a character", () => {
	it("is asked for, and not known", async () => {
		const asked: unknown[] = [];
		const server = await startServer((request, response) => {
			asked.push(request.url);
			answerJson(response, 404, { error: { code: "not_found" } });
		});
		try {
			const client = createClient({ apiKey: "key", baseUrl: server.url, clock: fastClock() });
			const id = "v\ud800";
			const calls = [
				client.getVideo(id),
				client.deleteAsset(id),
				client.deleteWebhookEndpoint(id),
				client.getAvatarLook(id),
			];
			for (const call of calls) await assert.rejects(call, { status: 404 });
			assert.equal(asked[0], "/v3/videos/v%EF%BF%BD");
		} finally {
			await server.close();
		}
	});
});
