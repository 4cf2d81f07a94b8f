/**
 * Spares the SDK the stack that it writes on each of the four promises of each output, until the function that is returned
 * is called: with the source maps that a Pulumi program runs with, they take longer than all else that a registration does.
 * The SDK shows them only where `PULUMI_DEBUG_PROMISE_LEAKS` is set, and there they stay. Every other stack is as it was.
 */
export function withoutPromiseStacks(): () => void {
	const { prepareStackTrace } = Error;
	if (prepareStackTrace === undefined || process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) return () => {};
	Error.prepareStackTrace = (error, frames) =>
		frames[0]?.getFunctionName() === "debuggablePromise" ? "" : prepareStackTrace(error, frames);
	return () => {
		Error.prepareStackTrace = prepareStackTrace;
	};
}
