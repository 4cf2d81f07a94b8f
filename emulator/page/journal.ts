import { html } from "hono/html";
import { count, type Html, moment } from "../../pages/parts.ts";
import { excerpt, plainUrl, visible } from "../../pages/text.ts";
import { controlAssets } from "../assets/controlAsset.ts";
import type { World } from "../world.ts";

/** Lines that a list shows. */
const SHOWN = 50;

export function assetList({ assets }: World): Html {
	const all = controlAssets(assets).reverse();
	return section("assets", "Assets", all, "No file was uploaded yet.", (asset) => {
		const { id, name, mimeType, sizeBytes, createdAt } = asset;
		const status = asset.deleted ? "deleted" : asset.status;
		return html`<li id="asset-${id}"><span>${moment(createdAt)}</span><span><bdi>${excerpt(name, 120)}</bdi></span>
			<span>${visible(mimeType)}</span><span>${count(sizeBytes, "byte")}</span><span>${status}</span></li>`;
	});
}

export function endpointList({ webhooks }: World): Html {
	return section(
		"endpoints",
		"Webhook endpoints",
		webhooks.endpoints.list(),
		"There is none.",
		(endpoint) => {
			const events = endpoint.events === null ? "all events" : excerpt(endpoint.events.join(", "), 300);
			return html`<li id="endpoint-${endpoint.id}"><span>${plainUrl(endpoint.url)}</span><span>${events}</span></li>`;
		},
	);
}

export function deliveryList({ webhooks }: World): Html {
	const all = webhooks.deliveries.attempts().reverse();
	return section("deliveries", "Webhooks sent", all, "No webhook was sent yet.", (delivery) => {
		const { eventId, endpointId, attempt, atMs, url, nextMs } = delivery;
		const type = webhooks.events.find(eventId)?.type ?? "";
		const next = nextMs === null ? "" : html`<span>next try ${moment(nextMs)}</span>`;
		return html`<li id="delivery-${eventId}-${endpointId ?? "callback"}-${atMs}-${attempt}"><span>${moment(atMs)}</span>
			<span>${visible(type)}</span><span>${plainUrl(url)}</span>${statusMark(delivery.status, delivery.error)}
			<span>try ${attempt}</span>${next}</li>`;
	});
}

export function requestList({ recorder }: World): Html {
	const all = recorder.requests().reverse();
	return section("requests", "Requests", all, "No request came in yet.", (request) => {
		const { method, path, status, idempotencyKey: key, at } = request;
		const shownKey = key === null ? "" : html`<span>Idempotency-Key ${excerpt(key, 80)}</span>`;
		return html`<li><span>${moment(at)}</span><span>${visible(method)} ${excerpt(path, 200)}</span>
			${statusMark(status, "connection cut")}${shownKey}</li>`;
	});
}

function section<T>(
	id: string,
	name: string,
	all: readonly T[],
	none: string,
	line: (item: T) => Html,
): Html {
	const more = all.length > SHOWN ? html`<p class="quiet">The latest ${SHOWN}.</p>` : "";
	const lines = all.slice(0, SHOWN).map(line);
	return html`<section aria-labelledby="${id}-name" id="${id}" data-live>
		<h2 id="${id}-name">${name} (${all.length.toLocaleString("en-US")})</h2>
		${lines.length === 0 ? html`<p class="quiet">${none}</p>` : html`<ol class="rows">${lines}</ol>${more}`}
	</section>`;
}

function statusMark(status: number | null, otherwise: string | null): Html {
	const kind = status !== null && status < 400 ? "good" : "bad";
	return html`<span class="${kind}">${status ?? excerpt(otherwise ?? "", 200)}</span>`;
}
