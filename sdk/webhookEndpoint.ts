import type * as pulumi from "@pulumi/pulumi";
import { HeyGenResource, isOfType } from "./heyGenResource.ts";

const TYPE = "WebhookEndpoint";

export interface WebhookEndpointArgs {
	/** Where HeyGen sends events: a public https URL (plain http only on loopback, for the emulator). */
	url: pulumi.Input<string>;
	/**
	 * The event types to get, such as `avatar_video.success`; their order means nothing. HeyGen adds types: one that this
	 * version does not know is a warning. `getWebhookEventTypes` lists them.
	 * @default all, also those that HeyGen adds later
	 */
	events?: pulumi.Input<pulumi.Input<string>[]>;
	/** Limits the endpoint to one entity. HeyGen never tells it again, so a change makes a new endpoint. @default none */
	entityId?: pulumi.Input<string>;
	/** Any number or text; a change makes a new signing secret, and the old one ends at once. @default none */
	secretVersion?: pulumi.Input<string | number>;
	/**
	 * The id of an endpoint that exists at HeyGen, to be managed from now on. It gets a new secret, since HeyGen does not
	 * tell the one it has. Taking the input away again changes nothing.
	 * @default none
	 */
	adoptEndpointId?: pulumi.Input<string>;
}

/**
 * One webhook endpoint registered at HeyGen, and the secret that its deliveries are signed with. Everything but the
 * entity changes in place.
 *
 * @example
 * const hook = new heygen.WebhookEndpoint("renders", {
 *     url: "https://hooks.example.net/heygen",
 *     events: ["avatar_video.success", "avatar_video.fail"],
 * });
 * export const secret = hook.secret;
 */
export class WebhookEndpoint extends HeyGenResource {
	declare readonly url: pulumi.Output<string>;
	/** The event types that are sent; undefined for all of them. */
	declare readonly events: pulumi.Output<string[] | undefined>;
	declare readonly entityId: pulumi.Output<string | undefined>;
	declare readonly secretVersion: pulumi.Output<string | number | undefined>;
	/** What deliveries are signed with; always a secret. Undefined on an endpoint that is only looked up. */
	declare readonly secret: pulumi.Output<string>;
	/** HeyGen's word: `enabled` or `disabled`. Nothing sets it. */
	declare readonly status: pulumi.Output<string | undefined>;
	/** When the endpoint was registered, as an ISO 8601 date. */
	declare readonly createdAt: pulumi.Output<string | undefined>;
	/** The user name of the HeyGen account that holds the endpoint. */
	declare readonly account: pulumi.Output<string>;
	/** The form of the state, for later versions of this package. */
	declare readonly stateVersion: pulumi.Output<number>;

	/** Looks an existing endpoint up without managing it; its secret stays unknown. */
	static get(
		name: string,
		id: pulumi.Input<pulumi.ID>,
		opts?: pulumi.CustomResourceOptions,
	): WebhookEndpoint {
		return new WebhookEndpoint(name, undefined, { ...opts, id });
	}

	/** Whether a value is a webhook endpoint, of whichever copy of this package. */
	static override isInstance(value: unknown): value is WebhookEndpoint {
		return isOfType(value, TYPE);
	}

	constructor(name: string, args: WebhookEndpointArgs, opts?: pulumi.CustomResourceOptions);
	/** @internal for `get` */
	constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
	constructor(name: string, args: WebhookEndpointArgs | undefined, opts?: pulumi.CustomResourceOptions) {
		super(TYPE, name, args ?? {}, opts, { outputs: OUTPUTS, secrets: ["secret"] });
	}
}

const OUTPUTS = [
	"url",
	"events",
	"entityId",
	"secretVersion",
	"secret",
	"status",
	"createdAt",
	"account",
	"stateVersion",
];
