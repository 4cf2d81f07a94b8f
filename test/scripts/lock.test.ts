import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { filledOnce } from "../../scripts/engine/cache.ts";
import { withLock } from "../../scripts/lock.ts";

const scripts = pathToFileURL(join(import.meta.dirname, "..", "..", "scripts/")).href;

describe("a lock and a folder that is filled once", () => {
	let folder: string;
	const children: ChildProcess[] = [];

	beforeEach(async () => {
		folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-lock-"));
	});
	afterEach(async () => {
		for (const child of children.splice(0)) child.kill("SIGKILL");
		await rm(folder, { recursive: true, force: true });
	});

	/** A process that runs `code` and has written a line when this returns. */
	const otherProcess = async (code: string): Promise<ChildProcess> => {
		const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		children.push(child);
		await once(child.stdout, "data");
		return child;
	};
	const forever = 'console.log("working"); await new Promise((resolve) => setTimeout(resolve, 1e9));';

	it("lets one work at a time and tells the second that it waits", async () => {
		const file = join(folder, "lock");
		const order: string[] = [];
		const signs = new EventTarget();
		const seen = (sign: string) => once(signs, sign);
		const firstWorks = seen("works");
		const first = withLock(file, async () => {
			const mayEnd = seen("may end");
			signs.dispatchEvent(new Event("works"));
			await mayEnd;
			order.push("first");
		});
		await firstWorks;
		const second = withLock(file, async () => order.push("second"), {
			onWait: () => {
				order.push("waits");
				signs.dispatchEvent(new Event("may end"));
			},
		});
		await Promise.all([first, second]);
		assert.deepEqual(order, ["waits", "first", "second"]);
	});

	it("is free again after its work has failed", async () => {
		const file = join(folder, "lock");
		const failing = withLock(file, async () => {
			throw new Error("broken");
		});
		await assert.rejects(failing, /broken/);
		assert.equal(await withLock(file, async () => "next"), "next");
	});

	it("is free again when its holder was killed", async () => {
		const file = join(folder, "lock");
		const holder = await otherProcess(
			`import { withLock } from "${scripts}lock.ts";
			await withLock(${JSON.stringify(file)}, async () => { ${forever} });`,
		);
		const waited = await withLock(file, async () => "mine", { onWait: () => holder.kill("SIGKILL") });
		assert.equal(waited, "mine");
		assert.equal(holder.killed, true);
	});

	it("does not take what a killed process left for a whole folder", async () => {
		const filler = await otherProcess(
			`import { writeFile } from "node:fs/promises";
			import { filledOnce } from "${scripts}engine/cache.ts";
			await filledOnce(${JSON.stringify(folder)}, "tool", async (target) => {
				await writeFile(target + "/half", "");
				${forever}
			});`,
		);
		filler.kill("SIGKILL");
		await once(filler, "exit");
		const filled = await filledOnce(folder, "tool", (target) => writeFile(join(target, "whole"), ""));
		assert.deepEqual(await readdir(filled), ["whole"]);
		assert.deepEqual((await readdir(folder)).sort(), ["tool", "tool.lock"]);
	});

	it("fills a folder once for all who come at the same time", async () => {
		let fills = 0;
		const fill = async () => {
			fills += 1;
		};
		await Promise.all([1, 2, 3, 4].map(() => filledOnce(folder, "tool", fill)));
		assert.equal(fills, 1);
	});
});
