import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EMULATOR_LOOKS, type Emulator, startEmulator } from "../../emulator/index.ts";
import { run } from "../../scripts/childProcess.ts";
import { createProject } from "../engine/support/project.ts";
import { ACCOUNTS } from "../engine/support/troubles.ts";
import { answerJson, startServer } from "../support/httpServer.ts";
import { ONLY_NODE } from "./support/doctor.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

/** A look as HeyGen lists it. */
const listed = (id: string, name = id, more: object = {}) => ({
	id,
	name,
	avatar_type: "digital_twin",
	status: "completed",
	...more,
});

describe("pulumi-heygen looks", function () {
	this.timeout(60_000);
	let folder: string;
	let emulator: Emulator;

	beforeEach(async () => {
		folder = await realpath(await mkdtemp(join(tmpdir(), "pulumi-heygen-looks-")));
		emulator = await startEmulator({ accounts: ACCOUNTS });
	});
	afterEach(async () => {
		await emulator?.close();
		await rm(folder, { recursive: true, force: true });
	});

	const environment = (env: Record<string, string> = {}) => ({
		PATH: ONLY_NODE,
		HEYGEN_BASE_URL: emulator.url,
		HEYGEN_API_KEY: emulator.apiKey,
		...env,
	});
	/** Runs the command; by default in a folder without a project, with a key in the environment and without a CLI. */
	async function looks(flags: string[], env: Record<string, string> = {}, cwd = folder) {
		const how = { cwd, env: environment(env), timeoutSeconds: 60 };
		const ran = await run(process.execPath, [main, "looks", ...flags], how);
		for (const key of [emulator.apiKey, "other-key"])
			assert.ok(!(ran.stdout + ran.stderr).includes(key), "a key is shown");
		return ran;
	}
	const idsOf = (stdout: string) => JSON.parse(stdout).looks.map(({ id }: { id: string }) => id);

	it("lists the account's looks with a key alone: name, id, type, status, and why one cannot be used", async () => {
		const { code, stdout, stderr } = await looks([]);
		assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
		assert.match(stdout, /^NAME +ID +TYPE +STATUS +USABLE\n/);
		assert.match(stdout, /^Our presenter {6}9c3e5f\w+ {2}digital_twin {2}completed {8}yes$/m);
		assert.match(stdout, /^Our guest {10}cf6182\w+ {2}digital_twin {2}pending_consent {2}no$/m);
		assert.match(stdout, /^Our guest: pending_consent\. .*finish the consent at app\.heygen\.com\.$/m);
		assert.match(stdout, /^Our mascot: failed, avatar_not_usable: The picture did not pass moderation\. /m);
		assert.match(stdout, /\n\n5 looks of this account\. To see HeyGen's own: --ownership public\.\n$/);
	});

	it("finds a part of the name, in capitals or not, and says where there is none", async () => {
		assert.deepEqual(idsOf((await looks(["OUR P", "--json"])).stdout), [EMULATOR_LOOKS.ownTwin]);
		const none = await looks(["zebra"]);
		assert.deepEqual(
			[none.code, none.stdout],
			[
				0,
				'There are 5 looks of this account, none with "zebra" in the name. To see HeyGen\'s own: --ownership public.\n',
			],
		);
	});

	it("shows HeyGen's own so far as it is asked to, and says how many there are more", async () => {
		const { stdout } = await looks(["ada", "--ownership", "public", "--limit", "2"]);
		assert.match(stdout, /^Ada at the studio desk .* studio_avatar +yes$/m);
		assert.match(stdout, /The first 2 of 4 public looks with "ada" in the name; 2 more: --limit 4\.\n$/);
	});

	it("speaks to programs by --json, over all pages, with names to the letter", async () => {
		const evil = "Desk\u001b[31m\u009b1m\u202e?a=b";
		const pages = Array.from({ length: 3 }, (_, page) =>
			Array.from({ length: 50 }, (_, at) => listed(`look-${page}-${at}`)),
		);
		pages[2]?.push(listed("evil", evil), listed("twin", evil, { status: "failed" }));
		const asked: string[] = [];
		const server = await startServer(({ url = "" }, response) => {
			asked.push(url);
			const page = Number(new URL(url, "http://x").searchParams.get("token") ?? 0);
			answerJson(response, 200, {
				data: pages[page],
				has_more: page < 2,
				next_token: page < 2 ? String(page + 1) : null,
			});
		});
		try {
			const where = { HEYGEN_BASE_URL: server.url };
			const { stdout } = await looks(["--json", "--limit", "2"], where);
			assert.deepEqual([idsOf(stdout), JSON.parse(stdout).more], [["look-0-0", "look-0-1"], 150]);
			assert.deepEqual(asked[2], "/v3/avatars/looks?ownership=private&limit=50&token=2");

			const found = await looks(["desk", "--json"], where);
			assert.doesNotMatch(found.stdout, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
			const whole = { name: evil, avatarType: "digital_twin", groupId: null };
			assert.deepEqual(JSON.parse(found.stdout), {
				ownership: "private",
				looks: [
					{ id: "evil", ...whole, status: "completed", usable: true, reason: null },
					{ id: "twin", ...whole, status: "failed", usable: false, reason: "failed" },
				],
				more: 0,
			});
			const table = (await looks(["desk"], where)).stdout;
			assert.doesNotMatch(table, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
			assert.match(table, /^Several looks are called Desk\S*: take their ids\.$/m);
		} finally {
			await server.close();
		}
	});

	it("ends with 1 and a sentence without a key, with a wrong one, and where the stack is not to be had", async () => {
		const refused = async (message: RegExp, flags: string[], env: Record<string, string>) => {
			const { code, stdout, stderr } = await looks(flags, env);
			assert.deepEqual({ code, stdout }, { code: 1, stdout: "" }, stderr);
			assert.match(stderr, message);
			assert.doesNotMatch(stderr, /^\s+at /m);
		};
		await refused(/^heygen:apiKey: no HeyGen API key is set: run .*HEYGEN_API_KEY\.\n$/, [], {
			HEYGEN_API_KEY: "",
		});
		await refused(/answered 401 unauthorized: .*Check the API key/, [], { HEYGEN_API_KEY: "none-of-these" });
		await refused(/^heygen:baseUrl: must be an https URL/, [], { HEYGEN_BASE_URL: "ftp://x" });
		await refused(/no `pulumi` on the PATH.*leave --stack away/, ["--stack", "dev"], {});
	});

	it("takes the key of the stack's config before that of the environment, and says where it cannot be read", async () => {
		const asked: unknown[] = [];
		const server = await startServer(({ headers }, response) => {
			asked.push(headers["x-api-key"]);
			answerJson(response, 200, { data: [listed("a")], has_more: false });
		});
		const project = await createProject({ url: server.url, apiKey: emulator.apiKey });
		try {
			const at = async (env: Record<string, string>, ...flags: string[]) =>
				looks(flags, { ...project.environment, ...env }, project.folder);
			await project.pulumi("config", "set", "heygen:apiKey", "other-key", "--secret");
			assert.equal((await at({})).code, 0);
			assert.deepEqual(asked, ["other-key"]);

			const locked = await at({ PULUMI_CONFIG_PASSPHRASE: "wrong" });
			assert.equal(locked.code, 1);
			assert.match(locked.stderr, /^heygen:apiKey cannot be read: .*incorrect passphrase/s);
			const nowhere = await at({ PULUMI_STACK: "gone" });
			assert.deepEqual([nowhere.code, asked], [0, ["other-key", emulator.apiKey]]);
			assert.match(
				nowhere.stderr,
				/^Warning: the stack's config cannot be read: [\s\S]*with the key of HEYGEN_API_KEY\.\n$/,
			);
			const both = await at({ PULUMI_STACK: "gone", HEYGEN_API_KEY: "" });
			assert.match(both.stderr, /no HeyGen API key is set[\s\S]*And the stack's config cannot be read: /);
			const named = await at({}, "--stack", "gone");
			assert.deepEqual([named.code, named.stdout], [1, ""]);
			assert.match(named.stderr, /no stack named 'gone'/);
		} finally {
			await project.remove();
			await server.close();
		}
	});

	it("ends at once by Ctrl-C, without a word", async () => {
		let isAsked = () => {};
		const asked = new Promise<void>((resolve) => {
			isAsked = resolve;
		});
		const silent = await startServer(() => isAsked());
		try {
			await writeFile(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
			const env = environment({ HEYGEN_BASE_URL: silent.url });
			const child = spawn(process.execPath, [main, "looks"], { cwd: folder, env });
			let told = "";
			for (const stream of [child.stdout, child.stderr])
				stream.on("data", (chunk) => {
					told += chunk;
				});
			await asked;
			child.kill("SIGINT");
			assert.deepEqual([(await once(child, "close"))[1], told], ["SIGINT", ""]);
		} finally {
			await silent.close();
		}
	});
});
