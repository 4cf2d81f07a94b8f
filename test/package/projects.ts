/** A user's project that has nothing in common with this repository but the installed package. */
export interface Project {
	what: string;
	folder: string;
	manifest: {
		type?: "module";
		main: string;
		dependencies: Record<string, string>;
		devDependencies?: Record<string, string>;
	};
	/** Only for a project that is type-checked. */
	tsconfig?: object;
	program: { file: string; text: (avatarId: string) => string };
}

const pulumi = { "@pulumi/pulumi": "^3.216.0" };
const video = (avatarId: string) => `new heygen.AvatarShotsVideo("hero", {
	prompt: "A baker carries a tray through a bright kitchen.",
	avatarIds: ["${avatarId}"],
	duration: 4,
});
`;
const exported = "export const video = hero.id;\nexport const status = hero.status;\n";

/** What `pulumi new typescript` makes. */
const template: Project = {
	what: "the TypeScript project that Pulumi's template makes",
	folder: "template",
	manifest: {
		main: "index.ts",
		dependencies: pulumi,
		devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
	},
	tsconfig: {
		compilerOptions: {
			strict: true,
			outDir: "bin",
			target: "es2020",
			module: "commonjs",
			moduleResolution: "node",
			sourceMap: true,
			experimentalDecorators: true,
			pretty: true,
			noFallthroughCasesInSwitch: true,
			noImplicitReturns: true,
			forceConsistentCasingInFileNames: true,
		},
		files: ["index.ts"],
	},
	program: {
		file: "index.ts",
		text: (avatarId) =>
			`import * as heygen from "pulumi-heygen";\nconst hero = ${video(avatarId)}${exported}`,
	},
};

/** As Pulumi's documentation sets up native ES modules: TypeScript 5 and ts-node 10, without any `nodeargs`. */
const modules: Project = {
	what: "a TypeScript project of ES modules",
	folder: "modules",
	manifest: {
		type: "module",
		main: "index.ts",
		dependencies: pulumi,
		devDependencies: { "@types/node": "^24", typescript: "^5.0.0", "ts-node": "^10.9.2" },
	},
	tsconfig: {
		compilerOptions: {
			strict: true,
			target: "es2022",
			module: "nodenext",
			moduleResolution: "nodenext",
			outDir: "bin",
		},
		files: ["index.ts"],
	},
	program: {
		file: "index.ts",
		text: (avatarId) =>
			`import * as heygen from "pulumi-heygen";\nconst hero = ${video(avatarId)}await Promise.resolve();\n${exported}`,
	},
};

/** On the oldest SDK that the package says it works with. */
const javaScript: Project = {
	what: "a plain JavaScript project, on the oldest Pulumi SDK of the supported range",
	folder: "javascript",
	manifest: { main: "index.js", dependencies: { "@pulumi/pulumi": "3.216.0" } },
	program: {
		file: "index.js",
		text: (avatarId) =>
			`const heygen = require("pulumi-heygen");\nconst hero = ${video(avatarId)}exports.video = hero.id;\nexports.status = hero.status;\n`,
	},
};

export const projects: readonly Project[] = [template, modules, javaScript];
