import { redact } from "../../../heygen/redact.ts";
import type { Run } from "./run.ts";

/** What HeyGen says of a failure, fit to be shown: programs print it. */
export const words = (
	text: string | null | undefined,
	{ apiKey }: Pick<Run, "apiKey">,
): string | undefined => (text ? redact(text, [apiKey]) : undefined);
