import { z } from "zod";
import { Id, PublicUrl } from "../inputs/forms.ts";
import type { InputRules } from "../inputs/problems.ts";

/** The inputs of a webhook endpoint as a user writes them. */
export const EndpointInputs = z.strictObject({
	url: PublicUrl,
	events: z
		.array(z.string().regex(/^\S+$/))
		.min(1)
		.refine((events) => new Set(events).size === events.length)
		.optional(),
	entityId: Id.optional(),
	secretVersion: z.union([z.string(), z.number()]).optional(),
	adoptEndpointId: Id.optional(),
});
export type EndpointInputs = z.infer<typeof EndpointInputs>;

/** How an endpoint's inputs are checked and told. */
export const RULES: InputRules = {
	schema: EndpointInputs,
	allowed: {
		url: "a public https URL (http on loopback only) without a user name or password",
		events: "a list of at least one event type, each once; leave it out for all events",
		"events.*": "an event type such as avatar_video.success",
		entityId: "an id",
		secretVersion: "a number or a text",
		adoptEndpointId: "a webhook endpoint's id",
	},
	spellings: { endpointUrl: "url", eventTypes: "events", event_types: "events" },
};
