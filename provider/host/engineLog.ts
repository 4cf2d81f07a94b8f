import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as proto from "@pulumi/pulumi/proto/engine_pb.js";

export interface EngineLog {
	/** Shows a text on the resource's line until the next one replaces it. */
	report(urn: string, text: string): void;
	/** Shows a text among the resource's messages, also after the run; among the stack's when the URN is empty. */
	note(urn: string, text: string): void;
}

type Send = (urn: string, message: string, ephemeral: boolean) => void;

/**
 * The engine's log service, which the SDK does not reach from a provider process. Its address is the process's first
 * argument. Where it does not answer, or the SDK has changed, nothing is shown: progress never fails a render.
 */
export function connectEngineLog(address: string | undefined): EngineLog {
	const send = connect(address);
	return {
		report: (urn, text) => (urn === "" ? undefined : send(urn, text, true)),
		note: (urn, text) => send(urn, text, false),
	};
}

function connect(address: string | undefined): Send {
	if (address === undefined) return () => {};
	try {
		// By the SDK's own copy of gRPC: it takes no credentials of another copy.
		const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
		const { credentials } = fromSdk("@grpc/grpc-js") as typeof grpc;
		const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb.js") as typeof proto;
		const service = fromSdk("./proto/engine_grpc_pb.js") as { EngineClient: typeof EngineClient };
		const engine = new service.EngineClient(address, credentials.createInsecure());

		return (urn, message, ephemeral) => {
			const request = new LogRequest();
			request.setSeverity(LogSeverity.INFO);
			request.setUrn(urn);
			request.setMessage(message);
			request.setEphemeral(ephemeral);
			engine.log(request, () => {});
		};
	} catch {
		return () => {};
	}
}
