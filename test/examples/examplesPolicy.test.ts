import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startEmulator } from "../../emulator/index.ts";
import { type Outcome, run } from "../../scripts/childProcess.ts";
import { ensureEngine } from "../../scripts/engine/index.ts";
import { root, runExample } from "./runExample.ts";

describe("the example with a policy pack, on the real engine", function () {
	this.timeout(600_000);
	let folder: string;
	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-policy-"));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	const bringUp = (settings: NodeJS.ProcessEnv = {}) => runExample(folder, ["policy"], settings);
	const paidRenders = async () => {
		const emulator = await startEmulator({ data: join(folder, "examples", "policy") });
		try {
			return emulator.control.paidRenders();
		} finally {
			await emulator.close();
		}
	};

	it("brings videos up that keep the rules, and refuses in the update what no preview can know", async () => {
		const obeying = await bringUp();
		assert.equal(obeying.code, 0, obeying.stdout + obeying.stderr);
		assert.match(obeying.stdout, /✅ video-rules@v0\.1\.0/);
		assert.match(obeying.stdout, /\+ 3 created/);
		assert.equal(await paidRenders(), 2);

		const late = await bringUp({ BREAK_RULES: "late" });
		assert.notEqual(late.code, 0);
		const [preview = "", update = ""] = late.stdout.split(/^Updating /m);
		assert.match(preview, /\[advisory\] {2}allowed-looks .*: late\)/);
		assert.match(preview, /The first look of "late" is known only in the update/);
		assert.match(update, /\[mandatory\] {2}allowed-looks .*: late\)/);
		assert.match(update, /Video "late" uses the look \S+, which is not on the list/);
		assert.equal(await paidRenders(), 2);

		const destroyed = await runExample(folder, ["policy", "destroy"]);
		assert.equal(destroyed.code, 0, destroyed.stdout + destroyed.stderr);
		assert.match(destroyed.stdout, /- 4 deleted/);
	});

	it("refuses every broken rule in the preview, each with what to do, and pays nothing", async () => {
		const { code, stdout } = await bringUp({ BREAK_RULES: "1" });
		assert.notEqual(code, 0);
		const told = stdout.slice(stdout.indexOf("Policies:"));
		for (const message of [
			/\[mandatory\] {2}allowed-looks .*\n.*\n *Video "other-look" uses the look 3c9e\w+, .* Use one of/,
			/\[advisory\] {2}allowed-looks .*\n *can't run .* The first look of "other-look" is known only in the update/,
			/\[mandatory\] {2}longest-duration .*\n.*\n *Video "too-long" is 12 seconds long\. Set duration to 8/,
			/\[mandatory\] {2}longest-duration .*\n.*\n *Video "any-length" lets HeyGen choose .* Take autoDuration away/,
			/\[mandatory\] {2}full-hd-by-name .*\n.*\n *Video "too-sharp" is in 1080p\. .* call it "too-sharp-1080p"/,
			/\[mandatory\] {2}forbidden-words .*\n.*\n *Video "loud" has "guaranteed" and "dernière chance"/,
			/\[mandatory\] {2}published-protected .*\n.*\n *Video "at-risk" is published, .* Add \{ protect: true \}/,
		]) {
			assert.match(told, message);
		}
		assert.doesNotMatch(told, /"opening"|"trade-fair-1080p"/);
		assert.equal(told.match(/\[(mandatory|advisory)\]/g)?.length, 7);
		assert.doesNotMatch(stdout, /^Updating /m);
		assert.equal(await paidRenders(), 0);
		assertCostRefuses(await costWithRulesOfTheEnvironment());
	});

	/** `cost` in the example, told of the pack as a CI would tell it. */
	async function costWithRulesOfTheEnvironment() {
		const { path } = await ensureEngine({ policyPacks: true });
		const env = {
			PATH: path,
			PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
			PULUMI_HOME: join(folder, "home"),
			PULUMI_CONFIG_PASSPHRASE: "",
			PULUMI_STACK: "example",
			PULUMI_OPTION_POLICY_PACK: "pack",
			PULUMI_OPTION_POLICY_PACK_CONFIG: "pack/rules.json",
			BREAK_RULES: "1",
			HEYGEN_API_KEY: "key",
			HEYGEN_BASE_URL: "http://127.0.0.1:9",
		};
		const main = join(root, "dist", "cli", "main.js");
		const cwd = join(root, "examples", "policy");
		return run(process.execPath, [main, "cost"], { cwd, env, timeoutSeconds: 170 });
	}

	function assertCostRefuses({ code, stdout, stderr }: Outcome): void {
		assert.deepEqual([code, stdout], [1, ""]);
		assert.match(stderr, /^The preview failed, .*which policy was broken/);
	}
});
