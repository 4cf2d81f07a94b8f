/** What the program's side and the provider's side of a dynamic resource agree on. Both live on in users' state. */

/** The input that tells the provider the resource's own URN, which the engine does not. Not `urn`: that one is dropped. */
export const URN_INPUT = "resourceUrn";

/** The type token of a resource. Frozen: state refers to it. */
export const typeToken = (type: string) => `pulumi-nodejs:dynamic/heygen:${type}`;

/**
 * The text by which the engine's provider process finds a resource's lifecycle. Frozen: state holds it, and `destroy` and
 * `refresh` run what it says. It requires the installed package, so an upgrade of the package is no change of the text.
 */
export const providerText = (type: string) =>
	`exports.handler = () => require("pulumi-heygen/provider").${type};\n`;
