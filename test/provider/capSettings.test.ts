import assert from "node:assert/strict";
import {
	type CapSettings,
	listed,
	previewOverCapText,
	priced,
	readCapSettings,
} from "../../provider/capSettings.ts";

const names = (count: number) => Array.from({ length: count }, (_, at) => `v${at + 1}`);

describe("what is set about the cost of a run", () => {
	const read = (config: Record<string, string>, environment: Record<string, string> = {}) =>
		readCapSettings((name, variable) => config[name] ?? environment[variable]);

	it("has no limit and HeyGen's list price where nothing is set", () => {
		assert.deepEqual(read({}), { maxNewVideos: undefined, pricePerVideoUsd: 7, problems: [] });
	});

	it("is read by its names in the config and in the environment", () => {
		const environment = { HEYGEN_MAX_NEW_VIDEOS: "3", HEYGEN_PRICE_PER_VIDEO_USD: "6.25" };
		const given = { maxNewVideos: 3, pricePerVideoUsd: 6.25, problems: [] };
		assert.deepEqual(read({}, environment), given);
		assert.deepEqual(read({ maxNewVideos: "3", pricePerVideoUsd: "6.25" }), given);
	});

	it("allows up to 999999 renders, and none at 0", () => {
		assert.equal(read({ maxNewVideos: "0" }).maxNewVideos, 0);
		assert.equal(read({ maxNewVideos: "999999" }).maxNewVideos, 999_999);
	});

	for (const wrong of ["", "-1", "1.5", "1e3", "1000000", "x1", "1x", " 1"]) {
		it(`refuses ${JSON.stringify(wrong)} as a limit, and then sets none`, () => {
			const { maxNewVideos, problems } = read({ maxNewVideos: wrong });
			assert.equal(maxNewVideos, undefined);
			assert.deepEqual(problems, [
				{
					property: "heygen:maxNewVideos",
					reason: `must be a whole number from 0 to 999999; got "${wrong}".`,
				},
			]);
		});
	}

	for (const price of ["0", "7", "999999", "6.5", "0.1234"]) {
		it(`takes ${price} as a price`, () => {
			assert.deepEqual(read({ pricePerVideoUsd: price }), {
				maxNewVideos: undefined,
				pricePerVideoUsd: Number(price),
				problems: [],
			});
		});
	}

	for (const wrong of ["", "-7", "7,5", "7.", ".5", "1000000", "0.12345", "7 USD", "USD 7"]) {
		it(`refuses ${JSON.stringify(wrong)} as a price, and counts with the list price`, () => {
			const { pricePerVideoUsd, problems } = read({ pricePerVideoUsd: wrong });
			assert.equal(pricePerVideoUsd, 7);
			assert.deepEqual(problems, [
				{
					property: "heygen:pricePerVideoUsd",
					reason: `must be a number of US dollars such as 7 or 6.5; got "${wrong}".`,
				},
			]);
		});
	}
});

describe("what a user reads of too many renders", () => {
	const settings: CapSettings = { maxNewVideos: 2, pricePerVideoUsd: 6.5 };

	it("counts videos and their price to the cent", () => {
		assert.equal(priced(0, 7), "0 videos (USD 0.00)");
		assert.equal(priced(1, 7), "1 video (USD 7.00)");
		assert.equal(priced(3, 6.336), "3 videos (USD 19.01)");
	});

	it("names the first twenty, and how many there are beside them", () => {
		assert.equal(listed(["a", "b"]), "a, b");
		assert.equal(listed(names(20)), names(20).join(", "));
		assert.equal(listed(names(22)), `${names(20).join(", ")} and 2 more`);
	});

	it("says in the preview what it would cost, what is allowed, which they are, and what to do", () => {
		assert.equal(
			previewOverCapText(names(3), settings),
			"The update would render 3 videos (USD 19.50), and heygen:maxNewVideos allows 2: v1, v2, v3. " +
				"If they are wanted, allow them: `pulumi config set heygen:maxNewVideos 3`, or HEYGEN_MAX_NEW_VIDEOS=3 " +
				"where the config sets none. If not, see what was changed: `pulumi preview --diff`.",
		);
	});
});
