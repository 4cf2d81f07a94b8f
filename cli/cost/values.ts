import { redact } from "../../heygen/redact.ts";
import type { Reason } from "../../plan/videos.ts";

/** The longest value that is shown, in characters. */
const LONGEST = 60;
/** How much is shown before the first difference. */
const LEAD = 15;
const HIDDEN = "[secret]";

/** Why a video is regenerated, in one line: `prompt: "A baker." → "A cook."`. Secret values are not shown. */
export function reasonText({ input, before, after, known }: Reason): string {
	if (input === "status") return before === "failed" ? "its render had failed" : "it was deleted at HeyGen";
	if (!known) return `${input}: not known before the update`;
	const [old, next] = [plain(before), plain(after)];
	if (old === next) return old.includes(HIDDEN) ? `${input}: ${HIDDEN}` : input;
	const start = Math.max(
		0,
		Math.min(firstDifference(old, next) - LEAD, Math.max(old.length, next.length) - LONGEST),
	);
	return `${input}: ${part(old, start)} → ${part(next, start)}`;
}

function plain(value: unknown): string {
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return "none";
	if (Array.isArray(value) && value.every(isReference)) return redact(value.map(referenceText).join(", "));
	return redact(JSON.stringify(value), [], Number.POSITIVE_INFINITY);
}

interface Shown {
	file?: string;
	assetId?: string;
	url?: string;
	sha256?: string;
}

const isReference = (value: unknown): value is Shown => typeof value === "object" && value !== null;

/** A reference by its name and the beginning of its bytes' hash. */
function referenceText({ file, assetId, url, sha256 }: Shown): string {
	const name = file ?? assetId ?? url ?? "base64";
	return sha256 === undefined ? name : `${name} (${sha256.slice(0, 8)})`;
}

function part(text: string, start: number): string {
	const quote = /^".*"$/s.test(text) ? '"' : "";
	const inner = quote === "" ? text : text.slice(1, -1);
	const end = start + LONGEST;
	const [lead, trail] = [start > 0 && inner.length > 0 ? "…" : "", inner.length > end ? "…" : ""];
	return `${quote}${lead}${inner.slice(start, end)}${trail}${quote}`.toWellFormed();
}

function firstDifference(a: string, b: string): number {
	let at = 0;
	while (at < a.length && a[at] === b[at]) at++;
	return at;
}
