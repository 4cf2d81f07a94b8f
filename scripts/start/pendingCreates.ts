import { UserError } from "../userError.ts";
import type { Stack } from "./stack.ts";

interface Export {
	deployment?: { pending_operations?: unknown[] };
}

/**
 * Takes the creates that a killed run left unfinished off the stack's list, so that the engine does not warn
 * of them for ever. Nothing is lost: the next `up` computes the same submission key and takes the render over.
 */
export async function clearPendingCreates(stack: Stack): Promise<void> {
	const exported = await stack.quietly(["stack", "export"]);
	if (exported.code !== 0) return;
	const { deployment } = JSON.parse(exported.stdout) as Export;
	if ((deployment?.pending_operations ?? []).length === 0) return;
	process.stdout.write("The last run was cut short; this one goes on from there.\n");
	const refreshed = await stack.quietly(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
	if (refreshed.code !== 0) throw new UserError(`The stack cannot be refreshed. ${refreshed.stderr.trim()}`);
}
