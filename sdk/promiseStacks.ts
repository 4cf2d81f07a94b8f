import * as pulumi from "@pulumi/pulumi";

/**
 * Spares the SDK the stack that it takes for each of the four promises of each output, until the function that is returned
 * is called: with as many frames as a Pulumi program keeps, and source maps, they take longer than all else that a
 * registration does. The SDK shows them only where `PULUMI_DEBUG_PROMISE_LEAKS` is set, and there they stay. So do all
 * stacks where transformations of the user's run meanwhile.
 */
export function withoutPromiseStacks(opts: pulumi.CustomResourceOptions | undefined): () => void {
	if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"] || hasTransformations(opts)) return () => {};
	const { stackTraceLimit } = Error;
	Error.stackTraceLimit = 0;
	return () => {
		Error.stackTraceLimit = stackTraceLimit;
	};
}

/** An error that was made meanwhile, with the stack from here on. */
export function withStack(error: unknown): unknown {
	if (error instanceof Error && error.stack && !/\n\s+at /.test(error.stack)) Error.captureStackTrace(error);
	return error;
}

/** The SDK hands a parent's transformations down, those of the whole stack too. */
function hasTransformations(opts: pulumi.CustomResourceOptions | undefined): boolean {
	const parent = opts?.parent ?? pulumi.runtime.getStackResource();
	const inherited = parent && "__transformations" in parent ? parent.__transformations : undefined;
	return Boolean(opts?.transformations?.length) || (Array.isArray(inherited) && inherited.length > 0);
}
