import assert from "node:assert/strict";
import { HeyGenRefusal } from "../../../heygen/errors.ts";
import { createTold } from "../../../provider/host/told.ts";
import { Unfinished } from "../../../provider/lifecycle.ts";
import { failureOf, sharedReason } from "../../../provider/shared.ts";
import { URN } from "../../support/context.ts";

const urn = (name: string, type = "AvatarShotsVideo") =>
	URN.replace("hero", name).replace("AvatarShotsVideo", type);

function refusal(id: string, status: number, code: string | undefined, reason: string) {
	return new HeyGenRefusal(reason, { call: `GET /v3/videos/${id}`, status, code, videoId: id });
}

const notRead = (
	id: string,
	status = 401,
	code: string | undefined = "unauthorized",
	reason = "No such key",
) => failureOf(`Video ${id} was not read and stays in the state`, refusal(id, status, code, reason));

describe("a reason that many resources share", () => {
	it("is told in full once a run, and the others point to it with what is theirs", () => {
		const told = createTold();
		const texts = Array.from({ length: 20 }, (_, at) => told(notRead(`v${at}`), urn(`hero-${at}`)));
		assert.match(
			texts[0] ?? "",
			/^Video v0 was not read and stays in the state: GET \/v3\/videos\/v0 answered 401 unauthorized: No such key\. Check the API key/,
		);
		for (const [at, text] of texts.entries()) {
			if (at === 0) continue;
			const short = `Video v${at} was not read and stays in the state: 401 unauthorized, see the error of hero-0.`;
			assert.equal(text, short);
		}
	});

	it("names the type of the resource that tells it, where that is another one", () => {
		const told = createTold();
		told(notRead("v1"), urn("hero", "VideoFile"));
		assert.match(told(notRead("v1"), urn("hero")), /see the error of hero \(VideoFile\)\.$/);
	});

	it("is told again in full by the resource that told it first", () => {
		const told = createTold();
		assert.equal(told(notRead("v1"), urn("hero")), told(notRead("v1"), urn("hero")));
	});

	it("is the same when HeyGen's words differ by the video's id alone, and another one when they differ", () => {
		const told = createTold();
		const denied = (id: string, why: string) => notRead(id, 403, "forbidden", `Video ${id} ${why}`);
		told(denied("v1", "is another team's"), urn("one"));
		assert.match(
			told(denied("v2", "is another team's"), urn("two")),
			/403 forbidden, see the error of one\.$/,
		);
		assert.match(
			told(denied("v3", "is in the bin"), urn("three")),
			/Video v3 is in the bin\. The key is valid but/,
		);
	});

	it("keeps what an unfinished resource needs", () => {
		const told = createTold();
		const unfinished = (id: string) => {
			const shared = sharedReason(refusal(id, 401, "unauthorized", "No such key"), `Video ${id} is kept`);
			return new Unfinished(`Video ${id} is submitted, but …`, { id, state: {} }, shared);
		};
		told(unfinished("v1"), urn("one"));
		assert.equal(
			told(unfinished("v2"), urn("two")),
			"Video v2 is kept: 401 unauthorized, see the error of one.",
		);
	});

	it("is none where only this resource can have it", () => {
		const told = createTold();
		told(notRead("v1", 404, "video_not_found", "Not found"), urn("one"));
		assert.match(told(notRead("v2", 404, "video_not_found", "Not found"), urn("two")), /Check the id/);
		assert.equal(told(new Error("no space"), urn("one")), "no space");
		assert.equal(told("odd", urn("one")), "unexpected failure: odd");
	});

	it("is told in full where nothing says which resource speaks", () => {
		const told = createTold();
		told(notRead("v1"), urn("one"));
		assert.match(told(notRead("v2"), ""), /Check the API key/);
	});
});
