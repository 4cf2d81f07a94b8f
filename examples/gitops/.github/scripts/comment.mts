/** `node comment.mts <pull request> <file>`: the one comment about the cost of a stack, written anew at each push. */
import { readFileSync } from "node:fs";
import { find, github, marked } from "./github.mts";

const [pullRequest, file = ""] = process.argv.slice(2);
const marker = `<!-- cost of the stack ${process.env["PULUMI_STACK"]} -->`;
const comments = `/issues/${pullRequest}/comments`;

const body = marked(marker, readFileSync(file, "utf8"));
const earlier = await find(comments, marker);
if (earlier === undefined) await github("POST", comments, { body });
else await github("PATCH", `/issues/comments/${earlier.id}`, { body });
