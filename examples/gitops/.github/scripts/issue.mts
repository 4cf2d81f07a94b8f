/** `node issue.mts open <file>` or `node issue.mts close`: the one open issue about what is missing at HeyGen. */
import { readFileSync } from "node:fs";
import { find, github, marked } from "./github.mts";

const [action, file = ""] = process.argv.slice(2);
const stack = process.env["PULUMI_STACK"];
const marker = `<!-- drift of the stack ${stack} -->`;
const WHAT_TO_DO = `
To render what is missing, run the workflow \`merge\` by hand with \`refresh\`. To do without it, take it out of \`videos/\`.
`;

const open = await find("/issues?state=open", marker);
if (action === "open") {
	const body = marked(marker, `${readFileSync(file, "utf8")}${WHAT_TO_DO}`);
	const title = `The videos of ${stack} are not as main says`;
	if (open === undefined) await github("POST", "/issues", { title, body });
	else await github("PATCH", `/issues/${open.number}`, { body });
} else if (open !== undefined) {
	await github("PATCH", `/issues/${open.number}`, { state: "closed" });
}
