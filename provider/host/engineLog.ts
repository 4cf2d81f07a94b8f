import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb.js";

export interface EngineLog {
	/** Shows a text on the resource's line until the next one replaces it. */
	report(urn: string, text: string): void;
	/** Shows a text among the resource's messages, also after the run. */
	note(urn: string, text: string): void;
}

/**
 * The engine's log service, which the SDK does not reach from a provider process. Its address is the process's first
 * argument. Where it does not answer, nothing is shown: progress never fails a render.
 */
export function connectEngineLog(address: string | undefined): EngineLog {
	const client = address === undefined ? undefined : clientFor(address);

	function send(urn: string, message: string, ephemeral: boolean) {
		if (client === undefined || urn === "") return;
		const request = new LogRequest();
		request.setSeverity(LogSeverity.INFO);
		request.setUrn(urn);
		request.setMessage(message);
		request.setEphemeral(ephemeral);
		client.log(request, () => {});
	}

	return {
		report: (urn, text) => send(urn, text, true),
		note: (urn, text) => send(urn, text, false),
	};
}

function clientFor(address: string): EngineClient | undefined {
	try {
		// The SDK's own copy: credentials of another copy are not accepted.
		const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
		const { credentials } = fromSdk("@grpc/grpc-js") as typeof grpc;
		return new EngineClient(address, credentials.createInsecure());
	} catch {
		return undefined;
	}
}
