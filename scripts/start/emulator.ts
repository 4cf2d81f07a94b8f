import { type Emulator, startEmulator } from "../../emulator/index.ts";
import { UserError } from "../userError.ts";

/** So that the page links in a stack's outputs stay the same from run to run. */
const USUAL_PORT = 4010;

/** Starts an emulator that keeps what it has in a folder. Throws a {@link UserError} when it cannot. */
export async function openEmulator(data: string, renderSeconds: number): Promise<Emulator> {
	const settings = { data, renderSeconds };
	try {
		return await startEmulator({ ...settings, port: USUAL_PORT }).catch((error) => {
			if (isPortTaken(error)) return startEmulator({ ...settings, port: 0 });
			throw error;
		});
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UserError(`The emulator does not start: ${message}`);
	}
}

function isPortTaken(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	return ("code" in error && error.code === "EADDRINUSE") || isPortTaken(error.cause);
}
