import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import semver from "semver";
import { z } from "zod";
import { projectFolder } from "../../specs/files.ts";
import { ownPackage } from "../ownPackage.ts";
import { type Project, programFolder, projectFile, readProject } from "../project.ts";
import { type Check, ok, problem, skipped, skippedAll, warning } from "./check.ts";

const Installed = z.looseObject({
	version: z.string(),
	peerDependencies: z.record(z.string(), z.string()).optional(),
});

export interface FoundProject {
	readonly checks: readonly Check[];
	/** Whether there is a Pulumi.yaml. */
	readonly isThere: boolean;
}

const PACKAGES = { sdk: "@pulumi/pulumi", package: "pulumi-heygen" };

/** The project of the current folder, and what its program needs. */
export function projectChecks(): FoundProject {
	const folder = projectFolder(process.cwd());
	const file = projectFile(folder);
	if (file === undefined) {
		const reason = "there is no Pulumi.yaml in this folder or above it";
		const mend = "Run this in the folder of your project, or make one with `pulumi new typescript`.";
		const checks = [skipped("project", `The project: ${reason}.`, mend), ...skippedAll(PACKAGES, reason)];
		return { checks, isThere: false };
	}
	const project = readProject(file);
	if (typeof project === "string") {
		const text = `${file} is not what Pulumi takes: ${project}.`;
		const broken = problem("project", text, "Mend that file; `pulumi about` tells more.");
		const others = skippedAll(PACKAGES, "where the program looks for it is not known");
		return { checks: [broken, ...others], isThere: true };
	}
	return {
		checks: [runtimeCheck(project, file), ...packageChecks(programFolder(folder, project.main))],
		isThere: true,
	};
}

function runtimeCheck({ name, runtime }: Project, file: string): Check {
	if (runtime === "nodejs") return ok("project", `The project "${name}" is a Node.js program (${file}).`);
	const text = `The project "${name}" has the runtime ${runtime}, and this provider works in Node.js programs alone.`;
	return problem(
		"project",
		text,
		`Set \`runtime: nodejs\` in ${file}, or make a project with \`pulumi new typescript\`.`,
	);
}

function packageChecks(folder: string): Check[] {
	const own = ownPackage();
	const heygen = installedIn(folder, "pulumi-heygen");
	const range = heygen?.peerDependencies?.["@pulumi/pulumi"] ?? own.peerDependencies["@pulumi/pulumi"];
	return [
		sdkCheck(installedIn(folder, "@pulumi/pulumi")?.version, range, folder),
		ownCheck(heygen?.version, own.version, folder),
	];
}

function sdkCheck(version: string | undefined, range: string, folder: string): Check {
	const install = "Run `npm install @pulumi/pulumi@3` in the project.";
	if (version === undefined) {
		return problem(
			"sdk",
			`@pulumi/pulumi is not installed where the program looks for it (${folder}).`,
			install,
		);
	}
	if (semver.satisfies(version, range, { includePrerelease: true }))
		return ok("sdk", `@pulumi/pulumi ${version} is installed (${range} is needed).`);
	return problem("sdk", `@pulumi/pulumi ${version} is installed, and ${range} is needed.`, install);
}

function ownCheck(version: string | undefined, own: string, folder: string): Check {
	if (version === undefined) {
		const text = `pulumi-heygen is not installed where the program looks for it (${folder}).`;
		return problem("package", text, "Run `npm install pulumi-heygen` in the project.");
	}
	if (version === own) return ok("package", `pulumi-heygen ${version} is installed.`);
	const text = `pulumi-heygen ${version} is installed, and this command is of ${own}: what it tells may not fit.`;
	return warning(
		"package",
		text,
		"Run `npx pulumi-heygen doctor` in the project, which takes the installed one.",
	);
}

function installedIn(folder: string, name: string): z.infer<typeof Installed> | undefined {
	try {
		const path = createRequire(join(folder, "program.js")).resolve(`${name}/package.json`);
		return Installed.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch {
		return undefined;
	}
}
