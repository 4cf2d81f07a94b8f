import { randomUUID } from "node:crypto";
import { Hono, type MiddlewareHandler } from "hono";
import { bodyReader } from "./body.ts";
import { controlOf } from "./control.ts";
import { ApiError, errorBody, invalidParameter } from "./errors.ts";
import type { Env } from "./http.ts";
import { accountRoutes } from "./routes/account.ts";
import { assetRoutes } from "./routes/assets.ts";
import { controlRoutes } from "./routes/control.ts";
import { directUploadRoutes } from "./routes/directUploads.ts";
import { fileRoutes } from "./routes/files.ts";
import { lookRoutes } from "./routes/looks.ts";
import { pageRoutes } from "./routes/pages.ts";
import { uploadRoutes } from "./routes/uploads.ts";
import { videoRoutes } from "./routes/videos.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import type { World } from "./world.ts";

/** The whole API: control and the pages for people first, then the layers that every request of the API passes, then the routes. */
export function emulatorApp(world: World): Hono<Env> {
	const app = new Hono<Env>();
	app.use(refuseOddHosts);
	app.use(world.interceptions.holdBack);
	answerEnvelopes(app, world);
	const readBody = bodyReader();
	controlRoutes(app, controlOf(world), readBody);
	pageRoutes(app, world);

	app.use(world.recorder.middleware);
	app.use("/v3/*", async (c, next) => {
		c.set("account", world.accounts.authenticate(c.req.raw.headers));
		await next();
	});
	app.use(readBody);
	holdIdempotencyKeys(app, world);
	app.use(world.interceptions.middleware);

	videoRoutes(app, world);
	lookRoutes(app);
	accountRoutes(app, world);
	assetRoutes(app, world);
	directUploadRoutes(app, world);
	webhookRoutes(app, world);
	fileRoutes(app, world);
	uploadRoutes(app, world);
	return app;
}

/** What the HTTP server lets through, and no URL can hold, such as `_127.0.0.1`. */
const refuseOddHosts: MiddlewareHandler<Env> = async (c, next) => {
	if (!URL.canParse(c.req.url)) throw invalidParameter("The Host header is neither a name nor an address.");
	await next();
};

/** What all answers have in common: the emulator's date, a request id, errors in HeyGen's envelope. */
function answerEnvelopes(app: Hono<Env>, { clock }: World): void {
	app.use(async (c, next) => {
		await next();
		c.header("Date", new Date(clock.now()).toUTCString());
		c.header("X-Request-Id", randomUUID());
	});
	app.notFound((c) => c.json(errorBody("not_found", `There is no ${c.req.method} ${c.req.path}`), 404));
	app.onError((error) => {
		const known =
			error instanceof ApiError
				? error
				: new ApiError(500, "internal_error", `The emulator failed: ${error.message}`);
		const body = errorBody(known.code, known.message, known.param);
		return Response.json(body, { status: known.status, headers: known.headers });
	});
}

/** Around the interceptions, so that a key is in flight also while a request is held up on purpose. */
function holdIdempotencyKeys(app: Hono<Env>, { idempotency }: World): void {
	app.use("/v3/*", async (c, next) => {
		const key = c.req.header("idempotency-key");
		if (key === undefined || c.req.method !== "POST") return next();
		const release = idempotency.hold([c.get("account").username, `POST ${c.req.path}`, key]);
		try {
			await next();
		} finally {
			release();
		}
	});
}
