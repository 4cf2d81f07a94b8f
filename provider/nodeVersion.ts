/** The oldest Node that this package and what it uses run on, as in its package.json. */
export const OLDEST_NODE = "22.19";

/** What the user is told of a Node that is too old; undefined for one that is not. */
export function nodeFault(version = process.versions.node): string | undefined {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split(".").map(Number);
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
	return `pulumi-heygen needs Node ${OLDEST_NODE} or newer; this is Node ${version}. Install a newer one (https://nodejs.org).`;
}
