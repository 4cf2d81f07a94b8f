import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { type Answer, at, type clientOf, type HeaderLines } from "./support.ts";

type Client = ReturnType<typeof clientOf>;

export const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** What the first step of a direct upload answers. */
export interface Started {
	readonly asset_id: string;
	readonly upload_url: string;
	readonly upload_headers: HeaderLines;
}

export function startedOf(answer: Answer): Started {
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	return at(answer.body, "data") as Started;
}

/** The first step, for a PNG with its checksum unless `changes` say otherwise. */
export function startUpload(
	client: Client,
	bytes: Buffer,
	{ key, ...changes }: { key?: string; [field: string]: unknown } = {},
): Promise<Answer> {
	const checksum_sha256 = sha256(bytes);
	const body = { filename: "a.png", content_type: "image/png", size_bytes: bytes.length, checksum_sha256 };
	const headers: HeaderLines = key ? { "idempotency-key": key } : {};
	return client.call("POST", "/v3/assets/direct-uploads", { ...body, ...changes }, headers);
}

/** The second step: the status, and the code where the storage refuses. */
export async function put(
	{ upload_url, upload_headers }: Started,
	bytes: Buffer<ArrayBuffer>,
	more: HeaderLines = {},
): Promise<number | string> {
	const headers = { ...upload_headers, ...more };
	const response = await fetch(upload_url, { method: "PUT", headers, body: bytes });
	const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
	return code === undefined ? response.status : `${response.status} ${code}`;
}

/** A second step that the test feeds itself. */
export function openPut({ upload_url, upload_headers }: Started, size: number) {
	const headers = { ...upload_headers, "content-length": size };
	const open: ClientRequest = request(upload_url, { method: "PUT", headers });
	const answered = new Promise<IncomingMessage>((resolve, reject) => {
		open.on("response", resolve).on("error", reject);
	});
	return { open, answered };
}

/** The third step. */
export function complete(
	client: Client,
	{ asset_id }: { asset_id: string },
	body: object = {},
): Promise<Answer> {
	return client.call("POST", `/v3/assets/${asset_id}/complete`, body);
}
