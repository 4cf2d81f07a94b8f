import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EMULATOR_LOOKS, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.ts";

/** Starts emulators and makes folders that go away after each test, also after a failed one. To be called in a `describe`. */
export function perTest() {
	const open: Emulator[] = [];
	const folders: string[] = [];
	afterEach(async () => {
		await Promise.all(open.splice(0).map((emulator) => emulator.close()));
		await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
	});
	return {
		async start(options: EmulatorOptions = {}): Promise<Emulator> {
			const emulator = await startEmulator(options);
			open.push(emulator);
			return emulator;
		},
		async folder(): Promise<string> {
			const folder = await mkdtemp(join(tmpdir(), "emulator-test-"));
			folders.push(folder);
			return folder;
		},
	};
}

export interface Answer {
	readonly status: number;
	readonly headers: Headers;
	/** Parsed when it is JSON. */
	readonly body: unknown;
}

export type HeaderLines = Readonly<Record<string, string>>;

/** Calls a server as a user of `apiKey` would. */
export function clientOf({ url, apiKey }: { readonly url: string; readonly apiKey: string }) {
	const call = async (
		method: string,
		path: string,
		body?: unknown,
		headers: HeaderLines = {},
	): Promise<Answer> => {
		const response = await fetch(url + path, {
			method,
			headers: { "x-api-key": apiKey, ...headers },
			...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		const json = response.headers.get("content-type")?.startsWith("application/json");
		return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
	};
	return {
		call,
		get: (path: string, headers?: HeaderLines) => call("GET", path, undefined, headers),
		delete: (path: string) => call("DELETE", path),
		/** Uploads bytes in one request; the part says no type unless `type` is given. */
		upload: (bytes: Uint8Array, { name = "file.bin", type = "", idempotencyKey = "" } = {}) => {
			const form = new FormData();
			// A part without a type of its own is sent as application/octet-stream.
			form.set("file", new File([new Uint8Array(bytes)], name, { type }));
			return call("POST", "/v3/assets", form, idempotencyKey ? { "idempotency-key": idempotencyKey } : {});
		},
		/** Submits a good video with `changes`; an undefined one leaves a field out. */
		submit: (changes: object = {}, idempotencyKey?: string) =>
			call(
				"POST",
				"/v3/videos",
				{ ...GOOD, ...changes },
				idempotencyKey ? { "idempotency-key": idempotencyKey } : {},
			),
	};
}

function isRaw(body: unknown): body is string | FormData | Uint8Array<ArrayBuffer> {
	return typeof body === "string" || body instanceof FormData || body instanceof Uint8Array;
}

export const GOOD = {
	type: "avatar_shots",
	prompt: "A baker carries a tray through a bright kitchen.",
	avatar_id: [EMULATOR_LOOKS.studioDesk],
};

/** The value at a path of keys, such as `at(body, "data", "video_id")`; undefined where the path ends early. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
	return path.reduce<unknown>(
		(from, key) => (from == null ? undefined : Reflect.get(Object(from), key)),
		value,
	);
}

export function assetIdOf(answer: Answer): string {
	return idOf(answer, "asset_id");
}

export function idOf(answer: Answer, field = "video_id"): string {
	const id = at(answer.body, "data", field);
	assert.equal(answer.status, 200, JSON.stringify(answer.body));
	assert(typeof id === "string");
	return id;
}

/** Holds a refusal against status, code and `param` (undefined: not there), and gives its message. */
export function refused(answer: Answer, status: number, code: string, param?: string): string {
	const error = at(answer.body, "error");
	assert.deepEqual(
		{ status: answer.status, code: at(error, "code"), param: at(error, "param") },
		{ status, code, param },
		JSON.stringify(answer.body),
	);
	return String(at(error, "message"));
}

/** A link of a finished video. */
export async function linkOf(
	client: ReturnType<typeof clientOf>,
	id: string,
	field = "video_url",
): Promise<string> {
	const link = at((await client.get(`/v3/videos/${id}`)).body, "data", field);
	assert(typeof link === "string", `${field} is ${link}`);
	return link;
}
