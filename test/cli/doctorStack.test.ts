import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { EMULATOR_LOOKS, type Emulator, startEmulator } from "../../emulator/index.ts";
import { createProject, type Project } from "../engine/support/project.ts";
import { ACCOUNTS } from "../engine/support/troubles.ts";
import { assertCheck, doctor } from "./support/doctor.ts";

const Submitted = z.object({ data: z.object({ video_id: z.string() }) });
const URN = "urn:pulumi:dev::shop::";
const STACK = `${URN}pulumi:pulumi:Stack::shop-dev`;
const PROVIDER = `${URN}pulumi:providers:pulumi-nodejs::default`;

interface Kept {
	kind?: string;
	id: string;
	account?: string;
	avatarIds?: unknown;
}

/** A resource as the engine keeps it. */
const kept = (name: string, { kind = "AvatarShotsVideo", id, account, avatarIds }: Kept) => ({
	urn: `${URN}pulumi-nodejs:dynamic/heygen:${kind}::${name}`,
	type: `pulumi-nodejs:dynamic/heygen:${kind}`,
	custom: true,
	id,
	parent: STACK,
	provider: `${PROVIDER}::p1`,
	inputs: { avatarIds },
	outputs: { account },
});

describe("pulumi-heygen doctor looks at a stack", function () {
	this.timeout(120_000);
	let emulator: Emulator;
	let project: Project;

	beforeEach(async () => {
		emulator = await startEmulator({ accounts: ACCOUNTS });
		project = await createProject(emulator);
	});
	afterEach(async () => {
		await emulator?.close();
		await project?.remove();
	});

	const ask = (...flags: string[]) => doctor({ cwd: project.folder, env: project.environment }, ...flags);

	async function pulumi(...args: string[]): Promise<void> {
		const ran = await project.pulumi(...args);
		assert.equal(ran.code, 0, ran.text);
	}

	/** Puts resources into the stack, as a run would have recorded them. */
	async function holds(resources: ReturnType<typeof kept>[]): Promise<void> {
		const state = JSON.parse(await project.rawState());
		state.deployment.resources = [
			{ urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
			{ urn: PROVIDER, type: "pulumi:providers:pulumi-nodejs", custom: true, id: "p1" },
			...resources,
		];
		const file = join(project.folder, "given.json");
		await writeFile(file, JSON.stringify(state));
		await pulumi("stack", "import", "--file", file);
	}

	/** Leaves a note of a create in the state, as a run that was killed does; an import would drop it. */
	async function interruptedAt(resource: ReturnType<typeof kept>): Promise<void> {
		const file = join(project.folder, "backend", ".pulumi", "stacks", "shop", "dev.json");
		const state = JSON.parse(await readFile(file, "utf8"));
		state.checkpoint.latest.pending_operations = [{ type: "creating", resource }];
		await writeFile(file, JSON.stringify(state));
	}

	/** A video that is at HeyGen, in the account of the key. */
	async function rendered(apiKey: string): Promise<string> {
		const response = await fetch(`${emulator.url}/v3/videos`, {
			method: "POST",
			headers: { "x-api-key": apiKey, "content-type": "application/json" },
			body: JSON.stringify({ type: "avatar_shots", prompt: "A baker.", avatar_id: [EMULATOR_LOOKS.kitchen] }),
		});
		const { data } = Submitted.parse(await response.json());
		return data.video_id;
	}

	it("and finds all in order where it is: the engine, the packages, an empty stack, the key", async () => {
		await project.write("");
		emulator.control.clearRequests();
		const told = await ask();
		assert.deepEqual(told.ids("problem"), []);
		assert.deepEqual(told.ids("warning"), ["base-url"]);
		assert.deepEqual(told.ids("skipped"), ["account", "looks"]);
		assertCheck(told.one("pulumi"), "ok", /The Pulumi CLI is 3\.\d+\.\d+/);
		assertCheck(told.one("sdk"), "ok", /@pulumi\/pulumi 3\.\d+\.\d+ is installed/);
		assertCheck(told.one("stack"), "ok", /is there, and empty/);
		assertCheck(told.one("heygen"), "ok", /account "marketing"/);
		const requests = emulator.control.requests().map(({ method, path }) => `${method} ${path}`);
		assert.deepEqual(requests, ["GET /v3/users/me"]);
	});

	it("and tells how to choose one, when none is selected or it is not there", async () => {
		assertCheck(
			(await ask("--stack", "nope")).one("stack"),
			"problem",
			/no stack named 'nope'/,
			/pulumi stack init/,
		);
		delete project.environment["PULUMI_STACK"];
		await pulumi("stack", "unselect");
		const told = await ask();
		assertCheck(told.one("stack"), "problem", /no stack selected/, /pulumi stack select/);
		assertCheck(told.one("looks"), "skipped", /the state is not known/);
		assert.equal(told.one("heygen").status, "ok", "the environment's key is looked at all the same");
		assert.equal((await ask("--stack", "dev")).one("stack").status, "ok");
	});

	it("and tells when nobody is logged in", async () => {
		project.environment["PULUMI_BACKEND_URL"] = "";
		assertCheck((await ask()).one("stack"), "problem", /PULUMI_ACCESS_TOKEN/, /Run `pulumi login`/);
	});

	it("and reads the key that is a secret of its config, before that of the environment", async () => {
		await pulumi("config", "set", "heygen:apiKey", "other-key", "--secret");
		const told = await ask();
		assertCheck(told.one("key"), "ok", /as a secret of the stack's config/);
		assertCheck(told.one("heygen"), "ok", /account "sales"/);
		assert.doesNotMatch(JSON.stringify(told.checks), /other-key/);
	});

	it("and warns of a key that stands there as plain text", async () => {
		await pulumi("config", "set", "heygen:apiKey", "other-key", "--plaintext");
		const told = await ask();
		assertCheck(told.one("key"), "warning", /plain text/, /pulumi config set --secret heygen:apiKey/);
		assertCheck(told.one("heygen"), "ok", /account "sales"/);
		assert.doesNotMatch(JSON.stringify(told.checks), /other-key/);
	});

	it("and asks with no other key where that of the config cannot be read", async () => {
		await pulumi("config", "set", "heygen:apiKey", "other-key", "--secret");
		project.environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
		const told = await ask();
		assertCheck(
			told.one("settings"),
			"problem",
			/heygen:apiKey is a secret .* cannot be read: .*incorrect passphrase/,
			/PULUMI_CONFIG_PASSPHRASE/,
		);
		assertCheck(told.one("key"), "skipped", /see above/);
		assert.match(told.one("heygen").text, /not known without one/);
	});

	it("and tells when no passphrase opens what every run of the stack must open, with a secret in its config or none", async () => {
		delete project.environment["PULUMI_CONFIG_PASSPHRASE"];
		const told = await ask();
		const mend = /^Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE/;
		assertCheck(told.one("settings"), "problem", /secrets .* passphrase, and none is set/, mend);
		assert.equal(told.one("heygen").status, "ok", "the environment's key is looked at all the same");
		const file = join(project.folder, "passphrase");
		await writeFile(file, "");
		project.environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = file;
		await pulumi("config", "set", "heygen:apiKey", "other-key", "--secret");
		assert.equal((await ask()).one("settings").status, "ok");
		delete project.environment["PULUMI_CONFIG_PASSPHRASE_FILE"];
		assertCheck(
			(await ask()).one("settings"),
			"problem",
			/heygen:apiKey .* cannot be read: .*passphrase/,
			mend,
		);
	});

	it("and tells settings that are wrong or misspelt, and where to mend them", async () => {
		await pulumi("config", "set", "heygen:concurrency", "many");
		await pulumi("config", "set", "heygen:maxNewVideo", "3");
		project.environment["HEYGEN_MARK_TITLES"] = "perhaps";
		const [concurrency, marks, misspelt, ...others] = (await ask()).all("settings");
		assert.ok(concurrency && marks && misspelt && others.length === 0);
		assertCheck(
			concurrency,
			"problem",
			/concurrency must be .*; got "many"/,
			/pulumi config set heygen:concurrency/,
		);
		assertCheck(marks, "problem", /markTitles must be true or false/, /^Set HEYGEN_MARK_TITLES/);
		assertCheck(misspelt, "warning", /maxNewVideo is no setting/, /heygen:maxNewVideos.*pulumi config rm/);
	});

	it("and tells what an interrupted run has left, with the way out that keeps what was paid", async () => {
		await holds([]);
		await interruptedAt(kept("hero", { id: "", avatarIds: [EMULATOR_LOOKS.kitchen] }));
		assertCheck(
			(await ask()).one("pending"),
			"warning",
			/A run was interrupted \(creating hero\)/,
			/run `pulumi up`.*`pulumi refresh --clear-pending-creates`/,
		);
	});

	it("and tells a key of another account than that of its videos", async () => {
		const id = await rendered("emulator-key");
		await holds([kept("hero", { id, account: "marketing", avatarIds: [EMULATOR_LOOKS.kitchen] })]);
		assertCheck((await ask()).one("account"), "ok", /of the account that holds what the stack has\.$/);

		project.environment["HEYGEN_API_KEY"] = "other-key";
		const told = await ask();
		assertCheck(
			told.one("account"),
			"problem",
			/of the HeyGen account "marketing", but the key is of "sales", which does not see them/,
			/Set the right account's key/,
		);
		assertCheck(told.one("looks"), "skipped", /another account/);
	});

	it("and of its assets and webhook endpoints, where there are no videos", async () => {
		await holds([
			kept("logo", { kind: "Asset", id: "a1", account: "marketing" }),
			kept("hook", { kind: "WebhookEndpoint", id: "w1", account: "agency" }),
		]);
		project.environment["HEYGEN_API_KEY"] = "other-key";
		assertCheck((await ask()).one("account"), "problem", /the HeyGen account "marketing" and "agency"/);
	});

	it("but not a colleague's key, which sees what another account's name is on", async () => {
		const gone = kept("gone", { id: "0".repeat(32), account: "colleague" });
		const seen = kept("seen", { id: await rendered("emulator-key"), account: "colleague" });
		await holds([gone, seen]);
		assertCheck((await ask()).one("account"), "ok", /or shares its workspace/);
	});

	it("and says that it does not know, where HeyGen does not answer for a video", async () => {
		await holds([kept("hero", { id: "v1", account: "colleague" })]);
		emulator.control.intercept({ route: "/v3/videos/{id}", action: { status: 503 } });
		assertCheck((await ask()).one("account"), "warning", /is not known: .*503/, /Run this again/);
	});

	it("and tells looks that are gone or cannot be used, with the videos that name them", async () => {
		const look = { account: "marketing" };
		const { kitchen, withoutConsent, inTraining, notUsable } = EMULATOR_LOOKS;
		await holds([
			kept("hero", { ...look, id: "v1", avatarIds: [kitchen, "gone1"] }),
			kept("other", { ...look, id: "v2", avatarIds: ["gone1", withoutConsent] }),
			kept("third", { ...look, id: "v3", avatarIds: [inTraining, notUsable] }),
		]);
		emulator.control.clearRequests();
		const [fine, gone, consent, training, failed, ...others] = (await ask()).all("looks");
		assert.ok(fine && gone && consent && training && failed && others.length === 0);
		assertCheck(fine, "ok", /^1 look in use can be used/);
		assertCheck(gone, "warning", /look gone1 is gone .* the videos hero, other/, /Choose another look/);
		assertCheck(consent, "warning", /"Our guest".*pending_consent.*the video other/, /finish the consent/);
		assertCheck(training, "warning", /"Our new colleague".*processing.*the video third/, /still in training/);
		assertCheck(
			failed,
			"warning",
			/"Our mascot".*failed, avatar_not_usable: The picture did not/,
			/another look/,
		);
		const asked = emulator.control.requests();
		assert.equal(asked.length, 1 + 5, "each look once");
		assert.ok(asked.every(({ method }) => method === "GET"));
	});

	it("and tells looks that HeyGen does not answer for as not known", async () => {
		await holds([kept("hero", { id: "v1", account: "marketing", avatarIds: [EMULATOR_LOOKS.kitchen] })]);
		emulator.control.intercept({
			route: "/v3/avatars/looks/{id}",
			action: { status: 404, html: "not here" },
		});
		assertCheck(
			(await ask()).one("looks"),
			"warning",
			/1 look in use could not be looked at: .*404/,
			/later/,
		);
	});

	it("and changes nothing", async () => {
		await holds([kept("hero", { id: "v1", account: "marketing", avatarIds: [EMULATOR_LOOKS.kitchen] })]);
		const state = await project.rawState();
		const yaml = join(project.folder, "Pulumi.yaml");
		const before = await readFile(yaml, "utf8");
		await ask();
		assert.equal(await project.rawState(), state);
		assert.equal(await readFile(yaml, "utf8"), before);
		assert.deepEqual(
			emulator.control.requests().filter(({ method }) => method !== "GET"),
			[],
		);
	});
});
