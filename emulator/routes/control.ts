import type { Context, Hono, MiddlewareHandler } from "hono";
import { z } from "zod";
import { jsonBody } from "../body.ts";
import type { EmulatorControl } from "../controlTypes.ts";
import { ApiError, invalidParameter } from "../errors.ts";
import { type Env, isLocal } from "../http.ts";
import { Action } from "../interceptionSchema.ts";
import type { InterceptionHandle } from "../interceptionTypes.ts";
import { changeSettings } from "../settings.ts";

const text = z.string();
const Advance = z.strictObject({ seconds: z.number().min(0) });
const Failure = z.strictObject({ code: text.nullable(), message: text.nullable() });
const Key = z.strictObject({ apiKey: text });
const GivenKey = z.strictObject({ apiKey: text, username: text });
const Balance = z.strictObject({ username: text, usd: z.number() });
const NewEvent = z.strictObject({
	type: text,
	data: z.record(text, z.unknown()),
	username: text.optional(),
});
const NewInterception = z.strictObject({
	method: text.optional(),
	route: text.optional(),
	path: text.optional(),
	times: z.int().min(1).optional(),
	after: z.int().min(0).optional(),
	action: Action,
});

/** The control as HTTP and JSON, for other processes on this machine. There is no key to it. */
export function controlRoutes(
	app: Hono<Env>,
	control: EmulatorControl,
	readBody: MiddlewareHandler<Env>,
): void {
	const handles = new Map<string, InterceptionHandle>();
	const renders = () => ({ paid: control.paidRenders(), accepted: control.acceptedRenders() });
	const now = () => ({ now: control.clock.now() });
	const handleOf = (c: Context<Env>) => {
		const handle = handles.get(c.req.param("id") ?? "");
		if (!handle) throw new ApiError(404, "not_found", "There is no such interception");
		return handle;
	};

	app.use("/_emulator/*", async (c, next) => {
		if (!isLocal(c)) {
			throw new ApiError(403, "forbidden", "The control of the emulator is only for the machine it runs on");
		}
		await next();
	});

	app.use("/_emulator/*", readBody);

	app.get("/_emulator/settings", (c) => c.json(control.settings));
	app.patch("/_emulator/settings", (c) => {
		const changes = jsonBody(c);
		asked(() => changeSettings(control.settings, changes));
		return c.json(control.settings);
	});

	app.get("/_emulator/clock", (c) => c.json(now()));
	app.post("/_emulator/clock/advance", (c) => {
		const { seconds } = parsed(c, Advance);
		asked(() => control.clock.advance(seconds));
		return c.json(now());
	});

	app.get("/_emulator/renders", (c) => c.json(renders()));
	app.get("/_emulator/videos", (c) => c.json(control.videos()));
	app.get("/_emulator/assets", (c) => c.json(control.assets()));
	app.get("/_emulator/uploads", (c) => c.json({ accepted: control.uploads() }));
	app.get("/_emulator/requests", (c) => c.json(control.requests()));
	app.delete("/_emulator/requests", (c) => {
		control.clearRequests();
		return c.json({});
	});

	app.get("/_emulator/webhook-endpoints", (c) => c.json(control.webhookEndpoints()));
	app.get("/_emulator/webhook-deliveries", (c) => c.json(control.webhookDeliveries()));
	app.post("/_emulator/events", (c) => {
		const { type, data, username } = parsed(c, NewEvent);
		return c.json({ eventId: asked(() => control.sendEvent(type, data, username)) });
	});
	app.post("/_emulator/events/:id/resend", (c) => {
		asked(() => control.resendEvent(c.req.param("id")));
		return c.json({});
	});

	app.post("/_emulator/fail-next-render", (c) => {
		control.failNextRender(parsed(c, Failure));
		return c.json({});
	});

	app.post("/_emulator/revoke-key", (c) => {
		const { apiKey } = parsed(c, Key);
		asked(() => control.revokeKey(apiKey));
		return c.json({});
	});
	app.post("/_emulator/give-key", (c) => {
		const { apiKey, username } = parsed(c, GivenKey);
		asked(() => control.giveKey(apiKey, username));
		return c.json({});
	});
	app.post("/_emulator/balance", (c) => {
		const { username, usd } = parsed(c, Balance);
		asked(() => control.setBalance(username, usd));
		return c.json({});
	});

	app.post("/_emulator/interceptions", (c) => {
		const handle = control.intercept(parsed(c, NewInterception));
		const id = String(handles.size + 1);
		handles.set(id, handle);
		return c.json({ id, hits: handle.hits });
	});
	app.get("/_emulator/interceptions/:id", (c) => c.json({ id: c.req.param("id"), hits: handleOf(c).hits }));
	app.delete("/_emulator/interceptions/:id", (c) => {
		handleOf(c).remove();
		return c.json({});
	});
}

/** Turns the `TypeError` or `RangeError` of a wrong request into a 400. */
function asked<T>(work: () => T): T {
	try {
		return work();
	} catch (error) {
		const wrong = error instanceof TypeError || error instanceof RangeError;
		throw wrong ? invalidParameter(error.message) : error;
	}
}

function parsed<T extends z.ZodType>(c: Context<Env>, schema: T): z.infer<T> {
	const result = schema.safeParse(jsonBody(c));
	if (!result.success) throw invalidParameter(z.prettifyError(result.error));
	return result.data;
}
