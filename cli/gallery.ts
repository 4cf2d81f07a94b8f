import { randomBytes } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Stack } from "../gallery/stack.ts";
import { redact } from "../heygen/redact.ts";
import { newCommand } from "./command.ts";
import { fileText, sourceName } from "./fileText.ts";
import { amount } from "./numbers.ts";
import { configValue, pulumi, stackFlag } from "./pulumiCli.ts";

const MEGABYTE = 1024 * 1024;
const DEFAULT_EMBED_MB = 25;
const WITHOUT_CLI = "give an exported state with --state <file>";

interface Flags {
	readonly out: string;
	readonly stack?: string;
	readonly state?: string;
	readonly preview?: string;
	readonly program: string;
	readonly embed?: number | true;
	readonly withLinks?: boolean;
	readonly force?: boolean;
	readonly json?: boolean;
}

/** `pulumi-heygen gallery`: a stack's videos as one HTML page. */
export function galleryCommand(): Command {
	return newCommand("gallery")
		.description(
			"Write a page of the stack's videos: players, prompts, settings, prices. Asks HeyGen nothing.",
		)
		.option("--out <file>", "the page to write", "gallery.html")
		.option("--stack <name>", "the stack (default: the selected one)")
		.option("--state <file>", "read what `pulumi stack export` wrote, - for stdin, and run no Pulumi")
		.option(
			"--preview <file>",
			"show what `pulumi preview --json --show-sames` says beside the old videos, - for stdin",
		)
		.option("--program <folder>", "the program's folder, from which paths of VideoFile start", ".")
		.option("--embed [megabytes]", `put files into the page, up to so much (${DEFAULT_EMBED_MB})`, amount)
		.option("--with-links", "play what is not on disk by presigned links: they expire, and let anyone in")
		.option("--force", "overwrite a file that is no gallery")
		.option("--json", "for programs: what was written")
		.addHelpText("after", HELP)
		.action(run);
}

const HELP = `
Examples:
  npx pulumi-heygen gallery
  npx pulumi-heygen gallery --embed --out videos.html
  pulumi preview --json --show-sames | npx pulumi-heygen gallery --preview -

Exit codes: 0 the page is written, 1 it is not, 2 wrong use.
`;

async function run(flags: Flags, command: Command): Promise<void> {
	const { out, program, withLinks = false } = flags;
	if (flags.state === "-" && flags.preview === "-") {
		command.error("Only one of --state and --preview can be read from stdin.");
	}
	const { stackFrom } = await import("../gallery/stack.ts");
	const { videosOf } = await import("../gallery/video.ts");
	const { changesFrom } = await import("../gallery/change.ts");
	const { readPreview } = await import("../plan/preview.ts");
	const { planText } = await import("../gallery/planText.ts");
	const { galleryPage } = await import("../gallery/page.ts");
	const { mediaOf } = await import("./galleryFiles.ts");

	await refuseOthersFile(flags);
	const stack = stackFrom(await stateText(flags), flags.state ? sourceName(flags.state) : "The answer");
	if (withLinks) await refuseEncrypted(stack);
	const { preview } = flags;
	const [project, name = flags.stack] = stack.name === "" ? [] : stack.name.split("/");
	const wanted = { project, stack: name };
	const changes = preview && changesFrom(readPreview(await fileText(preview), sourceName(preview), wanted));
	const priceUsd = await price(flags);
	const videos = videosOf(stack);
	const embedBytes = (flags.embed === true ? DEFAULT_EMBED_MB : (flags.embed ?? 0)) * MEGABYTE;
	const { media, outside } = await mediaOf(videos, { page: out, program, embedBytes, withLinks });

	const gallery = { name: stack.name, videos, changes: changes || undefined, priceUsd, media, withLinks };
	await put(out, await galleryPage({ ...gallery, madeMs: Date.now() }));
	const pictures = [...media.values()].filter(({ video, still }) => video ?? still).length;
	const planned = changes ? changes.length : null;
	const told = { file: out, videos: videos.length, pictures, planned, outside, links: withLinks };
	const plan = changes ? planText(changes, priceUsd) : undefined;
	process.stdout.write(flags.json ? `${JSON.stringify(told, undefined, 2)}\n` : `${sentences(told, plan)}\n`);
}

interface Told {
	file: string;
	videos: number;
	/** How many of the videos have one in the page. */
	pictures: number;
	/** How many videos the preview would change; null without one. */
	planned: number | null;
	/** Files that the page leads to, although they were to be put into it. */
	outside: number;
	/** Whether the page holds presigned links. */
	links: boolean;
}

function sentences({ file, videos, pictures, outside, links }: Told, plan: string | undefined): string {
	const there = `${videos} ${videos === 1 ? "video" : "videos"}${plan === undefined ? "" : " in the stack"}`;
	const seen = plan !== undefined && videos === 0 ? [] : [`${pictures} with a picture`];
	const parts = [...(plan === undefined ? [] : [plan]), there, ...seen];
	const all = [
		redact(`${file}: ${parts.join(", ")}.`),
		...(outside > 0
			? [`${outside} ${outside === 1 ? "file" : "files"} did not fit or were altered; the page leads there.`]
			: []),
		...(links ? ["It holds presigned links: whoever has it can see the videos."] : []),
	];
	return all.join(" ");
}

async function stateText({ state, stack, withLinks }: Flags): Promise<string> {
	if (state !== undefined) return fileText(state);
	const args = ["stack", "export", ...stackFlag(stack), ...(withLinks ? ["--show-secrets"] : [])];
	const { failed, stdout, reason } = await pulumi(args, WITHOUT_CLI);
	if (failed) throw new Error(reason);
	return stdout;
}

/** In US dollars. A state that is read from a file has no config beside it. */
async function price({ state, stack }: Flags): Promise<number> {
	const { readSettings } = await import("../provider/settings.ts");
	const key = "heygen:pricePerVideoUsd";
	const configured = state === undefined ? await configValue(key, stack, WITHOUT_CLI) : undefined;
	const config = (name: string) => (name === key ? configured : undefined);
	const { pricePerVideoUsd, problems } = readSettings({ config, environment: process.env });
	const wrong = problems.find(({ property }) => property === key);
	if (wrong !== undefined) throw new Error(`${wrong.property}: ${wrong.reason}`);
	return pricePerVideoUsd;
}

async function refuseEncrypted({ videos }: Stack): Promise<void> {
	const { isEncrypted } = await import("../gallery/values.ts");
	if (videos.some(({ outputs }) => isEncrypted(outputs["videoUrl"]))) {
		throw new Error(
			"The links in this state are encrypted. Export it with `pulumi stack export --show-secrets`.",
		);
	}
}

/** What has taken much work must not be lost to a default. */
async function refuseOthersFile({ out, force }: Flags): Promise<void> {
	const { GENERATOR } = await import("../gallery/page.ts");
	const old = await readFile(out, "utf8").catch(() => undefined);
	if (old === undefined || force || old.slice(0, 4_000).includes(GENERATOR)) return;
	throw new Error(`${out} is there and is no gallery. Choose another --out, or overwrite it with --force.`);
}

/** Whole or not at all. */
async function put(file: string, page: string): Promise<void> {
	const unfinished = `${file}.${randomBytes(4).toString("hex")}.tmp`;
	try {
		await writeFile(unfinished, page);
		await rename(unfinished, file);
	} catch (error) {
		await rm(unfinished, { force: true });
		const reason = error instanceof Error && "code" in error ? error.code : error;
		throw new Error(`${file} cannot be written: ${reason}. Choose another one with --out.`);
	}
}
