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

	it("allow any number of renders unless told how many, and price them as HeyGen lists them", () => {
		const cap = ({ maxNewVideos, pricePerVideoUsd }: ReturnType<typeof read>) => [
			maxNewVideos,
			pricePerVideoUsd,
		];
		assert.deepEqual(cap(read()), [undefined, 7]);
		const config = { "heygen:maxNewVideos": "0", "heygen:pricePerVideoUsd": "6.5" };
		assert.deepEqual(cap(read(config, { HEYGEN_MAX_NEW_VIDEOS: "3" })), [0, 6.5]);
		const environment = { HEYGEN_MAX_NEW_VIDEOS: " 20 ", HEYGEN_PRICE_PER_VIDEO_USD: "0" };
		assert.deepEqual(cap(read({}, environment)), [20, 0]);
	});

	for (const wrong of ["-1", "1.5", "many", "1e3", "99999999"]) {
		it(`take no ${wrong} for a number of renders`, () => {
			const { problems } = read({ "heygen:apiKey": "k", "heygen:maxNewVideos": wrong });
			assert.deepEqual(problems, [
				{
					property: "heygen:maxNewVideos",
					reason: `must be a whole number from 0 to 999999; got "${wrong}".`,
				},
			]);
		});
	}

	for (const wrong of ["-1", "free", "1e3", "7,50", "NaN"]) {
		it(`take no ${wrong} for a price`, () => {
			const { problems } = read({ "heygen:apiKey": "k" }, { HEYGEN_PRICE_PER_VIDEO_USD: wrong });
			assert.deepEqual(
				problems.map(({ property }) => property),
				["heygen:pricePerVideoUsd"],
			);
		});
	}

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
