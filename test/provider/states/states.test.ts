import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "../../../provider/asset/index.ts";
import { avatarShotsVideo } from "../../../provider/avatarShotsVideo/index.ts";
import { open, sealState } from "../../../provider/host/values.ts";
import type { Difference, Lifecycle, Values } from "../../../provider/lifecycle.ts";
import { createVideoFile } from "../../../provider/videoFile/index.ts";
import { webhookEndpoint } from "../../../provider/webhookEndpoint/index.ts";
import { quickClock } from "../../support/clock.ts";
import { testContext } from "../../support/context.ts";
import { answerJson, startServer, type TestServer } from "../../support/httpServer.ts";
import { pngOf, SAMPLES } from "../../support/samples.ts";

/** What a stack held after a run with a version of this package: never to be changed, only added to. */
interface Held {
	id: string;
	/** What the program asks for, now as then. */
	given: Values;
	/** What the engine keeps and hands over. */
	inputs: Values;
	state: Values;
	/** What HeyGen says of it today. */
	heygen?: Record<string, unknown>;
	difference: Difference;
}

const ROUTES: Record<string, string> = {
	avatarShotsVideo: "/v3/videos",
	webhookEndpoint: "/v3/webhooks/endpoints",
	asset: "/v3/assets",
};
const HERE = import.meta.dirname;
const versions = readdirSync(HERE).filter((name) => /^v\d+$/.test(name));

for (const version of versions) {
	for (const file of readdirSync(join(HERE, version))) {
		const name = file.replace(".json", "");
		const shapes: Record<string, Held> = JSON.parse(readFileSync(join(HERE, version, file), "utf8"));

		describe(`the state ${version} of ${name}`, () => {
			let folder: string;
			let server: TestServer;
			let held: Held;
			let requests: string[];

			beforeEach(async () => {
				folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-")));
				await writeFile(join(folder, "kitchen.png"), pngOf(500));
				await mkdir(join(folder, "dist"));
				await writeFile(join(folder, "dist/hero.mp4"), SAMPLES["video/mp4"]);
				await utimes(join(folder, "dist/hero.mp4"), 1_785_402_240, 1_785_402_240);
				requests = [];
				server = await startServer((request, response) => {
					const { pathname } = new URL(request.url ?? "", "http://x");
					if (pathname === "/v3/users/me")
						return answerJson(response, 200, { data: { username: "marketing" } });
					requests.push(`${request.method} ${pathname}`);
					if (pathname === "/v3/webhooks/event-types") return answerJson(response, 200, { data: [] });
					const route = ROUTES[name];
					const isList = pathname === route && name === "webhookEndpoint";
					if (isList || pathname === `${route}/${held.id}`)
						return answerJson(response, 200, { data: isList ? [held.heygen] : held.heygen });
					return answerJson(response, 404, { error: { code: "not_found", message: "no" } });
				});
			});
			afterEach(async () => {
				await server.close();
				await rm(folder, { recursive: true, force: true });
			});

			const lifecycle = (): Lifecycle<Values> =>
				(
					({
						avatarShotsVideo,
						webhookEndpoint,
						asset,
						videoFile: createVideoFile({ folder }),
					}) as unknown as Record<string, Lifecycle<Values>>
				)[name] as Lifecycle<Values>;
			const run = () => {
				const urn = String(held.state["resourceUrn"]);
				return testContext({ urn, baseUrl: server.url, clock: quickClock() });
			};
			/** The program's inputs, with the project's files where this machine has them. */
			const given = () =>
				JSON.parse(
					JSON.stringify(held.given).replaceAll('"kitchen.png"', JSON.stringify(join(folder, "kitchen.png"))),
				);
			const checked = async (context = run()) => {
				const { inputs, problems } = await lifecycle().check(given(), open(held.inputs).values, context);
				assert.deepEqual(problems, []);
				return inputs;
			};
			const kept = (state: Values) => JSON.parse(JSON.stringify(state));
			const all = (what: string, hold: () => Promise<void>) => {
				for (const [shape, value] of Object.entries(shapes)) {
					it(`${what} (${shape})`, async () => {
						held = value;
						await hold();
					});
				}
			};

			all("calls for what it called for then, and nothing is asked", async () => {
				const { values: state } = open(held.state);
				const inputs = await checked();
				assert.equal(inputs["submissionKey"], held.inputs["submissionKey"]);
				assert.deepEqual(await lifecycle().diff(held.id, state, inputs, run()), held.difference);
				assert.deepEqual(requests, []);
			});

			all("is read, and nothing of it is lost", async () => {
				const { values: state } = open(held.state);
				const found = await lifecycle().read(held.id, state, run());
				assert.equal(found?.id, held.id);
				assert.deepEqual(kept(found?.state ?? {}), state);
				sealState(found?.state ?? {}, lifecycle().secrets, held.state);
			});

			all("is deleted", async () => {
				await lifecycle().delete(held.id, open(held.state).values, run());
				if (name === "videoFile") assert.ok(!existsSync(join(folder, held.id)));
				else assert.equal(requests.at(-1), `DELETE ${ROUTES[name]}/${held.id}`);
			});

			all("of a later version is left as it is", async () => {
				const later = { ...open(held.state).values, stateVersion: 1_000 };
				const context = run();
				const inputs = await checked(context);
				const calls = [
					() => lifecycle().diff(held.id, later, inputs, context),
					() => lifecycle().read(held.id, later, context),
					() => lifecycle().update(held.id, later, inputs, context),
					() => lifecycle().delete(held.id, later, context),
				];
				for (const call of calls) {
					const told = new RegExp(`${held.id} .*later version of pulumi-heygen.*Nothing was changed`, "s");
					await assert.rejects(async () => call(), told);
				}
				assert.deepEqual(requests, []);
				assert.ok(existsSync(join(folder, "dist/hero.mp4")));
			});
		});
	}
}

describe("a state that is not finished", () => {
	it("is gone on with, and not paid again", async () => {
		const shapes = JSON.parse(readFileSync(join(HERE, "v1/avatarShotsVideo.json"), "utf8"));
		const { id, given, inputs, state, heygen } = shapes.unfinished as Held;
		const requests: string[] = [];
		const server = await startServer((request, response) => {
			requests.push(`${request.method} ${request.url}`);
			const { pathname } = new URL(request.url ?? "", "http://x");
			const data =
				pathname === "/v3/users/me" ? { username: "marketing" } : { ...heygen, status: "completed" };
			answerJson(response, 200, { data });
		});
		try {
			const context = testContext({ baseUrl: server.url, clock: quickClock() });
			const wanted = (await avatarShotsVideo.check(given, open(inputs).values, context)).inputs;
			const after = await avatarShotsVideo.update(id, open(state).values, wanted, context);
			assert.equal(after.status, "completed");
			assert.ok(
				requests.every((request) => request.startsWith("GET ")),
				String(requests),
			);
		} finally {
			await server.close();
		}
	});
});
