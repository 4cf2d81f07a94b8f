import assert from "node:assert/strict";
import fc from "fast-check";
import {
	MissingSignature,
	StaleTimestamp,
	type VerifyWebhookOptions,
	verifyWebhook,
	WebhookError,
	WrongSignature,
} from "../../../heygen/webhooks/index.ts";
import { signatureOf } from "../../../heygen/webhooks/signature.ts";

const SECRET = "whsec_test";
const BODY = '{"event_type":"avatar_video.success","event_data":{}}';
const SIGNATURE = "f59cb1083b9adcf12b70aa700598e6a66599a7aae0f99486df243a2ca528aa90";
const NOW = Date.UTC(2026, 6, 30, 9, 20);

const verify = (changes: Partial<VerifyWebhookOptions> = {}) =>
	verifyWebhook({
		body: BODY,
		headers: { "Heygen-Signature": SIGNATURE },
		secrets: SECRET,
		now: () => NOW,
		...changes,
	});
const at = (secondsAgo: number) => ({
	"heygen-signature": SIGNATURE,
	"heygen-timestamp": String(NOW / 1000 - secondsAgo),
});

describe("the signature of a webhook", () => {
	describe("is taken", () => {
		it("over a string as over its bytes", () => {
			verify();
			verify({ body: Buffer.from(BODY) });
			verify({ body: new TextEncoder().encode(BODY) });
		});
		it("from either header, in any case", () => {
			for (const name of [
				"Heygen-Signature",
				"heygen-signature",
				"HEYGEN-SIGNATURE",
				"Signature",
				"signature",
			]) {
				verify({ headers: { [name]: SIGNATURE } });
				verify({ headers: new Headers({ [name]: SIGNATURE }) });
			}
		});
		it("when one of both headers is another's", () => {
			verify({ headers: { signature: "sig1=:bm90IG91cnM=:", "heygen-signature": SIGNATURE } });
			verify({ headers: { signature: SIGNATURE, "heygen-signature": "0".repeat(64) } });
		});
		it("from a header that came several times", () => {
			verify({ headers: { signature: ["0".repeat(64), SIGNATURE] } });
		});
		it("under any one of several secrets", () => {
			verify({ secrets: ["whsec_old", SECRET] });
			verify({ secrets: [SECRET, "whsec_new"] });
		});
	});

	describe("is refused", () => {
		it("when it is missing or empty, and callback_url is named", () => {
			for (const headers of [{}, { signature: "" }, { "heygen-signature": undefined }, new Headers()]) {
				assert.throws(() => verify({ headers }), MissingSignature);
			}
			assert.throws(() => verify({ headers: {} }), /callback_url is not signed/);
		});
		it("with any one bit of the body changed", () => {
			fc.assert(
				fc.property(fc.nat(BODY.length * 8 - 1), (bit) => {
					const body = Buffer.from(BODY);
					body.writeUInt8(body.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
					assert.throws(() => verify({ body }), WrongSignature);
				}),
			);
		});
		it("when it is cut, longer, prefixed or no hex", () => {
			for (const signature of [
				SIGNATURE.slice(0, 62),
				`${SIGNATURE}00`,
				`${SIGNATURE}zz`,
				`sha256=${SIGNATURE}`,
				"zz",
				`${SIGNATURE.slice(0, 63)}z`,
			]) {
				assert.throws(() => verify({ headers: { signature } }), WrongSignature);
			}
		});
		it("under another secret, and the usual causes are named", () => {
			assert.throws(
				() => verify({ secrets: "whsec_other" }),
				/under the secret.*parsed and written again.*rotated/s,
			);
			assert.throws(() => verify({ secrets: ["whsec_a", "whsec_b"] }), /under any of the 2 secrets/);
		});
		it("under a secret with a line feed at its end, which is named as the cause", () => {
			assert.throws(() => verify({ secrets: `${SECRET}\n` }), /fits the secret without the whitespace/);
		});
		it("under another secret with whitespace, which is named among the causes", () => {
			assert.throws(() => verify({ secrets: "whsec_other " }), /whitespace around it.*Other usual causes/s);
		});
		it("for a parsed body, with a text of its own", () => {
			const body = JSON.parse(BODY);
			assert.throws(
				() => verify({ body }),
				(error) => error instanceof WrongSignature && /has parsed it.*express\.raw/s.test(error.message),
			);
		});
		it("without the secret ever standing in the message", () => {
			fc.assert(
				fc.property(fc.string({ minLength: 8 }), fc.string(), (secret, signature) => {
					fc.pre(secret.trim().length >= 8);
					try {
						verify({ secrets: [secret, `${secret}\n`], headers: { signature } });
					} catch (error) {
						assert.ok(error instanceof WebhookError);
						assert.ok(!error.message.includes(secret.trim()));
					}
				}),
			);
		});
	});

	it("cannot be checked without a secret, and says so", () => {
		for (const secrets of ["", " \n", [], [SECRET, ""]]) {
			assert.throws(() => verify({ secrets }), { name: "TypeError", message: /`secrets` must be/ });
		}
		const forgotten = JSON.parse("{}").secret;
		assert.throws(() => verify({ secrets: forgotten }), TypeError);
	});
	it("is HMAC-SHA256 of the raw bytes under the secret as it is", () => {
		assert.equal(signatureOf(BODY, SECRET).toString("hex"), SIGNATURE);
	});
});

describe("the timestamp of a webhook", () => {
	it("is not needed", () => verify());
	it("may be as late as HeyGen delivers an event again, and an hour more, in either direction", () => {
		for (const seconds of [0, 90_000, -90_000]) verify({ headers: at(seconds) });
	});
	it("may not be more, and the message says by how much", () => {
		assert.throws(() => verify({ headers: at(90_001) }), StaleTimestamp);
		assert.throws(() => verify({ headers: at(90_001) }), /90001 s old, and at most 90000 s/);
		assert.throws(() => verify({ headers: at(-90_001) }), /90001 s ahead/);
	});
	it("may be as old as the caller allows", () => {
		verify({ headers: at(86_400), maxAgeSeconds: 86_400 });
		verify({ headers: at(1e9), maxAgeSeconds: Number.POSITIVE_INFINITY });
		assert.throws(() => verify({ headers: at(11), maxAgeSeconds: 10 }), StaleTimestamp);
	});
	it("is refused when it is no time", () => {
		for (const sent of ["soon", "-5", "1e9", "NaN"]) {
			assert.throws(
				() => verify({ headers: { signature: SIGNATURE, "heygen-timestamp": sent } }),
				/not a time in unix seconds/,
			);
		}
	});
	it("is looked at only after the signature", () => {
		assert.throws(() => verify({ headers: at(1e6), secrets: "whsec_other" }), WrongSignature);
	});
	it("has a limit that must be a number of seconds", () => {
		for (const maxAgeSeconds of [-1, Number.NaN])
			assert.throws(() => verify({ maxAgeSeconds }), /`maxAgeSeconds`/);
	});
});
