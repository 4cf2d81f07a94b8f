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

const CONNECT_WITHIN_MS = 10_000;
/** Messages in a row that an engine which once answered leaves unanswered before it counts as gone. */
const UNANSWERED = 2;

/** gRPC's code for a server that cannot be reached; any other answer comes from one that is there. */
const UNAVAILABLE = 14;

type Send = (urn: string, message: string, how?: { ephemeral?: boolean; warning?: boolean }) => void;

/**
 * The engine's log service, which the SDK does not reach from a provider process. Its address is the process's first
 * argument. Where it does not answer, or the SDK has changed, nothing is shown: progress never fails a render. `onGone`
 * is called when an engine that has answered before does so no more: it was killed, and nobody is left to wait for.
 */
export function connectEngineLog(address: string | undefined, onGone: () => void): EngineLog {
	const send = connect(address, onGone);
	return {
		report: (urn, text) => (urn === "" ? undefined : send(urn, text, { ephemeral: true })),
		note: (urn, text) => send(urn, text),
		warn: (urn, text) => send(urn, text, { warning: true }),
	};
}

function connect(address: string | undefined, onGone: () => void): Send {
	if (address === undefined) return () => {};
	try {
		// By the SDK's own copy of gRPC: it takes no credentials of another copy.
		const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
		const { credentials } = fromSdk("@grpc/grpc-js") as typeof grpc;
		const { LogRequest, LogSeverity } = fromSdk("./proto/engine_pb.js") as typeof proto;
		const service = fromSdk("./proto/engine_grpc_pb.js") as { EngineClient: typeof EngineClient };
		const engine = new service.EngineClient(address, credentials.createInsecure());

		let unanswered: number | undefined;
		engine.waitForReady(Date.now() + CONNECT_WITHIN_MS, (error) => {
			if (!error) unanswered ??= 0;
		});

		return (urn, message, { ephemeral = false, warning = false } = {}) => {
			const request = new LogRequest();
			request.setSeverity(warning ? LogSeverity.WARNING : LogSeverity.INFO);
			request.setUrn(urn);
			request.setMessage(message);
			request.setEphemeral(ephemeral);
			engine.log(request, (error) => {
				if (error?.code !== UNAVAILABLE) unanswered = 0;
				else if (unanswered !== undefined && ++unanswered === UNANSWERED) onGone();
			});
		};
	} catch {
		return () => {};
	}
}
