import * as pulumi from "@pulumi/pulumi";
import { providerText, typeToken, URN_INPUT } from "../provider/host/contract.ts";
import { ownUrn } from "./ownUrn.ts";
import { withoutPromiseStacks, withStack } from "./promiseStacks.ts";
import { wholeInputs } from "./wholeTexts.ts";

/** What one kind of resource is beside its inputs. */
export interface Shape {
	/** Every output: one that is not named does not exist on the resource. */
	outputs: readonly string[];
	/** The outputs that are always secret, beside those that the user names. */
	secrets?: readonly string[];
	/** What the provider adds to the inputs: not shown among a preview's changes. */
	added?: readonly string[];
}

/** A resource that this package's provider runs, found by the engine through a text in the resource's own inputs. */
export abstract class HeyGenResource extends pulumi.CustomResource {
	/** @param type the name of the lifecycle in `pulumi-heygen/provider` */
	protected constructor(
		type: string,
		name: string,
		args: object,
		opts: pulumi.CustomResourceOptions | undefined,
		{ outputs, secrets = [], added = [] }: Shape,
	) {
		const restore = withoutPromiseStacks(opts);
		try {
			super(
				typeToken(type),
				name,
				{
					...Object.fromEntries(outputs.map((output) => [output, undefined])),
					...wholeInputs(type, name, args),
					[URN_INPUT]: ownUrn(name, typeToken(type), opts),
					__provider: providerText(type),
				},
				pulumi.mergeOptions(opts ?? {}, {
					additionalSecretOutputs: [...secrets],
					hideDiffs: [...added, URN_INPUT, "__provider"],
				}),
			);
		} catch (error) {
			restore();
			throw withStack(error);
		} finally {
			restore();
		}
	}
}

/** Whether a value is a resource of this type, of whichever copy of this package. */
export function isOfType(value: unknown, type: string): boolean {
	return (
		pulumi.CustomResource.isInstance(value) &&
		"__pulumiType" in value &&
		value.__pulumiType === typeToken(type)
	);
}
