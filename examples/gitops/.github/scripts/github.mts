const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN } = process.env;
const PER_PAGE = 100;
/** GitHub takes 65,536 characters. */
const LONGEST = 60_000;
/** Who writes with a workflow's token. */
const AUTHOR = "github-actions[bot]";

export interface Post {
	number: number;
	id: number;
	body: string | null;
	user: { login: string } | null;
	pull_request?: object;
}

/** One call of GitHub's REST API; `path` starts from the repository. Ends the script when GitHub refuses it. */
export async function github<T>(method: string, path: string, body?: object): Promise<T> {
	const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
		method,
		headers: { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	if (response.ok) return (await response.json()) as T;
	console.error(`GitHub answered ${response.status} to ${method} ${path}: ${await response.text()}`);
	process.exit(1);
}

/** The first comment or issue of this list that a workflow has written under a marker. */
export async function find(path: string, marker: string): Promise<Post | undefined> {
	for (let page = 1; ; page++) {
		const separator = path.includes("?") ? "&" : "?";
		const posts = await github<Post[]>("GET", `${path}${separator}per_page=${PER_PAGE}&page=${page}`);
		const found = posts.find(({ body, user, pull_request }) => {
			return user?.login === AUTHOR && pull_request === undefined && body?.startsWith(marker);
		});
		if (found !== undefined || posts.length < PER_PAGE) return found;
	}
}

/** The marker, which is not shown, and as many whole lines of the text as GitHub takes. */
export function marked(marker: string, text: string): string {
	if (text.length <= LONGEST) return `${marker}\n${text}`;
	const lines = text.slice(0, text.lastIndexOf("\n", LONGEST));
	return `${marker}\n${lines}\n\nIt goes on in the summary of the workflow's run.\n`;
}
