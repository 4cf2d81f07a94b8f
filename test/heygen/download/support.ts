import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type DownloadLimits, download } from "../../../heygen/download.ts";
import { fastClock } from "../../support/clock.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";

export const FILE = randomBytes(300_000);
export const ETAG = '"one"';
/** What the file's host does with one request. */
export type Step = (request: IncomingMessage, response: ServerResponse) => void;

/** A host that answers by steps, the last one again and again; fresh for each test of the block. */
export function fileHost() {
	const servers: TestServer[] = [];
	const at = {
		steps: [] as Step[],
		seen: [] as IncomingMessage[],
		url: "",
		clock: fastClock(),
		async serve(listener: RequestListener): Promise<string> {
			const server = await startServer(listener);
			servers.push(server);
			return server.url;
		},
		rangesAsked: () => at.seen.map(({ headers }) => [headers.range, headers["if-range"]]),

		/** Downloads from the steps; every link is another one. */
		async run(limits: DownloadLimits = {}, signal = new AbortController().signal) {
			let got = Buffer.alloc(0);
			let links = 0;
			const restarts: number[] = [];
			const sink = {
				async write(bytes: Uint8Array) {
					got = Buffer.concat([got, bytes]);
				},
				async restart() {
					restarts.push(got.length);
					got = Buffer.alloc(0);
				},
			};
			const link = async () => `${at.url}/hero.mp4?Signature=secret-part-${++links}`;
			const size = await download({ link, sink, clock: at.clock, signal, limits }).catch((error: unknown) => {
				assert.doesNotMatch(String(error), /secret-part/);
				throw error;
			});
			return { size, got, links, restarts };
		},
	};
	beforeEach(async () => {
		at.steps = [];
		at.seen = [];
		at.clock = fastClock();
		at.url = await at.serve((request, response) => {
			at.seen.push(request);
			const step = at.steps.length > 1 ? at.steps.shift() : at.steps[0];
			step?.(request, response);
		});
	});
	afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));
	return at;
}

export const whole: Step = (_request, response) => {
	response.writeHead(200, { "content-length": FILE.length, etag: ETAG });
	response.end(FILE);
};

/** The whole file or the wanted rest of it, cut after so many bytes of the answer. */
export const cutAfter =
	(bytes: number, headers: Record<string, string> = { etag: ETAG }): Step =>
	(request, response) => {
		const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
		const range = from > 0 ? { "content-range": `bytes ${from}-${FILE.length - 1}/${FILE.length}` } : {};
		response.writeHead(from > 0 ? 206 : 200, { ...headers, ...range, "content-length": FILE.length - from });
		response.write(FILE.subarray(from, from + bytes), () => setTimeout(() => response.destroy(), 20));
		if (from + bytes >= FILE.length) response.end();
	};

export const refuse =
	(status: number): Step =>
	(_request, response) => {
		response.writeHead(status, { "content-type": "application/xml" });
		response.end("<Error><Code>AccessDenied</Code></Error>");
	};
