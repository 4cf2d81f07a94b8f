import { z } from "zod";
import { Id, PublicUrl } from "../inputs/forms.ts";
import type { InputRules } from "../inputs/problems.ts";

/** The inputs of a webhook endpoint as a user writes them. */
export const EndpointInputs = z.strictObject({
	url: PublicUrl.refine((text) => {
		const url = URL.parse(text);
		return url?.username === "" && url.password === "";
	}),
	events: z
		.array(z.string().min(1))
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
		url: "a public https URL without a user name (http on loopback only)",
		events: "a list of different event types, at least one; leave it out for all events",
		"events.*": "an event type such as avatar_video.success",
		entityId: "an id",
		secretVersion: "a number or a text",
		adoptEndpointId: "an endpoint's id",
	},
	spellings: { endpointUrl: "url", eventTypes: "events", endpointId: "adoptEndpointId" },
};
