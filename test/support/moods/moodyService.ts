import type { TestServer } from "../httpServer.ts";
import { type Asked, type Change, rewriting } from "../rewriting.ts";
import { type Chance, one } from "./chance.ts";
import { objectIn, objectsIn } from "./json.ts";

/** How ids may look that are not the emulator's 32 hexadecimal digits. */
const FORMS: readonly ((id: string) => string | number)[] = [
	(id) => id,
	(id) => `v_${id}`,
	(id) => `${id}/1`,
	(id) => `v%2F${id}%`,
	(id) => `vidéo…🎬${id}`,
	(id) => `a,${id}?b#c&d=e+f`,
	(id) => `__proto__.${id}`,
	(id) => Number.parseInt(id.slice(0, 12), 16),
];
const IDS = ["id", "video_id", "asset_id", "endpoint_id"];
const THINGS = /^(\/v3\/(?:videos|assets|webhooks\/endpoints)\/)([^/?]+)(.*)$/;

export interface MoodyService extends TestServer {
	/** From here on it has no moods, only its own form of ids. */
	calmDown(): void;
}

/**
 * A server that passes everything on to an emulator, gives ids a form of its own, and lets `mood` befall its answers.
 * Close it in an `afterEach`.
 */
export async function moodyService(url: string, chance: Chance, mood: Change): Promise<MoodyService> {
	const form = one(chance, FORMS);
	const inner = new Map<string, string>();
	let calm = false;

	const change: Change = (answer, path, method) => {
		const json = objectIn(answer.text);
		if (json === undefined) return answer;
		for (const object of objectsIn(json)) {
			for (const key of IDS) {
				const id = object[key];
				if (typeof id !== "string" || !/^[0-9a-f]{32}$/.test(id)) continue;
				inner.set(String(form(id)), id);
				object[key] = form(id);
			}
		}
		const formed = { ...answer, text: JSON.stringify(json) };
		return calm ? formed : mood(formed, path, method);
	};

	const ask = ({ path, body }: Asked): Asked => ({ path: innerPath(path), body: innerBody(body) });

	/** Without tokens that a mood has made up. */
	function innerPath(path: string): string {
		const [, list, segment = "", rest] = THINGS.exec(path) ?? [];
		const id = inner.get(decodeURIComponent(segment));
		if (list !== undefined && id !== undefined) return `${list}${id}${rest}`;
		const asked = new URL(path, "http://x");
		const ids = asked.searchParams.get("video_ids");
		if (asked.searchParams.get("token")?.startsWith("ignored")) asked.searchParams.delete("token");
		if (ids !== null) {
			const known = ids.split(",").flatMap((id) => inner.get(id) ?? []);
			asked.searchParams.set("video_ids", known.length === 0 ? "none" : known.join(","));
		}
		return asked.pathname + asked.search;
	}

	function innerBody(body: Buffer): Buffer {
		let text = body.toString("latin1");
		for (const [outer, id] of inner) {
			const sent = Buffer.from(JSON.stringify(outer)).toString("latin1");
			text = text.replaceAll(sent, JSON.stringify(id));
		}
		return Buffer.from(text, "latin1");
	}

	const server = await rewriting(url, change, ask);
	return {
		...server,
		calmDown() {
			calm = true;
		},
	};
}
