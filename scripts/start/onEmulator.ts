import { join } from "node:path";
import type { Engine } from "../engine/index.ts";
import { releaseDeadLock } from "./deadLock.ts";
import { openEmulator } from "./emulator.ts";
import { clearPendingCreates } from "./pendingCreates.ts";
import { local, localEnvironment, Stack } from "./stack.ts";

const RENDER_SECONDS = 12;
/** Where the program puts the video, from the root of this repository on. */
export const FILE = "examples/quickstart/out/hero.mp4";

const tryNext = `
Edit the prompt in examples/quickstart/index.ts and run \`npm start\` again: exactly that video is rendered anew.
Set HEYGEN_API_KEY and HEYGEN_AVATAR_ID and run \`npm start\` for a real video: the price is shown, then you are asked.
Run \`npm start -- destroy\` to remove the video again.
The page's address answers only while a run is on. To look around, keep an emulator open: \`npx pulumi-heygen emulator\`.
`;

/** Brings the quickstart up, or removes it, against the emulator. Gives back the exit code. */
export async function onEmulator(engine: Engine, action: "up" | "destroy"): Promise<number> {
	const emulator = await openEmulator(join(local, "emulator"), RENDER_SECONDS);
	try {
		const stack = new Stack("emulator", engine, {
			...localEnvironment(engine),
			HEYGEN_BASE_URL: emulator.url,
			HEYGEN_API_KEY: emulator.apiKey,
		});
		await stack.select();
		await releaseDeadLock(stack);
		await clearPendingCreates(stack);
		if (action === "destroy") return await stack.inForeground(["destroy", "--yes"]);

		const before = await stack.outputs();
		const paidBefore = emulator.control.paidRenders();
		const code = await stack.inForeground(["up", "--yes"]);
		if (code !== 0) return code;

		const { video } = await stack.outputs();
		if (typeof video !== "string") return 0;
		const paid = emulator.control.paidRenders() - paidBefore;
		process.stdout.write(
			`\n${summary(video, video !== before["video"], paid)} It is in ${FILE}.\n${tryNext}`,
		);
		return 0;
	} finally {
		await emulator.close();
	}
}

function summary(video: string, isNew: boolean, paid: number): string {
	if (!isNew) return `Unchanged: nothing was rendered and nothing paid; the video is still ${video}.`;
	if (paid === 0) return `Video ${video} was submitted by an earlier run: taken over, nothing paid again.`;
	return `Rendered video ${video}: ${paid === 1 ? "1 render" : `${paid} renders`} paid, with the emulator's play money.`;
}
