import { readFileSync } from "node:fs";

/** What of this package's own package.json is told or checked. */
export interface OwnPackage {
	readonly version: string;
	readonly engines: { readonly node: string };
	readonly peerDependencies: { readonly "@pulumi/pulumi": string };
}

/** From the package.json above this file: one folder up in the sources, two when compiled. */
export function ownPackage(): OwnPackage {
	for (const path of ["../package.json", "../../package.json"]) {
		const text = readIfThere(new URL(path, import.meta.url));
		if (text !== undefined) return JSON.parse(text);
	}
	throw new Error("The package.json of pulumi-heygen is missing; install the package again.");
}

function readIfThere(file: URL): string | undefined {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return undefined;
	}
}
