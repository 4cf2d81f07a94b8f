import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { withFile } from "../../../provider/asset/source.ts";
import { GivenFile } from "../../../provider/lifecycle.ts";
import { FileProblem } from "../../../provider/uploads/content.ts";
import { testContext } from "../../support/context.ts";
import { startServer, type TestServer } from "../../support/httpServer.ts";
import { pngOf } from "../../support/samples.ts";

describe("the file of an asset's source", () => {
	let server: TestServer | undefined;
	afterEach(() => server?.close());

	const serve = async () => {
		server = await startServer((request, response) => {
			if (request.url === "/moved.png") response.writeHead(302, { location: "/logo.png" }).end();
			else if (request.url === "/logo.png") response.end(pngOf(500));
			else response.writeHead(404).end();
		});
		return server.url;
	};
	const remote = (uri: string) => new GivenFile("ab", { uri });

	it("is fetched when it is remote, over redirects as the engine does, and gone afterwards", async () => {
		const url = await serve();
		const path = await withFile(remote(`${url}/moved.png`), testContext(), async (content) => {
			assert.deepEqual([content.mediaType, content.sizeBytes], ["image/png", 500]);
			assert.ok((await readFile(content.path)).equals(pngOf(500)));
			return content.path;
		});
		await assert.rejects(readFile(path), { code: "ENOENT" });
	});

	it("is fetched however long its name is", async () => {
		const long = `${"long-name-".repeat(40)}.png`;
		server = await startServer((_request, response) => void response.end(pngOf(500)));
		await withFile(remote(`${server.url}/${long}`), testContext(), async ({ mediaType, name }) => {
			assert.equal(mediaType, "image/png");
			assert.ok(long.endsWith(name) && name.length <= 100);
		});
	});

	it("is told when it cannot be fetched, without what a link is signed with", async function () {
		this.timeout(30_000);
		const url = await serve();
		const fetched = withFile(remote(`${url}/none.png?Signature=5ec1e7`), testContext(), async () => {});
		await assert.rejects(fetched, (error) => {
			assert.ok(error instanceof FileProblem);
			assert.match(error.message, /none\.png cannot be fetched: .*HTTP 404.* It must be public\./);
			assert.doesNotMatch(error.message, /5ec1e7/);
			return true;
		});
	});

	it("is a text's own", async () => {
		const text = "1\n00:00:00,000 --> 00:00:01,500\nHello\n";
		await withFile(new GivenFile("ab", { text }), testContext(), async ({ path, mediaType }) => {
			assert.deepEqual([mediaType, (await readFile(path)).toString()], ["application/x-subrip", text]);
		});
	});
});
