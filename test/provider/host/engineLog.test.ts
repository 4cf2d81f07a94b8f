import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as grpc from "@grpc/grpc-js";
import { connectEngineLog } from "../../../provider/host/engineLog.ts";

const { EngineService } = createRequire(import.meta.url)("@pulumi/pulumi/proto/engine_grpc_pb.js") as {
	EngineService: grpc.ServiceDefinition;
};

describe("the engine's log", () => {
	let server: grpc.Server;
	let answered: number;
	let gone: number;
	let answer: (callback: grpc.sendUnaryData<object>) => void;

	beforeEach(() => {
		server = new grpc.Server();
		[answered, gone] = [0, 0];
		const log = (_call: unknown, callback: grpc.sendUnaryData<object>) => {
			answered++;
			answer(callback);
		};
		server.addService(EngineService, { log } as unknown as grpc.UntypedServiceImplementation);
	});
	afterEach(() => server.forceShutdown());

	const listen = () =>
		new Promise<string>((resolve, reject) => {
			const credentials = grpc.ServerCredentials.createInsecure();
			server.bindAsync("127.0.0.1:0", credentials, (error, port) =>
				error ? reject(error) : resolve(`127.0.0.1:${port}`),
			);
		});
	const until = async (condition: () => boolean) => {
		for (let looks = 0; !condition(); looks++) {
			assert.ok(looks < 1_000, "it never came about");
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
	};

	it("is not taken for gone while it answers, whatever it answers", async () => {
		answer = (callback) => callback({ code: grpc.status.INTERNAL });
		const log = connectEngineLog(await listen(), () => gone++);
		for (let sent = 1; sent <= 5; sent++) {
			log.note("urn:x", "text");
			await until(() => answered === sent);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
		assert.equal(gone, 0);
	});

	it("is gone when an engine that was there cannot be reached any more, also while nothing is said", async () => {
		answer = (callback) => callback(null, {});
		const log = connectEngineLog(await listen(), () => gone++, 200);
		log.note("urn:x", "text");
		await until(() => answered === 1);
		server.forceShutdown();
		await until(() => gone === 1);
	});

	it("is not gone when it was never there", async () => {
		const address = await listen();
		server.forceShutdown();
		const log = connectEngineLog(address, () => gone++, 50);
		log.note("urn:x", "text");
		await new Promise((resolve) => setTimeout(resolve, 200));
		assert.equal(gone, 0);
	});
});
