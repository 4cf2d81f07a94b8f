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
	[
		"Alibaba",
		"x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=a&x-oss-date=1&x-oss-expires=1&" +
			"x-oss-additional-headers=host&x-oss-security-token=t&x-oss-signature=abc",
	],
	["Alibaba of old", "OSSAccessKeyId=a&Expires=1&security-token=t&Signature=abc"],
	[
		"Volcengine",
		"X-Tos-Algorithm=a&X-Tos-Credential=c&X-Tos-Date=1&X-Tos-Expires=1&X-Tos-SignedHeaders=host&X-Tos-Signature=abc",
	],
	[
		"Tencent",
		"q-sign-algorithm=sha1&q-ak=a&q-sign-time=1;2&q-key-time=1;2&q-header-list=host&q-url-param-list=&q-signature=abc&" +
			"x-cos-security-token=t",
	],
	["Huawei", "AccessKeyId=a&Expires=1&x-obs-security-token=t&Signature=abc"],
	["Backblaze", "Authorization=abc"],
	["Discord", `ex=66b2&is=66b1&hm=${"0a".repeat(32)}&`],
	["a token", "access_token=abc"],
	["a token of three parts", "jwt=abc"],
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

	it("keep what makes another picture of what they lead to", () => {
		const signed = "x-oss-process=image/resize,w_100&x-oss-date=1&x-oss-signature=abc";
		assert.equal(withoutSignature(`${PLACE}?${signed}`), `${PLACE}?x-oss-process=image/resize,w_100`);
	});

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
			"?hm=0a0a",
			"?q-size=2",
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
