import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../userError.ts";
import { type Stack, stateFolder } from "./stack.ts";

interface LockOwner {
	pid: number;
	hostname: string;
}

const WAIT_SECONDS = 120;

/**
 * Unlocks the stack when the run that locked it is dead, as after `kill -9`, and waits up to two minutes for one
 * that is alive: an engine whose `npm start` was killed finds the emulator again, which runs by now, and ends.
 * Only for a stack in the local state folder, which nobody but this machine uses.
 * Throws a {@link UserError} when the owner does not end or cannot be judged from here.
 */
export async function releaseDeadLock(stack: Stack): Promise<void> {
	const alive = await ownerThatStays(stack.name);
	if (alive !== undefined) {
		throw new UserError(
			`Another run is at work on this stack: process ${alive.pid} on ${alive.hostname}. Wait until it has ended, or end it, and run this again.`,
		);
	}
	if ((await lockOwners(stack.name)).length === 0) return;
	process.stdout.write("The last run was killed and left the stack locked; unlocking it.\n");
	const outcome = await stack.quietly(["cancel", "--yes"]);
	if (outcome.code !== 0) throw new UserError(`The stack cannot be unlocked. ${outcome.stderr.trim()}`);
}

/** An owner of the lock that is alive, or may be, and is so still after the wait. */
async function ownerThatStays(stack: string): Promise<LockOwner | undefined> {
	for (let waited = 0; ; waited += 1) {
		const owner = (await lockOwners(stack)).find(
			({ hostname: host, pid }) => host !== hostname() || isAlive(pid),
		);
		if (owner === undefined || owner.hostname !== hostname() || waited >= WAIT_SECONDS) return owner;
		if (waited === 0) {
			process.stdout.write(
				`An earlier run is still at work (process ${owner.pid}); waiting for it to end.\n`,
			);
		}
		await sleep(1000);
	}
}

async function lockOwners(stack: string): Promise<LockOwner[]> {
	const locks = join(stateFolder, ".pulumi", "locks");
	const files = await readdir(locks, { recursive: true }).catch(() => []);
	const mine = files.filter((file) => file.endsWith(".json") && file.split(/[\\/]/).at(-2) === stack);
	const texts = await Promise.all(
		mine.map((file) => readFile(join(locks, file), "utf8").catch(() => undefined)),
	);
	return texts.filter((text) => text !== undefined).map((text) => JSON.parse(text) as LockOwner);
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
