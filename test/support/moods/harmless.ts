import type { Change, Rewritten } from "../rewriting.ts";
import { type Chance, one, shuffled } from "./chance.ts";
import { isList, type Json, objectIn, objectsIn, set } from "./json.ts";

/** What a mood does to an answer: to its JSON in place, or to what is around it. */
type Mood = (json: Json, answer: Rewritten, chance: Chance, path: string) => void;

/** Keys that an answer may lack or give as null: of a video all its links, even when it is completed. */
const OPTIONAL =
	/^(title|(created|completed|uploaded)_at|duration|(?!upload)\w+_url|folder_id|output_\w+|failure_\w+|batch_id|item_index|error|email|first_name|last_name|billing_type|wallet|mime_type|size_bytes|type|owner|space_id|deleted)$/;
const NUMBERS = /^(duration|size_bytes|uploaded_at|remaining_balance|image_\w+)$/;
const GOES_ON = ["queued", "waiting", "pending", "processing"];
const CONTENT_TYPES = [
	"application/json; charset=utf-8",
	"APPLICATION/JSON;CHARSET=ISO-8859-1",
	"text/plain",
	"x",
];

/** Moods in which a service breaks no promise: everything must go on as if it had none. */
const HARMLESS: Readonly<Record<string, Mood>> = {
	"extra keys"(json, _answer, chance) {
		for (const object of [...objectsIn(json)]) {
			const key = one(chance, ["brand_new", "constructor", "__proto__"]);
			if (chance() < 0.5) set(object, key, { status: "failed", id: 7 });
		}
	},
	"optional keys missing or null"(json, _answer, chance) {
		for (const object of [...objectsIn(json)]) {
			for (const key of Object.keys(object)) {
				if (!OPTIONAL.test(key) || chance() < 0.6) continue;
				if (chance() < 0.5) delete object[key];
				else object[key] = null;
			}
		}
	},
	"unknown words for a render that goes on"(json, _answer, chance) {
		for (const object of objectsIn(json)) {
			const goesOn = ("id" in object || "video_id" in object) && GOES_ON.includes(String(object["status"]));
			if (goesOn && chance() < 0.5) object["status"] = one(chance, ["dreaming", "QUEUED", "", "in_review"]);
		}
	},
	"unknown words in a list of statuses"(json, _answer, chance, path) {
		if (!path.includes("/statuses") || !isList(json)) return;
		for (const line of json.data)
			if (chance() < 0.5) line["status"] = one(chance, ["succeeded", "done", null, 7]);
	},
	"keys in another order"(json, _answer, chance) {
		for (const object of [...objectsIn(json)]) {
			const entries = shuffled(Object.entries(object), chance);
			for (const [key] of entries) delete object[key];
			for (const [key, value] of entries) set(object, key, value);
		}
	},
	"lists in another order"(json, _answer, chance) {
		if (isList(json)) json.data = shuffled(json.data, chance);
	},
	"numbers as texts"(json, _answer, chance) {
		for (const object of objectsIn(json)) {
			for (const [key, value] of Object.entries(object)) {
				if (NUMBERS.test(key) && typeof value === "number" && chance() < 0.5) object[key] = String(value);
			}
		}
	},
	"pages of 10,000 entries"(json, _answer, chance, path) {
		if (!isList(json) || chance() < 0.7) return;
		const others = Array.from({ length: 10_000 }, (_, at) => otherOf(path, at));
		json.data = chance() < 0.5 ? [...json.data, ...others] : [...others, ...json.data];
	},
	"empty pages, and the last one named by itself"(json, _answer, chance, path) {
		if (!isList(json) || json["has_more"] !== false) return;
		if (!path.includes("token=") && chance() < 0.5) {
			Object.assign(json, { data: [], has_more: true, next_token: "ignored-1" });
		} else if (path.includes("/statuses")) {
			Object.assign(json, { has_more: true, next_token: "ignored-2" });
		}
	},
	"pages that say little"(json, _answer, chance) {
		if (!isList(json)) return;
		if (chance() < 0.5) delete json["has_more"];
		if (json["next_token"] === null && chance() < 0.5) delete json["next_token"];
	},
	"another 2xx"(_json, answer, chance) {
		answer.status = one(chance, [200, 201, 202, 203]);
	},
	"no date"(_json, answer) {
		answer.date = "";
	},
	"odd types of content"(_json, answer, chance) {
		answer.headers = { "content-type": one(chance, CONTENT_TYPES) };
	},
	"slow answers"(_json, answer, chance) {
		answer.slowMs = chance() * 15;
	},
};

/** What a list of this path may hold of other people's. */
function otherOf(path: string, at: number): Json {
	if (path.includes("/endpoints")) return { endpoint_id: `other-${at}`, url: "https://other.example.com" };
	if (path.includes("/event-types")) return { event_type: `other.${at}` };
	return { video_id: `other-${at}`, status: "completed" };
}

/** Lets some of these moods befall each answer that is no refusal. */
export function harmless(chance: Chance): Change {
	return (answer, path) => {
		const json = objectIn(answer.text);
		if (json === undefined || "error" in json) return answer;
		const changed = { ...answer };
		for (const mood of Object.values(HARMLESS)) if (chance() < 0.5) mood(json, changed, chance, path);
		return { ...changed, text: `${chance() < 0.2 ? "\ufeff" : ""}${JSON.stringify(json)}` };
	};
}
