import { gzipSync } from "node:zlib";
import type { Change, Rewritten } from "../rewriting.ts";
import { type Chance, one } from "./chance.ts";
import { type Json, objectIn, objectsIn } from "./json.ts";

const ESCAPES = "\u001b]0;title\u0007\u001b[2J\u009b31m\u202eevil\u200f\ud800";
const LINKS = ["javascript:alert(1)", "https://me:pw@h/v.mp4", "http://\u202e/", `https://h/${ESCAPES}`, ""];
const LINK = /^(\w+_url|url)$/;
const TEXT = /^(title|failure_\w+|email|name|description|billing_type)$/;
const TIME = /^(created|completed|uploaded)_at$/;

/** What may come in the place of an answer that was on its way. */
const REPLACED: readonly ((answer: Rewritten, chance: Chance) => Partial<Rewritten>)[] = [
	() => ({ text: "" }),
	() => ({ text: "null" }),
	() => ({ text: "[]" }),
	() => ({ text: '"ok"' }),
	() => ({ text: '{"data":null}' }),
	() => ({ text: '{"data":{"id":null,"video_id":{},"status":{}}}' }),
	() => ({ text: `{"data":${"[".repeat(50_000)}${"]".repeat(50_000)}}` }),
	() => ({ text: `<html><head><title>${ESCAPES}</title></head>` }),
	() => ({ text: "<".repeat(100_000), status: 503 }),
	() => ({ text: "http://".repeat(30_000), status: 502 }),
	({ text }, chance) => ({ text: text.slice(0, Math.floor(chance() * text.length)) }),
	({ text }) => ({ text: gzipSync(text).toString("latin1"), headers: { "content-encoding": "gzip" } }),
	() => ({ status: 302, headers: { location: "https://elsewhere.example.com/" } }),
	(_answer, chance) => refusal(one(chance, [400, 401, 402, 403, 409, 418, 429, 500, 503])),
];

function refusal(status: number): Partial<Rewritten> {
	const error = { code: `word${ESCAPES}`, message: `No. ${ESCAPES}`, param: "constructor" };
	return { status, text: JSON.stringify({ error }), headers: { "retry-after": "1" } };
}

/** What an answer may hold where its words should be. */
function spoil(json: Json, chance: Chance): void {
	for (const object of objectsIn(json)) {
		for (const key of Object.keys(object)) {
			if (chance() < 0.5) continue;
			if (LINK.test(key) && !("endpoint_id" in object)) object[key] = one(chance, LINKS);
			if (TEXT.test(key)) object[key] = ESCAPES;
			if (TIME.test(key)) object[key] = one(chance, [1e30, -1, "soon", ESCAPES, {}]);
		}
	}
}

/** Moods in which a service breaks its promises: calls may fail, but nothing may be paid twice or lost. */
export function harsh(chance: Chance): Change {
	return (answer) => {
		const json = objectIn(answer.text);
		if (chance() < 0.2) return { ...answer, ...one(chance, REPLACED)(answer, chance) };
		if (json === undefined || chance() < 0.5) return answer;
		spoil(json, chance);
		return { ...answer, text: JSON.stringify(json) };
	};
}
