import assert from "node:assert/strict";
import fc from "fast-check";
import { isSignedLink, withoutSignature } from "../../heygen/signedLinks.ts";

const PLACE = "https://h/v.mp4";
const SIGNATURES: [string, string][] = [
	["CloudFront", "Expires=1&Signature=abc&Key-Pair-Id=k"],
	["CloudFront with a policy", "Policy=p&Signature=abc&Key-Pair-Id=k"],
	["S3", "X-Amz-Algorithm=a&X-Amz-Expires=1&X-Amz-Security-Token=t&X-Amz-Signature=abc"],
	["S3 of old", "AWSAccessKeyId=a&Expires=1&Signature=abc"],
	["Google", "X-Goog-Algorithm=a&X-Goog-Expires=1&X-Goog-Signature=abc"],
	["Google of old", "GoogleAccessId=a&Expires=1&Signature=abc"],
	["Azure", "sv=2024-11-04&st=a&se=b&sr=b&sp=r&spr=https&sig=abc"],
	["Akamai", "hdnts=exp=1~acl=/*~hmac=abc"],
	["a token", "access_token=abc"],
];

describe("presigned links", () => {
	for (const [whose, query] of SIGNATURES) {
		it(`of ${whose} are known, and lead to the same place whenever they are signed`, () => {
			assert.ok(isSignedLink(`${PLACE}?${query}`));
			assert.equal(withoutSignature(`${PLACE}?${query}`), PLACE);
			assert.equal(withoutSignature(`${PLACE}?version=2&${query}#t=3`), `${PLACE}?version=2#t=3`);
			assert.equal(withoutSignature(`${PLACE}?a=1&${query}&b=2`), `${PLACE}?a=1&b=2`);
		});
	}

	it("are as secret as links with a password in them, which stay as they are", () => {
		for (const link of [
			"https://me:pw@h/v.mp4",
			"https://me@h",
			"HTTPS://:pw@h/?page=2",
			"https:me:pw@h/v.mp4",
		]) {
			assert.ok(isSignedLink(link), link);
			assert.equal(withoutSignature(link), link);
		}
		for (const link of ["https://h/@me", "https://h/?to=me@h", "https://h#me@h", "me@h"]) {
			assert.ok(!isSignedLink(link), link);
		}
	});

	it("are told from links whose query is no signature, which stay as they are", () => {
		for (const query of [
			"",
			"?",
			"?page=2",
			"?Expires=1",
			"?se=1",
			"?design=Signature",
			"#Signature=x",
			"?a#?sig=1",
		]) {
			assert.ok(!isSignedLink(PLACE + query), query);
			assert.equal(withoutSignature(PLACE + query), PLACE + query);
		}
	});

	it("never keep their signature, whatever is beside it", () => {
		fc.assert(
			fc.property(fc.webQueryParameters(), fc.constantFrom(...SIGNATURES), (query, [, signature]) => {
				const left = withoutSignature(`${PLACE}?${query}&${signature}`);
				assert.ok(!isSignedLink(left), left);
			}),
		);
	});
});
