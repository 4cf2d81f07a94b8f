import { runtime } from "@pulumi/pulumi";

type Mocks = Pick<runtime.Mocks, "call">;

/** The mocks of a user's unit test; undefined in a real run. */
export function currentMocks(): Mocks | undefined {
	const monitor: object = runtime.getMonitor() ?? {};
	return "mocks" in monitor && isMocks(monitor.mocks) ? monitor.mocks : undefined;
}

/**
 * What the test's `call` gives for a function, in place of HeyGen's answer. The SDK's own way would turn a list into an
 * object and lose the message of an error.
 */
export async function mocked(mocks: Mocks, name: string, inputs: object): Promise<unknown> {
	return mocks.call({ token: `heygen:index:${name}`, inputs, provider: "" });
}

const isMocks = (value: unknown): value is Mocks =>
	typeof value === "object" && value !== null && "call" in value && typeof value.call === "function";
