import assert from "node:assert/strict";
import fc from "fast-check";
import type { z } from "zod";
import { Account } from "../../heygen/schemas/account.ts";
import { SubmittedVideo, Video } from "../../heygen/schemas/video.ts";
import { WebhookEndpoint } from "../../heygen/schemas/webhookEndpoint.ts";
import { cameOut } from "../../provider/avatarShotsVideo/state.ts";
import { sealState } from "../../provider/host/values.ts";
import type { Values } from "../../provider/lifecycle.ts";
import { told } from "../../provider/webhookEndpoint/state.ts";
import { accountOf } from "../../sdk/functions/answers/account.ts";
import { dateOf } from "../../sdk/functions/answers/dates.ts";
import { anyJson } from "../support/anything.ts";
import { testContext } from "../support/context.ts";

const times = fc.oneof(
	fc.constantFrom(1e300, -1e300, 8.64e12, 8.64e12 + 1, 1_785_400_000_000_000),
	fc.double(),
	anyJson,
);

/** Answers of this form with anything in their fields, as far as the schema takes them. */
function accepted<T extends z.ZodType>(schema: T, fields: Record<string, fc.Arbitrary<unknown>>) {
	const [id, text] = [fc.constant("x1"), fc.oneof(fc.webUrl(), anyJson)];
	const known = Object.fromEntries(
		Object.keys((schema as unknown as z.ZodObject).shape).map((name) => [name, fields[name] ?? text]),
	);
	const ids = Object.fromEntries(
		["id", "endpoint_id", "username"].flatMap((name) => (name in known ? [[name, id]] : [])),
	);
	return fc.record({ ...known, ...ids }).map((answer) => schema.safeParse(answer));
}

/** What the engine keeps of a state. */
const kept = (state: Values) => JSON.parse(JSON.stringify(sealState(state)));

describe("an answer", () => {
	const endpoint = { endpoint_id: "e1", url: "https://h", events: null, secret: "whsec_1" };
	const needed: [string, z.ZodObject, Values][] = [
		["to a submit", SubmittedVideo, { video_id: "v1" }],
		["about a video", Video, { id: "v1", status: "completed" }],
		["about an account", Account, { username: "me" }],
		["about a webhook endpoint", WebhookEndpoint, endpoint],
	];
	for (const [name, schema, fields] of needed) {
		it(`${name} is taken whatever its other fields are, so that nothing made is lost to them`, () => {
			const others = Object.keys(schema.shape).filter((key) => !Object.hasOwn(fields, key));
			const answers = fc.record(Object.fromEntries([...others, "new"].map((key) => [key, anyJson])));
			fc.assert(fc.property(answers, (more) => assert.ok(schema.safeParse({ ...more, ...fields }).success)));
		});
	}
});

describe("whatever HeyGen says of", () => {
	it("a video, its id is not lost to it: it is something that a state can hold", () => {
		const videos = accepted(Video, {
			status: fc.string(),
			created_at: times,
			completed_at: times,
			duration: times,
		});
		fc.assert(
			fc.property(videos, anyJson, ({ data: video }, before) => {
				fc.pre(video !== undefined);
				const state = cameOut(video, { videoUrl: before }, testContext());
				assert.equal(kept(state).status, video.status);
				for (const name of ["createdAt", "completedAt"])
					assert.match(String(state[name]), /^undefined$|^[-+\d].*Z$/);
			}),
		);
	});

	it("a webhook endpoint, neither its id nor its secret is lost to it", () => {
		const endpoints = accepted(WebhookEndpoint, {
			url: fc.string(),
			events: fc.constant(null),
			status: fc.string(),
			secret: fc.string(),
			created_at: fc.oneof(times, fc.string()).filter((time) => ["number", "string"].includes(typeof time)),
		});
		fc.assert(
			fc.property(endpoints, ({ data: endpoint }) => {
				fc.pre(endpoint !== undefined);
				kept(told(endpoint));
			}),
		);
	});

	it("an account, it is told", () => {
		const credits = fc.record({ premium_credits: fc.record({ remaining: times, resets_at: times }) });
		const accounts = accepted(Account, {
			wallet: fc.record({ currency: fc.string(), remaining_balance: times }),
			subscription: fc.record({ plan: fc.string(), credits }),
			usage_based: fc.constant(null),
		});
		fc.assert(
			fc.property(accounts, ({ data: account }) => {
				fc.pre(account !== undefined);
				accountOf(account);
			}),
		);
	});

	it("a time, it is a date, or none", () => {
		fc.assert(
			fc.property(fc.double(), (time) => assert.match(String(dateOf(time)), /^undefined$|^[-+\d].*Z$/)),
		);
	});
});
