/**
 * Stryker's runner for mocha. Its version 10 asks for parts of mocha by their names without an ending, as mocha 11 had
 * them; mocha 12 calls them `.cjs`.
 */
import { registerHooks } from "node:module";

registerHooks({
	resolve(specifier, context, next) {
		const renamed = /[\\/]mocha[\\/]lib[\\/]cli[\\/][\w-]+$/.test(specifier);
		return next(renamed ? `${specifier}.cjs` : specifier, context);
	},
});

export const { strykerPlugins, strykerValidationSchema } = await import("@stryker-mutator/mocha-runner");
