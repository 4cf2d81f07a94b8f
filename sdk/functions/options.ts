/** What every function takes beside its arguments. */
export interface FunctionOptions {
	/**
	 * Ends the call: the promise rejects with the signal's reason. Others that wait for the same answer still get it.
	 * @default none: the call ends when HeyGen has answered, or after about two minutes of trying
	 */
	signal?: AbortSignal | undefined;
}
