import { randomBytes } from "node:crypto";
import type { Context, Hono } from "hono";
import { answerOnce } from "../answerOnce.ts";
import { jsonBody } from "../body.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { baseOf, type Env, isoSeconds, page } from "../http.ts";
import { acceptChanges, acceptNew, mayBeNamed } from "../webhooks/endpointRequest.ts";
import type { StoredEndpoint } from "../webhooks/endpointTable.ts";
import { EVENT_TYPES } from "../webhooks/eventTypes.ts";
import { payloadOf } from "../webhooks/payload.ts";
import { newSecret } from "../webhooks/webhooks.ts";
import type { World } from "../world.ts";

const ENDPOINTS = "/v3/webhooks/endpoints";

export function webhookRoutes(app: Hono<Env>, world: World): void {
	const { webhooks, settings } = world;
	const { endpoints } = webhooks;
	const find = (c: Context<Env>) => webhooks.find(c.get("account").username, c.req.param("id") ?? "");

	// What has ended by now concerns the endpoints as they are before the request changes them.
	app.use("/v3/webhooks/*", async (_c, next) => {
		webhooks.settle();
		await next();
	});

	app.post(ENDPOINTS, (c) => answerOnce(c, world, `POST ${ENDPOINTS}`, () => create(c, world)));

	app.get(ENDPOINTS, (c) => {
		const found = endpoints.list(c.get("account").username);
		const answer = page(c, found, { max: 100, default: 10, position: (endpoint) => -endpoint.seq });
		return c.json({ ...answer, data: answer.data.map(endpointAnswer) });
	});

	app.patch(`${ENDPOINTS}/:id`, (c) => {
		const { id, url, events } = find(c);
		const changes = acceptChanges(jsonBody(c), settings);
		if (changes.url != null && changes.url !== url) refuseDuplicate(c, world, changes.url);
		const leave =
			changes.events === undefined || (changes.events === null && settings.webhookEventsNull === "leave");
		endpoints.update(id, { url: changes.url ?? url, events: leave ? events : (changes.events ?? null) });
		return c.json({ data: endpointAnswer(find(c)) });
	});

	app.delete(`${ENDPOINTS}/:id`, (c) => {
		webhooks.remove(find(c).id);
		return c.json({ data: {} });
	});

	app.post(`${ENDPOINTS}/:id/rotate-secret`, (c) =>
		answerOnce(c, world, `POST ${c.req.path}`, () => {
			const { id } = find(c);
			const secret = newSecret();
			endpoints.setSecret(id, secret);
			return { endpoint_id: id, secret };
		}),
	);

	app.get("/v3/webhooks/event-types", (c) => {
		const data = Object.entries(EVENT_TYPES).map(([event_type, description]) => ({
			event_type,
			description,
		}));
		return c.json({ data, has_more: false, next_token: null });
	});

	app.get("/v3/webhooks/events", (c) => {
		const type = c.req.query("event_type");
		const entity = c.req.query("entity_id");
		if (type && !mayBeNamed(type, settings)) {
			throw invalidParameter(`event_type: ${type} is not a type of event`, "event_type");
		}
		const found = webhooks.events
			.list(c.get("account").username)
			.filter((event) => (!type || event.type === type) && (!entity || event.entityId === entity));
		const answer = page(c, found, { max: 100, default: 10, position: (event) => -event.seq });
		const data = answer.data.map((event) => payloadOf(event, world, baseOf(c)));
		return c.json({ ...answer, data });
	});
}

function create(c: Context<Env>, world: World) {
	const { webhooks, clock, settings } = world;
	const { username } = c.get("account");
	const { url, events, entity_id } = acceptNew(jsonBody(c), settings);
	refuseDuplicate(c, world, url);
	const most = settings.webhookEndpoints;
	if (most !== null && webhooks.endpoints.list(username).length >= most) {
		const text = `The account has ${most} webhook endpoints, as many as it may`;
		throw new ApiError(400, "resource_limit_reached", text);
	}
	const endpoint = {
		id: randomBytes(16).toString("hex"),
		username,
		url,
		events: events ?? null,
		entityId: entity_id ?? null,
		secret: newSecret(),
		createdMs: clock.now(),
	};
	webhooks.endpoints.insert(endpoint);
	return { ...endpointAnswer(endpoint), secret: endpoint.secret };
}

/** Throws a 409 when the account has an endpoint for the URL already and the settings forbid two. */
function refuseDuplicate(c: Context<Env>, { webhooks, settings }: World, url: string): void {
	if (settings.webhookDuplicates === "accept") return;
	if (!webhooks.endpoints.list(c.get("account").username).some((endpoint) => endpoint.url === url)) return;
	throw new ApiError(409, "conflict", "There is a webhook endpoint for this url already");
}

/** An endpoint as answers tell it: neither its secret nor the entity it is narrowed down to. */
function endpointAnswer({ id, url, events, createdMs }: Omit<StoredEndpoint, "seq">) {
	return { endpoint_id: id, url, events, status: "enabled", created_at: isoSeconds(createdMs) };
}
