import assert from "node:assert/strict";
import fc from "fast-check";
import { pngOf } from "../../support/samples.ts";
import { sharedProcess } from "../process.ts";
import { at, idOf, linkOf } from "../support.ts";

const BUDGET = { interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false } as const;

describe("emulator: absurd ranges", function () {
	this.timeout(60_000);
	const emulator = sharedProcess(350, ["--render-seconds", "0", "--queue-seconds", "0"]);
	const files: { link: string; bytes: Buffer }[] = [];

	before(async () => {
		const { upload, submit } = emulator();
		const asset = String(at((await upload(pngOf(100_000))).body, "data", "url"));
		const still = await linkOf(emulator(), idOf(await submit()), "thumbnail_url");
		for (const link of [asset, still]) {
			files.push({ link, bytes: Buffer.from(await (await fetch(link)).arrayBuffer()) });
		}
	});

	/** The answer is the whole file, the very part that it names, or 416. */
	const holds = async (range: string) => {
		for (const { link, bytes } of files) {
			const response = await fetch(link, { headers: { range } });
			const got = Buffer.from(await response.arrayBuffer());
			const told = response.headers.get("content-range");
			if (response.status === 200) assert(got.equals(bytes));
			else if (response.status === 416) assert.equal(told, `bytes */${bytes.length}`);
			else {
				assert.equal(response.status, 206);
				const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(told ?? "")?.map(Number) ?? [];
				assert(from !== undefined && to !== undefined && from <= to && to < bytes.length, `${told}`);
				assert.equal(size, bytes.length);
				assert(got.equals(bytes.subarray(from, to + 1)), `${told}`);
			}
		}
	};

	for (const range of [
		"bytes=",
		"bytes=-",
		"bytes=--1",
		"bytes=-0",
		"bytes=0-0",
		"bytes=5-2",
		"bytes=0-99999999999999999999999999999999",
		"bytes=99999999999999999999999999999999-",
		"bytes=-99999999999999999999999999999999",
		"bytes=0x10-0x20",
		"bytes=1e3-",
		"bytes=0.5-1",
		"bytes= 0-1",
		"bytes=0-1, 3-4",
		`bytes=${"0-0,".repeat(3000)}0-0`,
		"bytes=0-1;2",
		"BYTES=0-1",
		"lines=0-1",
		"bytes",
		"=",
		"bytes=٣-٤",
	]) {
		it(`are answered with what they name, or all: ${range.slice(0, 40)}`, () =>
			holds(Buffer.from(range).toString("latin1")));
	}

	it("are answered with what they name, or all, whatever a fuzzer makes", async () => {
		const number = fc.oneof(fc.nat(120_000).map(String), fc.constantFrom("", "-1", "00012", "9".repeat(30)));
		const range = fc.tuple(
			fc.constantFrom("bytes=", "bytes =", "bytes:"),
			number,
			number,
			fc.constantFrom("", ",", ",1-2"),
		);
		await fc.assert(
			fc.asyncProperty(range, ([unit, from, to, more]) => holds(`${unit}${from}-${to}${more}`)),
			{ ...BUDGET, numRuns: 200 },
		);
	});
});
