import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { sharedProcess } from "../process.ts";
import { at } from "../support.ts";

/** What a receiver does on a connection once a delivery has begun to arrive. */
type Receiver = (socket: Socket) => void;

const OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
const again =
	(first: string, piece: string | Buffer): Receiver =>
	(socket) => {
		socket.write(first);
		const timer = setInterval(() => socket.writableLength === 0 && socket.write(piece), 1);
		socket.on("close", () => clearInterval(timer));
	};

const RECEIVERS: Readonly<Record<string, Receiver>> = {
	"never answers": () => {},
	"hangs up": (socket) => socket.resetAndDestroy(),
	"answers garbage": (socket) => socket.write("\0\0garbage\r\n\r\n"),
	"sends headers without end": again("HTTP/1.1 200 OK\r\n", `x: ${"y".repeat(5000)}\r\n`),
	"sends hints without end": again("", "HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n"),
	"sends a body without end": again("HTTP/1.1 200 OK\r\n\r\n", Buffer.alloc(1024 * 1024)),
	"sends a body byte by byte": again("HTTP/1.1 200 OK\r\n\r\n", "x"),
	"sends less than it says": (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nab"),
	"sends more than it says": (socket) => socket.end(`${OK}${"x".repeat(1_000_000)}`),
	"sends a body that is not packed": (socket) =>
		socket.end("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc"),
	"redirects to itself": (socket) => socket.end("HTTP/1.1 307 X\r\nlocation: /\r\ncontent-length: 0\r\n\r\n"),
	"changes the protocol": (socket) =>
		socket.write("HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
	"answers a status that is none": (socket) => socket.end("HTTP/1.1 999 X\r\ncontent-length: 0\r\n\r\n"),
	answers: (socket) => socket.end(OK),
};

describe("emulator: webhook receivers that mean no good", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(350, ["--render-seconds", "0", "--queue-seconds", "0"]);
	const servers: Server[] = [];
	const sockets = new Set<Socket>();
	after(() => {
		for (const server of servers) server.close();
		for (const socket of sockets) socket.destroy();
	});

	it("are each tried, given up in time, and hold up neither each other nor the emulator", async () => {
		const { call, get, submit } = emulator();
		await call("PATCH", "/_emulator/settings", { webhookTimeoutSeconds: 3, priceUsd: 0 });
		const names = new Map<string, string>();
		for (const [name, receive] of Object.entries(RECEIVERS)) {
			const server = createServer((socket) => {
				sockets.add(socket);
				socket.on("error", () => {}).on("close", () => sockets.delete(socket));
				socket.once("data", () => receive(socket));
			});
			servers.push(server);
			await once(server.listen(0, "127.0.0.1"), "listening");
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
			names.set(url, name);
			await call("POST", "/v3/webhooks/endpoints", { url });
		}
		const refused = "http://127.0.0.1:1/";
		await call("POST", "/v3/webhooks/endpoints", { url: refused });
		names.set(refused, "is not there");

		const VIDEOS = 5;
		for (let count = 0; count < VIDEOS; count++) assert.equal((await submit()).status, 200);
		const outcomes = async () => {
			const { body } = await get("/_emulator/webhook-deliveries");
			assert(Array.isArray(body));
			return body.filter((delivery) => delivery.attempt === 1);
		};
		let ended = await outcomes();
		while (ended.length < VIDEOS * names.size) {
			await delay(50);
			ended = await outcomes();
		}
		const taken = new Set(ended.filter(({ next }) => next === null).map(({ url }) => names.get(url)));
		assert.deepEqual([...taken].sort(), [
			"answers",
			"sends a body byte by byte",
			"sends a body that is not packed",
			"sends a body without end",
			"sends less than it says",
			"sends more than it says",
		]);
		assert.equal(
			ended.filter(({ url }) => names.get(url) === "answers").every((each) => at(each, "status") === 200),
			true,
		);
	});
});
