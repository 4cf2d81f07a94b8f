import assert from "node:assert/strict";
import { sharedProcess } from "../process.ts";
import { GOOD, idOf } from "../support.ts";

describe("emulator: forms and types that are no good", () => {
	const emulator = sharedProcess(350);

	for (const type of [
		"",
		"text/plain",
		"multipart/form-data",
		"multipart/form-data; boundary=",
		'multipart/form-data; boundary="',
		"multipart/form-data; boundary=b; boundary=c",
		`multipart/form-data; boundary=${"b".repeat(8000)}`,
		"multipart/form-data; boundary=(.*)+$",
		"application/json; charset=utf-16",
	]) {
		it(`refuses an upload as ${type.slice(0, 50) || "nothing"}`, async () => {
			for (const body of [
				"",
				"--b",
				"--b--",
				"--b\r\n\r\n\r\n--b--",
				"--b\r\nx\r\n--b\r\n--b--",
				"{}",
				"\0".repeat(999),
			]) {
				const { status } = await emulator().call(
					"POST",
					"/v3/assets",
					body,
					type ? { "content-type": type } : {},
				);
				assert.equal(status, 400, JSON.stringify(body));
			}
		});
	}

	it("takes JSON whatever it is called", async () => {
		for (const type of [
			"text/plain",
			"application/x-www-form-urlencoded",
			"multipart/form-data; boundary=b",
			"x",
		]) {
			idOf(await emulator().call("POST", "/v3/videos", JSON.stringify(GOOD), { "content-type": type }));
		}
	});
});
