import { connect, type Socket } from "node:net";

/** A connection below HTTP: what is sent is not made good on the way. */
export interface RawAnswer {
	/** All bytes that came back, as Latin-1. */
	readonly text: string;
	/** The first answer's status; undefined when there was none. */
	readonly status: number | undefined;
}

/** Sends the pieces, and gives what came back until the other side ended, or for `seconds`. */
export async function sendRaw(
	url: string,
	pieces: Iterable<string | Uint8Array>,
	{ seconds = 20 } = {},
): Promise<RawAnswer> {
	const socket = openSocket(url);
	const received: Buffer[] = [];
	socket.on("data", (chunk: Buffer) => received.push(chunk));
	const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
	const late = setTimeout(() => socket.destroy(), seconds * 1000);
	for (const piece of pieces) {
		if (socket.destroyed) break;
		if (!socket.write(piece)) await Promise.race([drained(socket), closed]);
	}
	await closed;
	clearTimeout(late);
	const text = Buffer.concat(received).toString("latin1");
	const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
	return { text, status: status === undefined ? undefined : Number(status) };
}

const drained = (socket: Socket) => new Promise<void>((resolve) => socket.once("drain", () => resolve()));

/** A socket whose errors are nobody's: the other side may end it at any time. */
export function openSocket(url: string): Socket {
	const { hostname, port } = new URL(url);
	return connect(Number(port), hostname)
		.setMaxListeners(0)
		.on("error", () => {});
}

/** The head of a request with the emulator's key, and what else is given; the connection ends with its answer. */
export function head(method: string, path: string, headers: Readonly<Record<string, string>> = {}): string {
	const lines = Object.entries({
		host: "127.0.0.1",
		"x-api-key": "emulator-key",
		connection: "close",
		...headers,
	});
	return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}
