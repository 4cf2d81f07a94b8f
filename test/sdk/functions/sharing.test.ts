import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { EMULATOR_LOOKS } from "../../../emulator/index.ts";
import * as heygen from "../../../sdk/index.ts";
import { answerJson } from "../../support/httpServer.ts";
import { perTest, says } from "./support.ts";

const LOOKS = { data: [{ id: "look1", name: "Ada", avatar_type: "digital_twin" }] };

describe("functions of one run", () => {
	const test = perTest();

	it("ask the same question once, also when 200 ask at the same time, and once more for another one", async () => {
		const emulator = await test.emulator();
		const ask = () => heygen.getAvatarLook({ name: "Our founder", ownership: "private" });
		await Promise.all(Array.from({ length: 200 }, ask));
		await ask();
		assert.equal(emulator.control.requests().length, 1);
		await heygen.getAvatarLooks({ ownership: "private", avatarType: undefined });
		assert.equal(emulator.control.requests().length, 1, "a list with the same filters is asked again");
		await heygen.getAvatarLook({ name: "Our founder" });
		await heygen.getAvatarLook({ id: EMULATOR_LOOKS.kitchen });
		assert.equal(emulator.control.requests().length, 3);
	});

	it("give each caller a result of its own", async () => {
		await test.emulator();
		const [first] = await heygen.getAvatarLooks();
		first?.tags.push("mine");
		const [again] = await heygen.getAvatarLooks();
		assert.deepEqual(again?.tags, ["studio", "sitting"]);
	});

	it("ask again for another key, and in another run of the same process", async () => {
		const accounts = ["a", "b"].map((name) => ({ apiKey: `key-${name}`, username: name }));
		const emulator = await test.emulator({ accounts });
		assert.equal((await heygen.getAccount()).username, "a");
		test.use(emulator.url, "key-b");
		assert.equal((await heygen.getAccount()).username, "b");
		assert.equal(emulator.control.requests().length, 2);

		const runs = [1, 2].map((run) => `127.0.0.1:${run}`);
		for (const monitor of runs) {
			pulumi.runtime.resetOptions("shop", "dev", 1, "", monitor, false, "");
			await heygen.getAccount();
			await heygen.getAccount();
		}
		pulumi.runtime.resetOptions("", "", 1, "", "", false, "");
		assert.equal(emulator.control.requests().length, 4);
	});

	it("do not keep a failure", async () => {
		const emulator = await test.emulator();
		emulator.control.intercept({ action: { status: 403, code: "forbidden" } });
		const two = await Promise.allSettled([heygen.getAccount(), heygen.getAccount()]);
		assert.deepEqual(
			two.map(({ status }) => status),
			["rejected", "rejected"],
		);
		assert.equal((await heygen.getAccount()).username, "emulator");
		assert.equal(emulator.control.requests().length, 2);
	});
});

describe("a function with a signal", () => {
	const test = perTest();
	let server: ReturnType<typeof createServer>;
	let asked: ServerResponse[];
	let gone: number;

	beforeEach(async () => {
		[asked, gone] = [[], 0];
		server = createServer((_request, response) => {
			asked.push(response);
			response.on("close", () => {
				if (!response.writableFinished) gone++;
				server.emit("gone");
			});
			server.emit("asked");
		});
		server.listen(0, "127.0.0.1");
		await once(server, "listening");
		test.use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	});
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	const reason = new Error("enough");

	it("rejects at once with the signal's reason, and lets the others have their answer", async () => {
		const caller = new AbortController();
		const asking = once(server, "asked");
		const given = heygen.getAvatarLooks({}, { signal: caller.signal });
		const other = heygen.getAvatarLooks({}, { signal: new AbortController().signal });
		await asking;
		caller.abort(reason);
		await assert.rejects(given, reason);
		const [response] = asked;
		assert.ok(response && asked.length === 1);
		answerJson(response, 200, LOOKS);
		assert.equal((await other)[0]?.id, "look1");
		assert.equal(gone, 0);
	});

	it("ends the request when the last one has given up, and the next one asks anew", async () => {
		const callers = [new AbortController(), new AbortController()];
		const asking = once(server, "asked");
		const given = callers.map(({ signal }) => heygen.getAvatarLook({ name: "Ada" }, { signal }));
		await asking;
		const ended = once(server, "gone");
		for (const caller of callers) caller.abort(reason);
		for (const call of given) await assert.rejects(call, reason);
		await ended;
		assert.equal(gone, 1);

		const askingAgain = once(server, "asked");
		const next = heygen.getAvatarLooks();
		await askingAgain;
		answerJson(asked[1] as ServerResponse, 200, LOOKS);
		assert.equal((await next).length, 1);
	});

	it("goes on for one without a signal when all others have given up", async () => {
		const caller = new AbortController();
		const asking = once(server, "asked");
		const patient = heygen.getAvatarLooks();
		const given = heygen.getAvatarLooks({}, { signal: caller.signal });
		await asking;
		caller.abort(reason);
		await assert.rejects(given, reason);
		answerJson(asked[0] as ServerResponse, 200, LOOKS);
		assert.equal((await patient).length, 1);
	});

	it("asks nothing when the signal is aborted already", async () => {
		await assert.rejects(heygen.getAccount({ signal: AbortSignal.abort(reason) }), reason);
		assert.equal(asked.length, 0);
	});

	it("ends the waits between tries", async () => {
		const caller = new AbortController();
		const asking = once(server, "asked");
		const given = heygen.getAccount({ signal: caller.signal });
		await asking;
		answerJson(
			asked[0] as ServerResponse,
			429,
			{ error: { code: "rate_limit_exceeded" } },
			{ "retry-after": "60" },
		);
		setTimeout(() => caller.abort(reason), 50);
		await assert.rejects(given, reason);
	});

	it("fails as a run error when it is not the signal", async () => {
		const asking = once(server, "asked");
		const given = heygen.getAccount({ signal: new AbortController().signal });
		await asking;
		answerJson(asked[0] as ServerResponse, 403, { error: { code: "forbidden", message: "no" } });
		await says(given, /^getAccount: .* answered 403 forbidden/);
	});
});
