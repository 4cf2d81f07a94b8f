import { createClient, type HeyGenClient } from "../../../heygen/client.ts";
import { createRenders, type Renders } from "../../../provider/rendering/renders.ts";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";
import { type SteppedClock, steppedClock } from "../../support/steppedClock.ts";

export const VIDEO = "5f0c2a9be1d84c7fa3b6d2107e94c815";

/** A status word, a refusal, or something that HeyGen did not say. */
export type Answer = string | { status: number; code?: string | undefined; retryAfter?: string };
export const MISSING = { status: 404, code: "video_not_found" };
export const GATEWAY = { status: 404 };
/** No answer at all. */
export const SILENCE = { status: 0 };
/** A list that does not speak of the video. */
export const LEFT_OUT = "";
export const TROUBLE = { status: 500, code: "internal_error" };

export interface Watched {
	/** How the one video answers, and the list of statuses, so many milliseconds after the start. */
	read(ms: number): Answer;
	list(ms: number): Answer;
	/** What was asked: `read` or `list`, and when. */
	asked: [string, number][];
	clock: SteppedClock;
	heygen: HeyGenClient;
	renders: Renders;
}

/** A service with one video, and a client whose seconds pass as soon as nobody is asked. */
export function watched(): Watched {
	const at = {} as Watched;
	let server: TestServer;
	beforeEach(async () => {
		at.asked = [];
		at.clock = steppedClock();
		at.read = at.list = () => "processing";
		server = await startServer((request, response) => {
			const { pathname } = new URL(request.url ?? "", "http://x");
			const what = pathname === "/v3/videos/statuses" ? "list" : "read";
			at.asked.push([what, at.clock.elapsed()]);
			const answer = at[what](at.clock.elapsed());
			if (typeof answer !== "string") {
				const { status, code, retryAfter } = answer;
				if (status === 0) return void response.destroy();
				const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
				return answerJson(
					response,
					status,
					code === undefined ? "no" : { error: { code, message: "no" } },
					headers,
				);
			}
			const line = { video_id: VIDEO, status: answer };
			const video = {
				id: VIDEO,
				status: answer,
				video_url: `https://files.example.net/v.mp4?Expires=${at.asked.length}`,
			};
			return answerJson(response, 200, { data: what === "read" ? video : answer === LEFT_OUT ? [] : [line] });
		});
		const { clock } = at;
		at.heygen = createClient({ apiKey: "key", baseUrl: server.url, clock, dispatcher: clock.dispatcher });
		at.renders = createRenders({
			heygen: () => at.heygen,
			clock,
			concurrency: 10,
			videoType: "avatar_shots",
		});
	});
	afterEach(async () => {
		await server.close();
		await at.clock.dispatcher.destroy();
	});
	return at;
}
