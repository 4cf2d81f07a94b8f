import { Agent, request } from "undici";
import { bytesOf, dropBody, FileHostTrouble, reasonOf } from "./fileBody.ts";
import { compressed } from "./refusal.ts";
import { parseRetryAfter } from "./retry.ts";
import { isSafe } from "./safeUrl.ts";

/** The most redirects on the way to one file. */
const MOST_REDIRECTS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];
/** How long a file may be, in bytes: 4 GiB. */
export const MOST_BYTES = 4 * 1024 ** 3;
const HEADERS_MS = 30_000;
const IDLE_MS = 60_000;

export interface FileHostLimits {
	/** The longest time until an answer begins, connecting included, in milliseconds. @default 30,000 */
	headersMs?: number;
	/** The longest time without a byte, or with hardly any, in milliseconds. @default 60,000 */
	idleMs?: number;
	/** The most bytes of a file, announced or not. @default 4 GiB */
	mostBytes?: number;
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

type Headers = Readonly<Record<string, string | undefined>>;

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
	const part = partOf(status, headers, { from, known });
	const fault = compressed(headers) ?? tooLong(part, limits);
	if (part !== undefined && fault === undefined) {
		return { ...part, body: bytesOf(body, host, limits.idleMs ?? IDLE_MS, signal) };
	}
	await dropBody(body);
	signal.throwIfAborted();
	if (part !== undefined) throw new FileHostTrouble(`${host}: ${fault}`);
	if (from > 0 && (status === 206 || status === 416)) return openPart(link, { from: 0 }, limits, signal);
	const why = status === 403 || status === 404 ? ": the link has expired, or the file is gone" : "";
	const retryAfterMs = parseRetryAfter(headers["retry-after"], Date.now());
	throw new FileHostTrouble(`${host} answered HTTP ${status}${why}`, retryAfterMs);
}

/** What an answer holds; undefined when that is neither the file nor the wanted part of it. */
function partOf(
	status: number,
	headers: Headers,
	{ from, known }: PartWanted,
): Omit<Part, "body"> | undefined {
	const tag = headers["etag"];
	const etag = tag?.startsWith('"') ? tag : undefined;
	if (status === 200) return { from: 0, total: wholeNumber(headers["content-length"]), etag };
	if (from === 0 || status !== 206) return undefined;
	const [, first, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers["content-range"] ?? "") ?? [];
	const size = wholeNumber(total) ?? known?.total;
	const same = (known?.total ?? size) === size && (known?.etag === undefined || known.etag === etag);
	return wholeNumber(first) === from && same ? { from, total: size, etag } : undefined;
}

function tooLong(
	part: FileKnown | undefined,
	{ mostBytes = MOST_BYTES }: FileHostLimits,
): string | undefined {
	if (part?.total === undefined || part.total <= mostBytes) return undefined;
	return `the file is announced with ${part.total} bytes, more than ${mostBytes}`;
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
		await dropBody(body);
		signal.throwIfAborted();
		if (redirects === MOST_REDIRECTS) throw new FileHostTrouble(`${host} redirects again and again`);
		url = allowed(URL.parse(headers["location"], url.href), url);
	}
}

async function ask(
	url: URL,
	range: Record<string, string>,
	{ headersMs = HEADERS_MS, idleMs = IDLE_MS }: FileHostLimits,
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
		return { status: statusCode, headers: Object.fromEntries(single) as Headers, body, host: url.host };
	} catch (error) {
		signal.throwIfAborted();
		const why = late.signal.aborted ? `no answer within ${headersMs / 1000} s` : reasonOf(error);
		throw new FileHostTrouble(`${url.host}: ${why}`);
	} finally {
		clearTimeout(timer);
	}
}

function allowed(url: URL | null, from?: URL): URL {
	if (url === null || !isSafe(url) || (from?.protocol === "https:" && url.protocol !== "https:")) {
		throw new FileHostTrouble(`the file is offered at ${url?.host ?? "no address"}, but not over https`);
	}
	return url;
}

const wholeNumber = (text: string | undefined) =>
	text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
