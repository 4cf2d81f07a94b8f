import { redact } from "../../heygen/redact.ts";
import { notUsable } from "../usableLook.ts";
import type { Found } from "./find.ts";

const HEAD = ["NAME", "ID", "TYPE", "STATUS", "USABLE"];
/** What a terminal obeys, or turns a line by. JSON escapes the rest of it. */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The table for people, and below it what there is to say. */
export function asTable(found: Found): string {
	const rows = found.looks.map((look) => [
		look.name,
		look.id,
		look.avatar_type,
		look.status ?? "",
		notUsable(look) === undefined ? "yes" : "no",
	]);
	const told = [HEAD, ...rows].map((row) => row.map(oneLine));
	const widths = HEAD.map((_, at) => Math.max(...told.map((row) => row[at]?.length ?? 0)));
	const lines = told.map((row) =>
		row
			.map((cell, at) => cell.padEnd(widths[at] ?? 0))
			.join("  ")
			.trimEnd(),
	);
	const table = rows.length === 0 ? [] : [...lines, ""];
	return `${[...table, ...notes(found), summary(found)].join("\n")}\n`;
}

/** For programs. */
export function asJson({ ownership, looks, more }: Found): string {
	const told = looks.map((look) => {
		const { id, name, avatar_type: avatarType, group_id: groupId = null, status = null } = look;
		const fault = notUsable(look);
		const reason = fault === undefined ? null : oneLine(fault.why);
		return { id, name, avatarType, groupId, status, usable: fault === undefined, reason };
	});
	const text = JSON.stringify({ ownership, looks: told, more }, undefined, 2);
	return `${text.replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

/** What is to be known before one of them is used. */
function notes({ looks }: Found): string[] {
	const faults = looks.flatMap((look) => {
		const fault = notUsable(look);
		return fault === undefined ? [] : [oneLine(`${look.name}: ${fault.why}. ${fault.mend}`)];
	});
	const names = looks.map(({ name }) => name);
	const shared = new Set(names.filter((name, at) => names.indexOf(name) !== at));
	const several = [...shared].map((name) => oneLine(`Several looks are called ${name}: take their ids.`));
	const all = [...faults, ...several];
	return all.length === 0 ? [] : [...all, ""];
}

function summary({ part, ownership, looks, more, all }: Found): string {
	const count = (number: number) => {
		const what = `${number.toLocaleString("en")} ${ownership === "public" ? "public look" : "look"}${number === 1 ? "" : "s"}`;
		return ownership === "public" ? what : `${what} of this account`;
	};
	const other = ownership === "private" ? " To see HeyGen's own: --ownership public." : "";
	if (all === 0) return `There are ${count(0)}.${other}`;
	const fits = part === undefined ? "" : ` with "${part}" in the name`;
	if (looks.length === 0) return oneLine(`There are ${count(all)}, none${fits}.${other}`);
	if (more === 0) return oneLine(`${count(looks.length)}${fits}.${other}`);
	const total = looks.length + more;
	return oneLine(
		`The first ${looks.length} of ${count(total)}${fits}; ${more.toLocaleString("en")} more: --limit ${total}.`,
	);
}

const oneLine = (text: string) => redact(text).replace(/\s+/g, " ");
