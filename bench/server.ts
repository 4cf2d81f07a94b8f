/** The calls of HeyGen's API and of its file host that a transfer makes, for files of any size. Prints its address. */
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const chunk = Buffer.alloc(256 * 1024, 7);
const mp4Start = Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp41", "latin1");

const server = createServer((request, response) => {
	const { pathname } = new URL(request.url ?? "/", "http://localhost");
	const base = `http://${request.headers.host}`;
	const route = `${request.method} ${pathname.replace(/\/\d+$/, "/{bytes}").replace(/[0-9a-f-]{36}/, "{id}")}`;
	const last = pathname.split("/").at(-1) ?? "";
	const asset = { asset_id: pathname.split("/")[3] ?? "", url: `${base}/a.png`, size_bytes: 1 };
	switch (route) {
		case "GET /v3/users/me":
			return answer(response, {
				username: "bench",
				email: "b@example.net",
				first_name: null,
				last_name: null,
			});
		case "GET /v3/videos/{bytes}":
			return answer(response, { id: last, status: "completed", video_url: `${base}/file/${last}` });
		case "GET /file/{bytes}":
			return void sendFile(response, Number(last));
		case "POST /v3/assets/direct-uploads": {
			const id = randomUUID();
			return answer(response, { asset_id: id, upload_url: `${base}/put/${id}`, upload_headers: {} });
		}
		case "POST /v3/assets":
			return void drain(request).then(() => answer(response, { ...asset, asset_id: randomUUID() }));
		case "PUT /put/{id}":
			return void drain(request).then(() => response.end());
		case "POST /v3/assets/{id}/complete":
			return answer(response, { ...asset, status: "completed" });
		case "GET /v3/assets/{id}":
			return answer(response, { id: last });
		default:
			response.writeHead(404).end();
	}
});

server.listen(0, "127.0.0.1", () => {
	process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});

function answer(response: ServerResponse, data: object): void {
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data }));
}

/** As a storage does, which checks the hash that was announced. */
async function drain(request: IncomingMessage): Promise<void> {
	const hash = createHash("sha256");
	for await (const bytes of request) hash.update(bytes);
	hash.digest();
}

async function sendFile(response: ServerResponse, size: number): Promise<void> {
	response.writeHead(200, { "content-length": size, "content-type": "video/mp4" });
	response.write(mp4Start);
	for (let left = size - mp4Start.length; left > 0; left -= chunk.length) {
		if (!response.write(left < chunk.length ? chunk.subarray(0, left) : chunk)) {
			await new Promise((resolve) => response.once("drain", resolve));
		}
	}
	response.end();
}
