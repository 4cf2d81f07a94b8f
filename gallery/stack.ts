import { z } from "zod";
import { FILE_TYPE, VIDEO_TYPE } from "../plan/resource.ts";

const Values = z.record(z.string(), z.unknown()).default({});
const Resource = z.object({
	urn: z.string(),
	type: z.string(),
	id: z.string().optional(),
	delete: z.boolean().default(false),
	external: z.boolean().default(false),
	inputs: Values,
	outputs: Values,
});
/** A resource as the engine keeps it. */
export type Resource = z.infer<typeof Resource>;

const Operation = z.object({ type: z.string(), resource: Resource });
const Export = z.object({
	deployment: z.object({
		resources: z.array(Resource).nullish(),
		pending_operations: z.array(Operation).nullish(),
		secrets_providers: z.object({ type: z.string() }).nullish().catch(undefined),
	}),
});

/** What of a stack a gallery shows. */
export interface Stack {
	/** Organisation, project and stack are not in a state; its URNs name the last two. Empty for an empty stack. */
	readonly name: string;
	readonly videos: readonly Resource[];
	readonly files: readonly Resource[];
	/** What an interrupted run was about to do to videos. */
	readonly pending: readonly { readonly operation: string; readonly video: Resource }[];
	/** What locks the stack's secrets, such as `passphrase` or `service`; undefined where the state does not tell. */
	readonly secretsProvider: string | undefined;
	/** All resources, and all that an interrupted run was about to do. */
	readonly resources: readonly Resource[];
	readonly operations: readonly { readonly type: string; readonly resource: Resource }[];
}

/** Reads what `pulumi stack export` writes. Throws an `Error` for the user when it is anything else. */
export function stackFrom(text: string, source: string): Stack {
	const { success, data } = Export.safeParse(json(text));
	if (!success) {
		throw new Error(
			`${source} is not what \`pulumi stack export\` writes. Run that command, and give its output.`,
		);
	}
	const { deployment } = data;
	const resources = deployment.resources ?? [];
	const [, stack = "", project = ""] = /^urn:pulumi:(.*?)::(.*?)::/.exec(resources[0]?.urn ?? "") ?? [];
	return {
		name: project === "" ? "" : `${project}/${stack}`,
		videos: resources.filter(({ type }) => type === VIDEO_TYPE),
		files: resources.filter(({ type }) => type === FILE_TYPE),
		pending: (deployment.pending_operations ?? [])
			.filter(({ resource }) => resource.type === VIDEO_TYPE)
			.map(({ type, resource }) => ({ operation: type, video: resource })),
		secretsProvider: deployment.secrets_providers?.type,
		resources,
		operations: deployment.pending_operations ?? [],
	};
}

function json(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\ufeff/, ""));
	} catch {
		return undefined;
	}
}
