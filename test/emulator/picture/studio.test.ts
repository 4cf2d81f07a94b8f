import assert from "node:assert/strict";
import type { PictureJob } from "../../../emulator/picture/encode.ts";
import { type Studio, studio } from "../../../emulator/picture/studio.ts";

const jobOf = (title: string): PictureJob => {
	return { format: "jpeg", width: 320, height: 180, seconds: 0, scene: { title, text: "", id: title } };
};

describe("emulator: the studio", () => {
	let open: Studio | undefined;
	afterEach(() => open?.close());

	/** A studio whose limits pass when they are told to. */
	const withLimits = () => {
		const limits = new Set<() => void>();
		open = studio((_, work) => {
			limits.add(work);
			return () => limits.delete(work);
		});
		return { make: open.make, close: open.close, limits };
	};

	it("counts a picture's time from its beginning, not while it waits for others", async () => {
		const { make, limits } = withLimits();
		const all = Array.from({ length: 5 }, (_, at) => make(jobOf(`${at}`)));
		assert.equal(limits.size, 1);
		for (const made of all) assert((await made).length > 0);
		assert.equal(limits.size, 0);
	});

	it("gives up the one that takes too long, and makes the others", async () => {
		const { make, limits } = withLimits();
		const [late, ...others] = ["a", "b", "c"].map((title) => make(jobOf(title)));
		for (const pass of [...limits]) pass();
		await assert.rejects(late ?? Promise.resolve(), /longer than 120 s/);
		for (const made of others) assert((await made).length > 0);
	});

	it("makes others after one that cannot be made", async () => {
		const { make } = withLimits();
		const wrong = make({ ...jobOf("a"), width: -1 });
		const right = make(jobOf("b"));
		await assert.rejects(wrong, /could not be made/);
		assert((await right).length > 0);
	});

	it("ends what waits when it is closed, and takes nothing more", async () => {
		const { make, close } = withLimits();
		const waiting = ["a", "b"].map((title) => assert.rejects(make(jobOf(title)), /closed/));
		await close();
		await Promise.all(waiting);
		await assert.rejects(make(jobOf("c")), /closed/);
	});
});
