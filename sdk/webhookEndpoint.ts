import type * as pulumi from "@pulumi/pulumi";
import { HeyGenResource, isOfType } from "./heyGenResource.ts";

const TYPE = "WebhookEndpoint";

/**
 * The inputs of a webhook endpoint. `url` and `events` change in place and keep the secret, `secretVersion` makes a new
 * one in place, `adoptEndpointId` takes another endpoint over with a new secret, and `entityId` registers another one.
 */
export interface WebhookEndpointArgs {
	/** Where HeyGen posts events: a public https URL, or http on loopback for the emulator. No user name or password. */
	url: pulumi.Input<string>;
	/**
	 * The event types to be told of, such as `avatar_video.success`; their order does not count. A word that this version
	 * does not know is a warning, because HeyGen adds some; `getWebhookEventTypes` lists those of today.
	 * @default all events
	 */
	events?: pulumi.Input<pulumi.Input<string>[]>;
	/** HeyGen's id of what the events are limited to. HeyGen never tells it again: a change registers another endpoint. @default none */
	entityId?: pulumi.Input<string>;
	/** Any number or text; a change makes a new secret, and the old one ends at once. @default none */
	secretVersion?: pulumi.Input<string | number>;
	/**
	 * The id of an endpoint that exists at HeyGen, to be managed from now on instead of registering one. It is set to `url`
	 * and `events`, and gets a new secret, because HeyGen does not tell the one it had: that one ends at once. Its entity
	 * cannot be read or set: give the `entityId` that it was registered with. Taking the input away again changes nothing.
	 * @default none
	 */
	adoptEndpointId?: pulumi.Input<string>;
}

/**
 * One webhook endpoint at HeyGen and the secret that its deliveries are signed with.
 *
 * @example
 * const hook = new heygen.WebhookEndpoint("renders", {
 *     url: "https://hooks.example.com/heygen",
 *     events: ["avatar_video.success", "avatar_video.fail"],
 * });
 * export const secret = hook.secret;
 */
export class WebhookEndpoint extends HeyGenResource {
	declare readonly url: pulumi.Output<string>;
	/** Undefined for all events. */
	declare readonly events: pulumi.Output<string[] | undefined>;
	declare readonly entityId: pulumi.Output<string | undefined>;
	declare readonly secretVersion: pulumi.Output<string | number | undefined>;

	/** What deliveries are signed with. Always a secret. Undefined on an endpoint that `get` looks up: HeyGen does not tell it. */
	declare readonly secret: pulumi.Output<string>;
	/** HeyGen's word: `enabled` or `disabled`. It cannot be set. */
	declare readonly status: pulumi.Output<string | undefined>;
	/** When the endpoint was registered, as an ISO 8601 date. */
	declare readonly createdAt: pulumi.Output<string | undefined>;
	/** The user name of the HeyGen account that holds the endpoint. */
	declare readonly account: pulumi.Output<string>;
	/** The form of the state, for later versions of this package. */
	declare readonly stateVersion: pulumi.Output<number>;

	/** Looks an existing endpoint up without managing it. Nothing is changed; its secret and entity are not known. */
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
