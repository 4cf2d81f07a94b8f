import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource is about to get. Resolved without the dependencies of the parent's URN: depending on a
 * component means depending on its children, and two siblings would wait for each other.
 */
export function ownUrn(
	name: string,
	type: string,
	opts: pulumi.CustomResourceOptions | undefined,
): Promise<string> {
	const urn = pulumi.createUrn(name, type, opts?.parent);
	return new Promise((resolve) => {
		urn.apply(resolve);
	});
}
