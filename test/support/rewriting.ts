import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { startServer, type TestServer } from "./httpServer.ts";

/** What a server answers, to be changed. */
export interface Rewritten {
	text: string;
	/** Empty for an answer without a date. */
	date: string;
	status?: number;
	headers?: Record<string, string>;
	/** How long the answer takes to come after its first byte, in milliseconds. */
	slowMs?: number;
}

/** What a server is asked, to be changed. */
export interface Asked {
	path: string;
	body: Buffer;
}

export type Change = (answer: Rewritten, path: string, method: string) => Rewritten;

/**
 * A server that passes everything on to another one and changes what is asked and what it answers in JSON; a broken
 * connection stays one. Close it in an `afterEach`.
 */
export function rewriting(
	url: string,
	change: Change,
	ask: (asked: Asked) => Asked = (asked) => asked,
): Promise<TestServer> {
	return startServer(async (request, response) => {
		const { method = "GET", url: given = "/" } = request;
		const { path, body } = ask({ path: given, body: await bytesOf(request) });
		const passed = ["x-api-key", "content-type", "idempotency-key"].flatMap((name) => {
			const value = request.headers[name];
			return typeof value === "string" ? [[name, value] as [string, string]] : [];
		});
		const sent = { method, headers: passed, ...(body.length === 0 ? {} : { body: new Uint8Array(body) }) };
		const answer = await fetch(url + path, sent).catch(() => undefined);
		if (answer === undefined) return void response.destroy();
		const before = { text: await answer.text(), date: answer.headers.get("date") ?? "" };
		const { text, date, status = answer.status, headers = {}, slowMs = 0 } = change(before, given, method);
		response.sendDate = false;
		response.writeHead(status, { "content-type": "application/json", ...(date ? { date } : {}), ...headers });
		const bytes = Buffer.from(text);
		const half = Math.floor(bytes.length / 2);
		response.write(bytes.subarray(0, half));
		if (slowMs > 0) await delay(slowMs);
		response.end(bytes.subarray(half));
	});
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece);
	return Buffer.concat(pieces);
}
