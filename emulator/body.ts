import type { IncomingMessage } from "node:http";
import { finished } from "node:stream";
import type { Context, MiddlewareHandler } from "hono";
import { ApiError, invalidParameter } from "./errors.ts";
import type { Env } from "./http.ts";
import { jsonFrom } from "./json.ts";

const MIB = 1024 * 1024;

/** The most that a body may hold, and a file in one. */
export const MAX_BODY_BYTES = 32 * MIB;
/** What a form may have around its file. */
const FORM_BYTES = 64 * 1024;
/** The most that all bodies together may hold while they are read and handled. */
const MAX_UNDER_WAY_BYTES = 256 * MIB;

/** Where files are sent that are too large to be taken in whole: the route reads the stream itself. */
export const UPLOADS = "/uploads/";

/**
 * Takes the whole body in before anything else happens, uploads left out. Throws the API's 413 above 32 MiB, and 503
 * while the bodies of other requests fill the memory that there is for them.
 */
export function bodyReader(): MiddlewareHandler<Env> {
	let underWay = 0;
	return async (c, next) => {
		if (c.get("body") !== undefined || !takesBody(c)) return next();
		const body = new GrowingBuffer();
		try {
			await receive(c, (piece) => {
				underWay += piece.length;
				body.add(piece);
				if (body.length > most(c)) throw tooLarge();
				if (underWay > MAX_UNDER_WAY_BYTES) throw tooMuchAtOnce();
			});
			c.set("body", body.bytes);
			await next();
		} finally {
			underWay -= body.length;
		}
	};
}

export function isForm(c: Context<Env>): boolean {
	return /^multipart\/form-data\b/i.test(c.req.header("content-type") ?? "");
}

/** Throws the API's 400 when the body is not JSON. */
export function jsonBody(c: Context<Env>): unknown {
	try {
		return jsonFrom(c.get("body") ?? Buffer.alloc(0));
	} catch (error) {
		throw invalidParameter(error instanceof Error ? error.message : String(error));
	}
}

function takesBody({ req: { method, path } }: Context<Env>): boolean {
	return method !== "GET" && method !== "HEAD" && !path.startsWith(UPLOADS);
}

const most = (c: Context<Env>) => (isForm(c) ? MAX_BODY_BYTES + FORM_BYTES : MAX_BODY_BYTES);

/** A connection that closed at once would take the answer with it: the client is still sending, and not yet reading. */
const STAY_OPEN = { Connection: "keep-alive" };

function tooLarge(): ApiError {
	return new ApiError(413, "payload_too_large", "The body is larger than 32 MiB", { headers: STAY_OPEN });
}

function tooMuchAtOnce(): ApiError {
	const text = "Too many large requests are under way at once; try again when some of them have ended";
	return new ApiError(503, "service_unavailable", text, { headers: { ...STAY_OPEN, "Retry-After": "1" } });
}

/** Hands the body to `take`, piece by piece. What `take` throws ends the reading; a client that is gone, the request. */
async function receive(c: Context<Env>, take: (piece: Buffer) => void): Promise<void> {
	if (Number(c.req.header("content-length")) > most(c)) throw tooLarge();
	try {
		await eachPiece(c.env.incoming, take);
	} catch (error) {
		if (!(error instanceof ApiError)) c.set("cut", true);
		throw error;
	}
}

function eachPiece(incoming: IncomingMessage, take: (piece: Buffer) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const onPiece = (piece: Buffer) => {
			try {
				take(piece);
			} catch (error) {
				incoming.off("data", onPiece);
				reject(error);
			}
		};
		incoming.on("data", onPiece);
		finished(incoming, { writable: false }, (error) => (error ? reject(error) : resolve()));
	});
}

/** Bytes that come piece by piece, however small the pieces are. */
class GrowingBuffer {
	#room = Buffer.allocUnsafe(16 * 1024);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	get bytes(): Buffer {
		return this.#room.subarray(0, this.#length);
	}

	add(piece: Buffer): void {
		const length = this.#length + piece.length;
		if (length > this.#room.length) {
			const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#room.length));
			this.#room.copy(larger, 0, 0, this.#length);
			this.#room = larger;
		}
		piece.copy(this.#room, this.#length);
		this.#length = length;
	}
}
