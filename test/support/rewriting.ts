import { bodyOf, startServer, type TestServer } from "./httpServer.ts";

/** What a server answers, to be changed. */
export interface Rewritten {
	text: string;
	date: string;
}

/** A server that passes everything on to another one and changes what it answers; a broken connection stays one. Close it in an `afterEach`. */
export function rewriting(
	url: string,
	change: (answer: Rewritten, path: string, method: string) => Rewritten,
): Promise<TestServer> {
	return startServer(async (request, response) => {
		const { method = "GET", url: path = "/", headers } = request;
		const body = await bodyOf(request);
		const passed = ["x-api-key", "content-type", "idempotency-key"].flatMap((name) => {
			const value = headers[name];
			return typeof value === "string" ? [[name, value] as [string, string]] : [];
		});
		const sent = { method, headers: passed, ...(body === "" ? {} : { body }) };
		const answer = await fetch(url + path, sent).catch(() => undefined);
		if (answer === undefined) return void response.destroy();
		const given = { text: await answer.text(), date: answer.headers.get("date") ?? "" };
		const { text, date } = change(given, path, method);
		response.writeHead(answer.status, { "content-type": "application/json", ...(date ? { date } : {}) });
		response.end(text);
	});
}
