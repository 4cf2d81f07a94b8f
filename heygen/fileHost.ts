import { Agent, request } from "undici";
import { isLoopback } from "./loopback.ts";
import { redact } from "./redact.ts";
import { parseRetryAfter } from "./retry.ts";

/** The most redirects on the way to one file. */
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** How much of an answer that nobody wants is read to keep its connection, in bytes. */
const DUMP_BYTES = 16 * 1024;

export interface FileHostLimits {
	/** The longest time until an answer begins, connecting included, in milliseconds. @default 30,000 */
	headersMs?: number;
	/** The longest time without a byte, in milliseconds. @default 60,000 */
	idleMs?: number;
}

/** What is asked of a file host: the whole file, or the rest of one whose beginning is here. */
export interface PartWanted {
	/** The first byte wanted. */
	from: number;
	/** What is known of the file from an earlier answer. */
	known?: FileKnown | undefined;
}

export interface FileKnown {
	/** All of its bytes; undefined when the host did not say. */
	total: number | undefined;
	/** Names these very bytes: a strong ETag. */
	etag: string | undefined;
}

/** A host's answer: the file from byte `from` on, which is either what was wanted or 0. */
export interface Part extends FileKnown {
	from: number;
	body: AsyncIterable<Uint8Array>;
}

/** The file host did not give the file this time; a new link or another try may help. The message tells why, without the link. */
export class FileHostTrouble extends Error {
	readonly retryAfterMs: number | undefined;

	constructor(message: string, retryAfterMs?: number) {
		super(redact(message));
		this.name = "FileHostTrouble";
		this.retryAfterMs = retryAfterMs;
	}
}

const agent = new Agent({ connections: 32 });

/**
 * Asks for a file, or for the rest of one. A rest that the host does not serve, or that is of another file, is answered by
 * the whole file. No API key is sent, and redirects are followed a few times, never from https to http. Throws
 * `FileHostTrouble`, or the signal's reason.
 */
export async function openPart(
	link: string,
	{ from, known }: PartWanted,
	limits: FileHostLimits,
	signal: AbortSignal,
): Promise<Part> {
	const range: Record<string, string> =
		from === 0
			? {}
			: { range: `bytes=${from}-`, ...(known?.etag === undefined ? {} : { "if-range": known.etag }) };
	const { status, headers, body, host } = await follow(link, range, limits, signal);
	const tag = headers["etag"];
	const etag = tag?.startsWith('"') ? tag : undefined;
	if (status === 200) {
		return {
			from: 0,
			total: wholeNumber(headers["content-length"]),
			etag,
			body: bytesOf(body, host, signal),
		};
	}
	if (from > 0 && status === 206) {
		const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"] ?? "") ?? [];
		const size = wholeNumber(total) ?? known?.total;
		const same = (known?.total ?? size) === size && (known?.etag === undefined || known.etag === etag);
		if (wholeNumber(first) === from && same)
			return { from, total: size, etag, body: bytesOf(body, host, signal) };
	}
	await body.dump({ limit: DUMP_BYTES }).catch(() => {});
	signal.throwIfAborted();
	if (from > 0 && (status === 206 || status === 416)) return openPart(link, { from: 0 }, limits, signal);
	const why = status === 403 || status === 404 ? ": the link has expired, or the file is gone" : "";
	const retryAfterMs = parseRetryAfter(headers["retry-after"], Date.now());
	throw new FileHostTrouble(`${host} answered HTTP ${status}${why}`, retryAfterMs);
}

/** The first answer that is no redirect. */
async function follow(
	link: string,
	range: Record<string, string>,
	limits: FileHostLimits,
	signal: AbortSignal,
) {
	let url = allowed(URL.parse(link));
	for (let redirects = 0; ; redirects++) {
		const answer = await ask(url, range, limits, signal);
		const { status, headers, body, host } = answer;
		if (!REDIRECTS.includes(status) || headers["location"] === undefined) return answer;
		await body.dump({ limit: DUMP_BYTES }).catch(() => {});
		signal.throwIfAborted();
		if (redirects === MOST_REDIRECTS) throw new FileHostTrouble(`${host} redirects again and again`);
		url = allowed(URL.parse(headers["location"], url.href), url);
	}
}

async function ask(
	url: URL,
	range: Record<string, string>,
	{ headersMs = 30_000, idleMs = 60_000 }: FileHostLimits,
	signal: AbortSignal,
) {
	const late = new AbortController();
	const timer = setTimeout(() => late.abort(), headersMs);
	try {
		const { statusCode, headers, body } = await request(url, {
			dispatcher: agent,
			signal: AbortSignal.any([signal, late.signal]),
			headersTimeout: 0,
			bodyTimeout: idleMs,
			headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "pulumi-heygen", ...range },
		});
		const single = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
		const known: Readonly<Record<string, string | undefined>> = Object.fromEntries(single);
		return { status: statusCode, headers: known, body, host: url.host };
	} catch (error) {
		signal.throwIfAborted();
		const why = late.signal.aborted ? `no answer within ${headersMs / 1000} s` : reasonOf(error);
		throw new FileHostTrouble(`${url.host}: ${why}`);
	} finally {
		clearTimeout(timer);
	}
}

/** The body's bytes; a connection that breaks off is told as trouble of the host. */
async function* bytesOf(body: AsyncIterable<Uint8Array>, host: string, signal: AbortSignal) {
	try {
		yield* body;
	} catch (error) {
		signal.throwIfAborted();
		throw new FileHostTrouble(`${host}: ${reasonOf(error)}`);
	}
}

function allowed(url: URL | null, from?: URL): URL {
	const safe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
	if (url === null || !safe || (from?.protocol === "https:" && url.protocol !== "https:")) {
		throw new FileHostTrouble(`the file is offered at ${url?.host ?? "no address"}, but not over https`);
	}
	return url;
}

function reasonOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? error.code : undefined;
	if (code === "UND_ERR_BODY_TIMEOUT") return "the connection fell silent";
	if (code === "UND_ERR_SOCKET" || code === "ECONNRESET") return "the connection broke off";
	return error instanceof Error && error.message !== "" ? error.message : "the connection failed";
}

const wholeNumber = (text: string | undefined) =>
	text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
