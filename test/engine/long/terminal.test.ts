import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf } from "../../support/samples.ts";
import { oneVideo, type Ran } from "../support/project.ts";
import { scenario, VIDEO } from "../support/scenario.ts";

/** A window's title, a colour, an erased screen, and a turned line. */
const EVIL = "\u001b]0;title\u0007\u001b[31mred\u009b2J\u202eevil\u200f\r";
const OBEYED = /(?![\n\t])\p{Cc}|\p{Bidi_Control}/u;

describe("what a user's terminal gets", function () {
	this.timeout(240_000);
	const scene = scenario();

	const assertHarmless = ({ text }: Ran) => {
		const at = text.search(OBEYED);
		assert.equal(at, -1, JSON.stringify(text.slice(Math.max(0, at - 200), at + 100)));
		return text;
	};

	it("is nothing that it obeys, whatever prompts, titles, names of files and HeyGen's words hold", async () => {
		const { project, emulator } = scene;
		const file = `lo\ngo${EVIL}.png`;
		await writeFile(join(project.folder, file), pngOf(500));
		const evil = { ...VIDEO, prompt: `A baker. ${EVIL} ${"🎬".repeat(9_000)}`, title: EVIL };
		const references = [{ file }];

		await project.write(oneVideo({ ...evil, references }));
		assert.match(assertHarmless(await project.pulumi("preview", "--diff")), /prompt holds characters/);
		assertHarmless(await project.up());
		const { id } = await project.video();
		emulator.control.failNextRender({ code: `code${EVIL}`, message: `words${EVIL}\ud83d` });
		await project.write(oneVideo({ ...evil, references, revision: 2 }));
		assert.match(assertHarmless(await project.upFails()), /The render failed: codered/);
		assert.equal((await project.video()).id, id);
		assertHarmless(await project.pulumi("refresh", "--yes"));
		assert.match(assertHarmless(await project.up()), /Resources:/);
		assertHarmless(await project.pulumi("destroy", "--yes"));
		assert.equal(emulator.control.paidRenders(), 2);
	});

	for (const [how, prompt] of [
		["at once", '"A baker \\ud83d"'],
		["later", 'Promise.resolve("A baker \\ud83d")'],
	] as const) {
		it(`is one error and no stack trace for a text with half a character that is known ${how}`, async () => {
			const { project, emulator } = scene;
			await project.write(
				`new heygen.AvatarShotsVideo("hero", { prompt: ${prompt}, avatarIds: ["${VIDEO.avatarIds[0]}"] });`,
			);
			const ran = await project.pulumi("preview");
			assert.notEqual(ran.code, 0);
			assert.match(
				assertHarmless(ran),
				/AvatarShotsVideo "hero": prompt holds half a character \(\\ud83d at 8\)/,
			);
			assert.doesNotMatch(ran.text, /\n\s+at |unhandled|UTF-8/);
			assert.equal(emulator.control.requests().length, 0);
		});
	}

	it("is nothing that it obeys where inputs are wrong, nor a password that is in them", async () => {
		const { project, emulator } = scene;
		const wrong = {
			...VIDEO,
			[`key${EVIL}`]: 1,
			aspectRatio: EVIL,
			references: [{ file: `none\n${EVIL}` }, { url: `https://me:passw0rd@h/${EVIL}.png` }],
			callbackUrl: "https://me:passw0rd@h/done",
		};
		// One after the other: a run may end with the first resource that is wrong.
		await project.write(`new heygen.Asset("logo", { source: ${JSON.stringify(`none${EVIL}`)} });`);
		assert.match(assertHarmless(await project.pulumi("preview")), /source: there is no file/);
		await project.write(oneVideo(wrong));
		const text = assertHarmless(await project.pulumi("preview"));
		assert.match(text, /references\[1\]\.url: must be a public https URL without a user name or password/);
		assert.doesNotMatch(text + (await project.rawState()), /passw0rd/);
		assert.equal(emulator.control.acceptedRenders(), 0);
	});

	it("is a sentence where Node is too old", async () => {
		const { project } = scene;
		const oldNode =
			"data:text/javascript,Object.defineProperty(process.versions,%22node%22,{value:%2220.20.2%22})";
		project.environment["NODE_OPTIONS"] = `--import ${oldNode}`;
		await project.write(oneVideo(VIDEO));
		const ran = await project.pulumi("preview");
		assert.notEqual(ran.code, 0);
		assert.match(assertHarmless(ran), /pulumi-heygen needs Node 22\.19 or newer; this is Node 20\.20\.2/);
		assert.doesNotMatch(ran.text, /\n\s+at /);
	});
});
