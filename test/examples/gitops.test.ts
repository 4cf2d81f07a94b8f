import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { run } from "../../scripts/childProcess.ts";
import { ensureEngine } from "../../scripts/engine/index.ts";
import type { Ran } from "./gitops/runner.ts";
import { openTeam, type Team } from "./gitops/team.ts";

const root = dirname(dirname(import.meta.dirname));
const HOURS = "videos/opening-hours.video.yaml";
const LAUNCH = "videos/spring/launch.video.yaml";

/** One repository lives through all of these, in this order. */
describe("the example with GitHub's workflows", function () {
	this.timeout(600_000);
	let team: Team;
	before(async () => {
		team = await openTeam();
	});
	after(() => team?.close());

	const told = (ran: Ran) =>
		ran.steps.map(({ name, code, output }) => `${name} ${code}\n${output}`).join("\n");
	/** The one comment that the workflow has written to a pull request. */
	const commentOf = (pullRequest: number) => {
		const all = team.github.comments.filter(({ on }) => on === pullRequest);
		const written = all.filter(({ user }) => user.login !== "somebody");
		assert.equal(written.length, 1);
		return written[0]?.body ?? "";
	};

	it("a pull request with a wrong spec is told at its line, and nothing else runs", async () => {
		const sha = await team.repository.edit("wrong", HOURS, (text) => text.replace("9:16", "9:61"));
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 1 });
		assert.deepEqual(ran.jobs, { validate: "failure", cost: "skipped" });
		assert.match(
			told(ran),
			/::error file=videos\/opening-hours\.video\.yaml,line=5,col=\d+,title=aspectRatio::/,
		);
	});

	it("a pull request without secrets, as from a fork, is validated, and its log says that it is no more", async () => {
		const sha = await team.repository.edit("fork", HOURS, (text) => text.replace("7:30", "8:00"));
		const secrets = Object.fromEntries(Object.keys(team.machine.secrets).map((name) => [name, ""]));
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 2, secrets });
		assert.deepEqual(ran.jobs, { validate: "success", cost: "skipped" });
		assert.match(told(ran), /::notice title=The cost is not told::.*no secrets.*push the branch/);
		assert.deepEqual([team.github.comments, team.emulator.control.requests()], [[], []]);
	});

	it("a pull request whose preview fails is told why in its comment", async () => {
		const marker = "<!-- cost of the stack prod -->";
		const planted = { id: 1, number: 1, on: 3, body: marker, user: { login: "somebody" } };
		team.github.comments.push(planted);
		const sha = await team.repository.edit("look", "brand/house.yaml", (text) =>
			text.replace(/looks: .*/, "looks: [Nobody]"),
		);
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 3 });
		assert.deepEqual(
			[ran.jobs["cost"], ran.steps.at(-1)?.code, ran.artifacts],
			["failure", 1, {}],
			told(ran),
		);
		assert.match(
			commentOf(3),
			/^<!-- .* -->\nThe cost is not known:\n\n {4}.*"Nobody"[\s\S]*\n\nThe preview failed\. The log of the step \*Preview\* /,
		);
		assert.equal(planted.body, marker, "what somebody else has written is left alone");
	});

	it("a pull request that takes the limit away fails, with the cost told", async () => {
		const sha = await team.repository.edit("free", "Pulumi.prod.yaml", (text) =>
			text.replace(/ *heygen:maxNewVideos.*\n/, ""),
		);
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 5 });
		assert.deepEqual([ran.jobs["cost"], ran.steps.at(-1)?.code], ["failure", 1], told(ran));
		assert.match(
			commentOf(5),
			/3 videos to render[\s\S]*No `heygen:maxNewVideos` was found, .*back into `Pulumi\.prod\.yaml`/,
		);
	});

	it("a pull request that breaks a policy fails, and its log says which one", async () => {
		const { path } = await ensureEngine({ policyPacks: true });
		const rules = join(team.folder, "rules.json");
		const off = { enforcementLevel: "disabled", avatarIds: ["any"] };
		await writeFile(rules, JSON.stringify({ "allowed-looks": off, "forbidden-words": { words: ["tray"] } }));
		const pack = join(root, "examples", "policy", "pack");
		const env = {
			PATH: path,
			PULUMI_OPTION_POLICY_PACK: pack,
			PULUMI_OPTION_POLICY_PACK_CONFIG: rules,
		};
		const ran = await team.run("pull-request.yml", { sha: "main", pullRequest: 6, env });
		assert.deepEqual([ran.jobs["cost"], ran.steps.at(-1)?.code], ["failure", 1], told(ran));
		assert.match(told(ran), /\[mandatory\] {2}forbidden-words [\s\S]*has "tray" in its prompt/);
		assert.match(commentOf(6), /The preview failed\. The log of the step \*Preview\* says why\./);
	});

	it("the first pull request shows what all videos cost, and leads to a page of them", async () => {
		const sha = await team.repository.edit("first", HOURS, (text) => text.replace("7:30", "8:00"));
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 3 });
		assert.deepEqual(ran.jobs, { validate: "success", cost: "success" }, told(ran));
		const body = commentOf(3);
		assert.match(body, /\| videos-opening-hours \| new \|/);
		assert.match(body, /3 videos to render at USD 7\.00: USD 21\.00\./);
		assert.match(body, /\]\(https:\/\/github\.example\/artifacts\/gallery\.html\)/);
		assert.match(ran.artifacts["gallery.html"] ?? "", /It says we open at 8:00/);
		assert.equal(team.paid(), 0);
	});

	it("a merge whose machine dies leaves a lock; a run by hand unlocks it and takes over what is paid", async () => {
		team.emulator.control.settings.renderSeconds = 3600;
		const sha = await team.repository.merge("first");
		const interruption = { step: "Render", when: () => team.paid() === 3, how: "killed" } as const;
		const dead = await team.run("merge.yml", { sha, interruption });
		assert.equal(dead.steps.find(({ name }) => name === "Render")?.code, 137, told(dead));
		assert.equal((await team.locks()).length, 1);

		team.emulator.control.clock.advance(3600);
		const ran = await team.run("merge.yml", { sha, inputs: { unlock: true } });
		assert.deepEqual(ran.jobs, { render: "success" }, told(ran));
		assert.deepEqual([team.paid(), team.videos().length, await team.locks()], [3, 3, []]);
		assert.match(told(ran), /Took over the finished video/);
		assert.match(ran.summary, /3 videos to render[\s\S]*### Videos\n- \[launch-Lisbon\]\(http/);
		assert.ok((ran.artifacts["gallery.html"] ?? "").includes("data:video/mp4;base64,"));
		team.emulator.control.settings.renderSeconds = 0.4;
	});

	it("drift is quiet while HeyGen has what main says, and asks for no money", async () => {
		const ran = await team.run("drift.yml", { sha: "main" });
		assert.deepEqual([ran.jobs, team.github.issues, team.paid()], [{ drift: "success" }, [], 3], told(ran));
	});

	it("drift is told where the preview failed, although its JSON says nothing of it", async () => {
		const env = { PULUMI_OPTION_EXPECT_NO_CHANGES: "true" };
		const ran = await team.run("drift.yml", { sha: "main", env });
		const [issue] = team.github.issues.splice(0);
		assert.deepEqual([ran.jobs["drift"], ran.steps.at(-1)?.code], ["failure", 1], told(ran));
		assert.match(issue?.body ?? "", /Nothing is rendered[\s\S]*The preview failed\. .*\*Drift\* says why/);
		assert.match(told(ran), /no changes were expected/);
	});

	it("a pull request over the cap is told whole, and held up", async () => {
		const cities = "[Lisbon, Oslo, Porto, Bergen, Faro, Lund, Vigo, Turku]";
		const sha = await team.repository.edit("second", LAUNCH, (text) =>
			text.replace("[Lisbon, Oslo]", cities),
		);
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 4 });
		assert.deepEqual(ran.jobs, { validate: "success", cost: "failure" }, told(ran));
		assert.equal(ran.steps.at(-1)?.code, 3);
		assert.match(commentOf(4), /videos-launch-Turku[\s\S]*6 renders are more than --max-videos 5/);
	});

	it("one edited prompt costs one render, and the same comment says so", async () => {
		const sha = await team.repository.edit("second", HOURS, (text) =>
			text.replace("turns the sign", "flips the sign"),
		);
		const ran = await team.run("pull-request.yml", { sha, pullRequest: 4 });
		assert.deepEqual(ran.jobs, { validate: "success", cost: "success" }, told(ran));
		const body = commentOf(4);
		assert.match(
			body,
			/videos-opening-hours \| regenerated \| prompt: .*turns the sign.* → .*flips the sign/,
		);
		assert.match(body, /1 video to render at USD 7\.00: USD 7\.00\.\n\n2 unchanged/);
		assert.ok(
			(ran.artifacts["gallery.html"] ?? "").includes("data:video/mp4;base64,"),
			"the old video beside it",
		);
	});

	it("drift tells of a video that was deleted at HeyGen, in an issue and by failing", async () => {
		// Not the one that the open pull request edits.
		const video = team.videos().find(({ body }) => body.prompt.includes("Lisbon"));
		const headers = { "x-api-key": team.emulator.apiKey };
		await fetch(`${team.emulator.url}/v3/videos/${video?.id}`, { method: "DELETE", headers });
		const ran = await team.run("drift.yml", { sha: "main" });
		assert.deepEqual(
			[ran.jobs, ran.steps.at(-1)?.code, team.paid()],
			[{ drift: "failure" }, 3, 3],
			told(ran),
		);
		const [issue, ...more] = team.github.issues;
		assert.equal(more.length, 0);
		assert.match(issue?.body ?? "", /\| new \|[\s\S]*1 video to render[\s\S]*`merge` by hand with `refresh`/);
	});

	it("drift names the cap where more is missing than one merge may render", async () => {
		const setCap = async (to: string) => {
			await team.repository.edit("cap", "Pulumi.prod.yaml", (text) =>
				text.replace(/(maxNewVideos: )"\d+"/, `$1"${to}"`),
			);
			return team.repository.merge("cap");
		};
		await setCap("0");
		const ran = await team.run("drift.yml", { sha: "main" });
		await setCap("5");
		assert.deepEqual(
			[ran.jobs, ran.steps.at(-1)?.code, team.paid()],
			[{ drift: "failure" }, 1, 3],
			told(ran),
		);
		const body = team.github.issues[0]?.body ?? "";
		assert.match(body, /cannot be compared with HeyGen:\n\n {4}.*heygen:maxNewVideos allows 0/);
	});

	it("a merge that GitHub cancels leaves no lock, and its repetition pays nothing twice", async () => {
		team.emulator.control.settings.renderSeconds = 3600;
		const sha = await team.repository.merge("second");
		const interruption = { step: "Render", when: () => team.paid() === 5, how: "cancelled" } as const;
		const inputs = { refresh: true };
		const cancelled = await team.run("merge.yml", { sha, inputs, interruption });
		assert.deepEqual([cancelled.jobs, await team.locks()], [{ render: "failure" }, []], told(cancelled));

		team.emulator.control.clock.advance(3600);
		const ran = await team.run("merge.yml", { sha, inputs });
		assert.deepEqual(ran.jobs, { render: "success" }, told(ran));
		assert.deepEqual([team.paid(), team.videos().length], [5, 3], "one deleted, one edited");
	});

	it("the issue about drift is written anew while there is one, and closed when it is over", async () => {
		const issue = async (...args: string[]) => {
			const script = join(root, "examples", "gitops", ".github", "scripts", "issue.mts");
			const env = { ...team.machine.env, PULUMI_STACK: "prod", GITHUB_TOKEN: "issues=write" };
			const { code, stderr } = await run(process.execPath, [script, ...args], { env, timeoutSeconds: 30 });
			assert.equal(code, 0, stderr);
		};
		await writeFile(join(team.folder, "again.md"), "Still missing.\n");
		await issue("open", join(team.folder, "again.md"));
		assert.deepEqual([team.github.issues.length, team.github.issues[0]?.state], [1, undefined]);
		assert.match(team.github.issues[0]?.body ?? "", /Still missing/);
		await issue("close");
		await issue("close");
		assert.deepEqual([team.github.issues.length, team.github.issues[0]?.state], [1, "closed"]);
	});
});
