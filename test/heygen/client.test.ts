import assert from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient } from "../../heygen/client.ts";
import {
	HeyGenAnswerInvalid,
	HeyGenError,
	HeyGenRefusal,
	HeyGenUnreachable,
	isNotFound,
} from "../../heygen/errors.ts";
import type { VideoRequest } from "../../heygen/schemas/videoRequest.ts";
import { fastClock } from "../support/clock.ts";
import { answerJson, bodyOf, startServer, type TestServer } from "../support/httpServer.ts";

const KEY = "sk_V2_very-secret-key";
const VIDEO: VideoRequest = { type: "avatar_shots", prompt: "A baker.", avatar_id: ["look1"], duration: 6 };
const DATE = "Thu, 30 Jul 2026 09:15:02 GMT";
type Step = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

describe("the client", () => {
	let server: TestServer;
	let steps: Step[];
	let seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[];

	beforeEach(async () => {
		steps = [];
		seen = [];
		server = await startServer(async (request, response) => {
			const { method = "", url = "", headers } = request;
			seen.push({ method, url, headers, body: await bodyOf(request) });
			const step = steps.length > 1 ? steps.shift() : steps[0];
			await step?.(request, response);
		});
	});
	afterEach(() => server.close());

	const client = (more = {}) =>
		createClient({ apiKey: KEY, baseUrl: server.url, clock: fastClock(), ...more });
	const refuse =
		(status: number, error: object, headers = {}): Step =>
		(_request, response) =>
			answerJson(response, status, { error }, headers);
	const submitted: Step = (_request, response) =>
		answerJson(response, 200, { data: { video_id: "v1", status: "waiting", output_format: "mp4" } });
	const video: Step = (_request, response) =>
		answerJson(response, 200, { data: { id: "v1", status: "processing", brand_new: { key: 1 } } });
	const failure = async (call: Promise<unknown>) => {
		const error = await call.then(
			() => assert.fail("it should have failed"),
			(thrown: unknown) => thrown,
		);
		assert.ok(error instanceof HeyGenError);
		assert.ok(
			!`${error.message}${error.stack}${JSON.stringify(error)}`.includes(KEY),
			"the key is in the error",
		);
		return error;
	};

	it("submits with the key of the account and the key of the submit", async () => {
		steps = [submitted];
		const result = await client().submitVideo(VIDEO, "pulumi-heygen:abc");
		assert.equal(result.videoId, "v1");
		assert.equal(typeof result.serverTime, "number");
		assert.equal(seen[0]?.headers["x-api-key"], KEY);
		assert.equal(seen[0]?.headers["idempotency-key"], "pulumi-heygen:abc");
		assert.deepEqual(JSON.parse(seen[0]?.body ?? ""), VIDEO);
	});

	it("refuses to send a body that the API does not know, before anything is sent", async () => {
		const wrong = { ...VIDEO, voice_id: "x" };
		const error = await failure(client().submitVideo(wrong, "key"));
		assert.match(error.message, /voice_id/);
		assert.equal(seen.length, 0);
	});

	for (const [name, first] of [
		["a bad gateway", refuse(502, {})],
		["a lost answer", ((_request, response) => void response.destroy()) satisfies Step],
		["an answer cut short", ((_request, response) => void response.end('{"data": {"video_')) satisfies Step],
		[
			"HTML from a gateway with status 200",
			((_request, response) => void response.end("<html>")) satisfies Step,
		],
		["409 request_in_progress", refuse(409, { code: "request_in_progress", message: "wait" })],
	] as const) {
		it(`submits again under the same key after ${name}`, async () => {
			steps = [first, submitted];
			assert.equal((await client().submitVideo(VIDEO, "same")).videoId, "v1");
			assert.deepEqual(
				seen.map(({ headers }) => headers["idempotency-key"]),
				["same", "same"],
			);
		});
	}

	it("obeys Retry-After on 429", async () => {
		steps = [
			refuse(429, { code: "rate_limit_exceeded", message: "busy" }, { "retry-after": "17" }),
			submitted,
		];
		const clock = fastClock();
		await client({ clock }).submitVideo(VIDEO, "same");
		assert.deepEqual(clock.sleeps, [17_500]);
	});

	it("does not try a refusal again", async () => {
		steps = [refuse(402, { code: "insufficient_credit", message: "The wallet is empty" })];
		const error = await failure(client().submitVideo(VIDEO, "key"));
		assert.equal(seen.length, 1);
		assert.match(error.message, /402 insufficient_credit: The wallet is empty\. Top up/);
	});

	it("tells status, code, message, param, request id, video and a hint", async () => {
		const body = { code: "invalid_parameter", message: "too long", param: "prompt", doc_url: "x" };
		steps = [refuse(400, body, { "x-request-id": "req_7" })];
		const error = await failure(client().getVideo("v1"));
		assert.ok(error instanceof HeyGenRefusal);
		const { status, code, reason, param, requestId, videoId } = error;
		assert.deepEqual(
			{ status, code, reason, param, requestId, videoId },
			{
				status: 400,
				code: "invalid_parameter",
				reason: "too long",
				param: "prompt",
				requestId: "req_7",
				videoId: "v1",
			},
		);
		assert.equal("id" in error, false, "an error with an id counts as a created resource");
	});

	it("survives HTML, empty and odd error bodies", async () => {
		for (const [body, told] of [
			["<html><body><h1>Bad   gateway</h1></body></html>", "Bad gateway"],
			["", "an empty answer"],
			["null", "null"],
			['{"error": "flat"}', '{"error": "flat"}'],
		] as const) {
			steps = [(_request, response) => void response.writeHead(403).end(body)];
			const error = await failure(client().getVideo("v1"));
			assert.equal(error.reason, told);
		}
	});

	it("does not blame the key or the account for a refusal that is not HeyGen's", async () => {
		for (const status of [401, 402, 403, 407]) {
			steps = [(_request, response) => void response.writeHead(status).end("<h1>Access denied</h1>")];
			const error = await failure(client().getVideo("v1"));
			assert.match(error.hint ?? "", /proxy or gateway.*heygen:baseUrl/);
		}
	});

	it("hides the key and presigned queries that an error message repeats", async () => {
		steps = [refuse(400, { code: "download_failed", message: `${KEY} https://f/x.mp4?Signature=s3cr3t` })];
		const error = await failure(client().getVideo("v1"));
		assert.equal(error.reason, "[secret] https://f/x.mp4");
	});

	it("lets unknown keys and status words of an answer pass", async () => {
		steps = [
			(_request, response) => answerJson(response, 200, { data: { id: "v1", status: "dreaming", x: [1] } }),
		];
		assert.equal((await client().getVideo("v1")).status, "dreaming");
	});

	it("names the path of what an answer lacks", async () => {
		steps = [(_request, response) => answerJson(response, 200, { data: { id: "v1" } })];
		const error = await failure(client().getVideo("v1"));
		assert.ok(error instanceof HeyGenAnswerInvalid);
		assert.match(error.message, /data\.status/);
	});

	it("needs of an answer only what it cannot do without, whatever the rest looks like", async () => {
		const answer = (data: object) => {
			steps = [(_request, response) => answerJson(response, 200, { data })];
			return client();
		};
		const submit = (data: object) => answer(data).submitVideo(VIDEO, "key");
		assert.equal((await submit({ video_id: "v1" })).videoId, "v1");
		const odd = { id: "v1", status: "completed", created_at: "1", duration: {}, video_url: 7, title: "T" };
		const { status, title, created_at, video_url } = await answer(odd).getVideo("v1");
		assert.deepEqual([status, title, created_at, video_url], ["completed", "T", undefined, undefined]);
		assert.deepEqual(await answer({ id: null, status: "completed" }).getVideo("v1"), {
			id: "v1",
			status: "completed",
		});
		const wallet = { currency: "usd", remaining_balance: "12.50" };
		assert.equal((await answer({ username: "me", wallet, email: 1 }).getAccount()).username, "me");
		await answer({ deleted: true }).deleteVideo("v1");
	});

	it("lists one page of videos by a part of their title, with the server's time", async () => {
		const video = { id: "v1", status: "completed", title: "Kitchen" };
		steps = [
			(_request, response) =>
				answerJson(response, 200, { data: [video], has_more: true, next_token: "t" }, { date: DATE }),
			(_request, response) => answerJson(response, 200, { data: [] }),
		];
		const page = await client().listVideos({ title: "a&b" });
		assert.deepEqual([page.videos, page.more, page.serverTime], [[video], true, Date.parse(DATE)]);
		assert.deepEqual([(await client().listVideos({ title: "x" })).more, seen.length], [false, 2]);
		assert.equal(seen[0]?.url, "/v3/videos?title=a%26b&limit=100");
	});

	it("does not repeat a submit whose answer is whole and not understood", async () => {
		steps = [(_request, response) => answerJson(response, 200, { data: { videoId: "v1" } })];
		assert.ok((await failure(client().submitVideo(VIDEO, "key"))) instanceof HeyGenAnswerInvalid);
		assert.equal(seen.length, 1);
	});

	it("takes a 404 for a missing video only from HeyGen itself, and asks a gateway that says so again", async () => {
		steps = [refuse(404, { code: "word_of_tomorrow", message: "no" })];
		assert.ok(isNotFound(await failure(client().getVideo("v1"))));
		assert.equal(seen.length, 1);
		steps = [(_request, response) => void response.writeHead(404).end("<h1>Not found</h1>"), video];
		assert.equal((await client().getVideo("v1")).id, "v1");
		steps = [(_request, response) => void response.writeHead(404).end("<h1>Not found</h1>")];
		assert.ok(!isNotFound(await failure(client().getVideo("v1"))));
	});

	it("does not follow a redirect, so the key stays with the host it is for", async () => {
		steps = [(_request, response) => void response.writeHead(302, { location: "/elsewhere" }).end()];
		assert.equal((await failure(client().getVideo("v1"))).status, 302);
		assert.equal(seen.length, 1);
	});

	it("says so when there is nobody to talk to", async () => {
		const { url } = server;
		await server.close();
		const error = await failure(
			createClient({ apiKey: KEY, baseUrl: url, clock: fastClock() }).getVideo("v1"),
		);
		assert.ok(error instanceof HeyGenUnreachable);
	});

	it("ends a call at once when its signal is aborted", async () => {
		const abort = new AbortController();
		steps = [() => abort.abort(new Error("cancelled"))];
		await assert.rejects(client().getVideo("v1", { signal: abort.signal }), { message: "cancelled" });
	});

	it("reads a path-like id as one id", async () => {
		steps = [video];
		await client().getVideo("../users/me?x");
		assert.equal(seen[0]?.url, "/v3/videos/..%2Fusers%2Fme%3Fx");
	});

	it("asks for the statuses of 250 videos in three requests", async () => {
		const ids = Array.from({ length: 250 }, (_, at) => `v${at}`);
		steps = [
			(request, response) => {
				const asked = new URL(request.url ?? "", server.url).searchParams.get("video_ids")?.split(",") ?? [];
				answerJson(response, 200, { data: asked.map((video_id) => ({ video_id, status: "processing" })) });
			},
		];
		assert.deepEqual([...(await client().videoStatuses(ids)).keys()], ids);
		assert.equal(seen.length, 3);
	});
});
