import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as proto from "@pulumi/pulumi/proto/engine_pb.js";

export interface EngineLog {
	/** Shows a text on the resource's line until the next one replaces it. */
	report(urn: string, text: string): void;
	/** Shows a text among the resource's messages, also after the run; among the stack's when the URN is empty. */
	note(urn: string, text: string): void;
	/** As `note`, marked as a warning. */
	warn(urn: string, text: string): void;
}

/** How long the engine may take to be there, at first and again after a connection broke, in milliseconds. */
const CONNECT_WITHIN_MS = 10_000;

type Send = (urn: string, message: string, how?: { ephemeral?: boolean; warning?: boolean }) => void;

/**
 * The engine's log service, which the SDK does not reach from a provider process. Its address is the process's first
 * argument. Where it does not answer, or the SDK has changed, nothing is shown: progress never fails a render. `onGone`
 * is called when an engine that was there cannot be reached any more: it was killed, and nobody is left to wait for.
 */
export function connectEngineLog(
	address: string | undefined,
	onGone: () => void,
	connectWithinMs = CONNECT_WITHIN_MS,
): EngineLog {
	const send = connect(address, onGone, connectWithinMs);
	return {
		report: (urn, text) => (urn === "" ? undefined : send(urn, text, { ephemeral: true })),
		note: (urn, text) => send(urn, text),
		warn: (urn, text) => send(urn, text, { warning: true }),
	};
}

function connect(address: string | undefined, onGone: () => void, connectWithinMs: number): Send {
	if (address === undefined) return () => {};
	try {
		// By the SDK's own copy of gRPC: it takes no credentials of another copy.
		const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
		const { connectivityState, credentials } = fromSdk("@grpc/grpc-js") as typeof grpc;
		const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb.js") as typeof proto;
		const service = fromSdk("./proto/engine_grpc_pb.js") as { EngineClient: typeof EngineClient };
		const engine = new service.EngineClient(address, credentials.createInsecure());

		/** Once it is there: a connection that ends and cannot be made again is an engine that has gone. */
		const watch = () => {
			const { READY } = connectivityState;
			engine.getChannel().watchConnectivityState(READY, Number.POSITIVE_INFINITY, () => {
				engine.waitForReady(Date.now() + connectWithinMs, (error) => (error ? onGone() : watch()));
			});
		};
		engine.waitForReady(Date.now() + connectWithinMs, (error) => {
			if (!error) watch();
		});

		return (urn, message, { ephemeral = false, warning = false } = {}) => {
			const request = new LogRequest();
			request.setSeverity(warning ? LogSeverity.WARNING : LogSeverity.INFO);
			request.setUrn(urn);
			request.setMessage(message);
			request.setEphemeral(ephemeral);
			engine.log(request, () => {});
		};
	} catch {
		return () => {};
	}
}
