import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Post {
	id: number;
	number: number;
	/** The pull request that a comment belongs to. */
	on?: number;
	body: string;
	user: { login: string };
	title?: string;
	state?: string;
}

/** GitHub's REST API as far as the workflows use it, on a free port of this machine. */
export interface GitHub {
	url: string;
	comments: Post[];
	issues: Post[];
	close(): Promise<void>;
}

/** The token of a job, which says what the job may do. */
export const tokenOf = (permissions: Readonly<Record<string, string>>) =>
	Object.entries(permissions)
		.map((entry) => entry.join("="))
		.join(";");

export async function startGitHub(repository: string): Promise<GitHub> {
	const comments: Post[] = [];
	const issues: Post[] = [];
	let last = 0;

	const answer = async (request: IncomingMessage): Promise<[number, unknown]> => {
		const url = new URL(request.url ?? "", "http://github");
		const path = url.pathname.replace(`/repos/${repository}/issues`, "");
		const about = path.includes("comments") ? comments : issues;
		const on = Number(/^\/(\d+)\/comments$/.exec(path)?.[1]);
		const permission = about === comments ? "pull-requests=write" : "issues=write";
		if (!request.headers.authorization?.includes(permission)) {
			return [403, { message: "Resource not accessible by integration" }];
		}
		if (request.method === "GET") {
			const shown = about === comments ? comments.filter((post) => post.on === on) : issues.filter(isOpen);
			return [200, paged(shown, url.searchParams)];
		}
		const given = JSON.parse(await text(request)) as Partial<Post>;
		if (request.method === "POST") {
			last++;
			const user = { login: "github-actions[bot]" };
			const post = { id: 900 + last, number: last, on, body: "", user, ...given };
			about.push(post);
			return [201, post];
		}
		const key = Number(path.split("/").at(-1));
		const post = about.find(({ id, number }) => key === (about === comments ? id : number));
		return post === undefined ? [404, { message: "Not Found" }] : [200, Object.assign(post, given)];
	};

	const server = createServer((request, response) => {
		answer(request)
			.catch((error: Error): [number, unknown] => [400, { message: error.message }])
			.then(([status, body]) => {
				response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
			});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const close = () =>
		new Promise<void>((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${port}`, comments, issues, close };
}

const isOpen = ({ state }: Post) => state !== "closed";

function paged(posts: Post[], query: URLSearchParams): Post[] {
	const size = Number(query.get("per_page") ?? 30);
	const page = Number(query.get("page") ?? 1);
	return posts.slice((page - 1) * size, page * size);
}
