import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebhookEvent, webhookHandler } from "pulumi-heygen/webhooks";

const secret = process.env["HEYGEN_WEBHOOK_SECRET"];
if (!secret) {
	console.error('Set HEYGEN_WEBHOOK_SECRET to the stack\'s output "secret".');
	process.exit(1);
}

/** The events that were dealt with. A service with more than one process, or one that restarts, keeps them in its database. */
const done = new Set<string>();

const webhooks = webhookHandler({
	secrets: secret,
	isDuplicate: (eventId) => done.has(eventId),
	onEvent: (event) => {
		console.log(lineFor(event));
		if (event.eventId !== undefined) done.add(event.eventId);
	},
});

/** Without the links: whoever has a presigned one can fetch the video. */
function lineFor(event: WebhookEvent): string {
	switch (event.type) {
		case "avatar_video.success":
			return `${event.data.videoId} is completed`;
		case "avatar_video.fail":
			return `${event.data.videoId} failed: ${event.data.message ?? "HeyGen gives no reason"}`;
		default:
			return `${event.type}: nothing to do`;
	}
}

const server = createServer((request, response) => {
	if (request.url === "/heygen") return void webhooks.node(request, response);
	response.writeHead(404).end();
});
server.listen(Number(process.env["PORT"] ?? 4011), "127.0.0.1", () => {
	console.log(`Receiving at http://127.0.0.1:${(server.address() as AddressInfo).port}/heygen`);
});
