import { createServer } from "node:net";

/** The usual port where it is free, else another one of this machine's. */
export async function freePort(usual: number): Promise<number> {
	return (await opens(usual)) ?? (await opens(0)) ?? usual;
}

function opens(port: number): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(undefined));
		server.listen(port, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
		});
	});
}
