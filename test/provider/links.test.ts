import assert from "node:assert/strict";
import { currentLink, expiryOf } from "../../provider/links.ts";

const NOW = Date.UTC(2026, 10, 23);
const HOUR = 3_600_000;
const link = (inMs: number, path = "a.mp4") =>
	`https://files2.heygen.ai/${path}?Expires=${(NOW + inMs) / 1000}&Signature=s${inMs}&Key-Pair-Id=k`;

describe("the links of a video", () => {
	it("are kept while they are good for more than a day", () => {
		assert.equal(currentLink(link(48 * HOUR), link(168 * HOUR), NOW), link(48 * HOUR));
	});
	it("are renewed when they have expired or soon will", () => {
		assert.equal(currentLink(link(-HOUR), link(168 * HOUR), NOW), link(168 * HOUR));
		assert.equal(currentLink(link(23 * HOUR), link(168 * HOUR), NOW), link(168 * HOUR));
	});
	it("that live shorter than a day are kept for half of their life", () => {
		assert.equal(currentLink(link(HOUR), link(1.5 * HOUR), NOW), link(HOUR));
		assert.equal(currentLink(link(0.5 * HOUR), link(1.5 * HOUR), NOW), link(1.5 * HOUR));
	});
	it("are renewed when they lead to another file", () => {
		assert.equal(currentLink(link(48 * HOUR), link(48 * HOUR, "b.mp4"), NOW), link(48 * HOUR, "b.mp4"));
	});
	it("without a signature are kept for good", () =>
		assert.equal(currentLink("https://h/t.jpg", "https://h/t.jpg", NOW), "https://h/t.jpg"));
	it("that do not say when they end are renewed", () =>
		assert.equal(
			currentLink("https://h/t.jpg?sig=1", "https://h/t.jpg?sig=2", NOW),
			"https://h/t.jpg?sig=2",
		));
	it("are gone when HeyGen has none", () => assert.equal(currentLink(link(HOUR), null, NOW), undefined));
	it("are taken when there was none before", () =>
		assert.equal(currentLink(undefined, link(1), NOW), link(1)));
	it("survive what is no URL", () =>
		assert.equal(currentLink("nonsense", "also nonsense", NOW), "also nonsense"));
	it("tell when they end", () => {
		assert.equal(expiryOf(link(HOUR)), NOW + HOUR);
		assert.equal(expiryOf("https://h/x?Expires=soon"), undefined);
	});
});
