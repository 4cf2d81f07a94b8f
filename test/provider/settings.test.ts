import assert from "node:assert/strict";
import { readSettings, settingsFault } from "../../provider/settings.ts";

const read = (config: Record<string, string> = {}, environment: Record<string, string> = {}) =>
	readSettings({ config: (key) => config[key], environment });

describe("the settings", () => {
	it("take the config before the environment, and the environment before the default", () => {
		assert.equal(read({ "heygen:apiKey": "a" }, { HEYGEN_API_KEY: "b" }).apiKey, "a");
		assert.equal(read({}, { HEYGEN_API_KEY: "b" }).apiKey, "b");
		assert.equal(read({}, { HEYGEN_BASE_URL: "http://127.0.0.1:4010/" }).baseUrl, "http://127.0.0.1:4010");
		assert.equal(read().baseUrl, "https://api.heygen.com");
		assert.equal(read({ "heygen:concurrency": "20" }).concurrency, 20);
		assert.equal(read().concurrency, 10);
		assert.equal(read().videoType, "avatar_shots");
	});

	it("say how to set a key that is missing or empty", () => {
		assert.match(settingsFault(read()) ?? "", /pulumi config set heygen:apiKey --secret/);
		assert.match(settingsFault(read({}, { HEYGEN_API_KEY: "" })) ?? "", /HEYGEN_API_KEY/);
	});

	it("mark titles unless told not to, and take no other word for it", () => {
		assert.deepEqual([read().markTitles, read({ "heygen:markTitles": "false" }).markTitles], [true, false]);
		assert.equal(read({}, { HEYGEN_MARK_TITLES: "false" }).markTitles, false);
		const { problems } = read({ "heygen:apiKey": "k", "heygen:markTitles": "no" });
		assert.deepEqual(problems, [
			{ property: "heygen:markTitles", reason: 'must be true or false; got "no".' },
		]);
	});

	it("never repeat a key that cannot be one", () => {
		const fault = settingsFault(read({ "heygen:apiKey": "sk_secret\nx" })) ?? "";
		assert.match(fault, /heygen:apiKey/);
		assert.ok(!fault.includes("sk_secret"));
	});

	for (const url of [
		"nonsense",
		"http://example.net",
		"ftp://h",
		"https://h/?a=1",
		"https://me:pw@h",
		"https://:pw@h",
		"//h",
	]) {
		it(`refuse ${url} as a base URL`, () => {
			assert.deepEqual(
				read({ "heygen:apiKey": "k", "heygen:baseUrl": url }).problems.map(({ property }) => property),
				["heygen:baseUrl"],
			);
		});
	}

	for (const url of ["https://proxy.example.net/heygen", "http://localhost:1", "http://[::1]:1"]) {
		it(`take ${url} as a base URL`, () =>
			assert.deepEqual(read({ "heygen:apiKey": "k", "heygen:baseUrl": url }).problems, []));
	}
});
