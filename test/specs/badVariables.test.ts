import assert from "node:assert/strict";
import { perTest, VIDEO } from "./support.ts";

describe("variables of specs that are wrong", () => {
	const test = perTest();

	it("variables that are not defined, not used, not named or not filled in", async () => {
		const text = (prompt: string, rest: string) => `prompt: "${prompt}"\navatarIds: [look1]\n${rest}\n`;
		assert.deepEqual(await test.toldOf(text("In {{ctiy}}, {{x y}} and {{ city.", "vars: { city: Oslo }")), [
			"a.video.yaml:1:1  prompt: holds {{ or }} that belongs to no {{variable}}. The variable {{ctiy}} is not defined; did you mean {{city}}? {{x y}} is no variable: a name is a letter, then letters, digits, _ and -.",
			"a.video.yaml:3:9  vars.city: is used in none of prompt, promptSuffix, title and download.",
		]);
		assert.deepEqual(await test.toldOf(text("{{zzzzzzz}}", "vars: { city: Oslo }\ntitle: '{{city}}'")), [
			"a.video.yaml:1:1  prompt: the variable {{zzzzzzz}} is not defined; there are city, name.",
		]);
		assert.deepEqual(
			await test.toldOf(text("A {{b}} {{c}}", "vars: { b: '{{c}}', name: x, duration: 5, c: 1 }")),
			[
				"a.video.yaml:1:1  prompt: the variable {{b}} is not defined; did you mean {{c}}?",
				"a.video.yaml:3:9  vars.b: holds {{, and variables are not filled in within variables.",
				"a.video.yaml:3:21  vars.name: is a word of specs; name the variable otherwise.",
				"a.video.yaml:3:30  vars.duration: is a word of specs; name the variable otherwise.",
			],
		);
		assert.deepEqual(await test.toldOf(text("A", "matrix: { aspectRatios: [16:9] }")), [
			"a.video.yaml:3:11  matrix.aspectRatios: is used in none of prompt, promptSuffix, title and download; did you mean aspectRatio?",
		]);
	});

	it("an inherited list that is not used, while inherited variables may go unused", async () => {
		await test.write({
			"house.yaml": "vars: { film: 35 mm }\nmatrix: { city: [Oslo, Rome] }\n",
			"a.video.yaml": `${VIDEO}extends: house.yaml\n`,
		});
		assert.deepEqual(test.told("a.video.yaml"), [
			"house.yaml:2:11  matrix.city: is used in none of prompt, promptSuffix, title and download.",
		]);
	});

	it("variables where none is filled in, which would be sent as they are written", async () => {
		const text = `prompt: In {{city}}.
avatarIds: ["{{look}}"]
vars: { city: Oslo }
callbackUrl: https://hooks.example.net/{{city}}
references: [{ file: "{{city}}.png" }, { url: "https://example.net/{{ city }}.png" }]
wait: { timeout: "{{city}}" }
matrix: { callbackId: ["{{name}}"] }
`;
		const only = "holds {{, and variables are filled in only in prompt, promptSuffix, title and download.";
		assert.deepEqual(await test.toldOf(text), [
			`a.video.yaml:2:13  avatarIds[0]: ${only}`,
			`a.video.yaml:4:1  callbackUrl: ${only}`,
			`a.video.yaml:5:16  references[0].file: ${only}`,
			`a.video.yaml:5:42  references[1].url: ${only}`,
			'a.video.yaml:6:9  wait.timeout: must be a duration from 1s to 24h such as 90s, 60m or 1h30m; got "{{city}}".',
			`a.video.yaml:7:24  matrix.callbackId[0]: ${only}`,
		]);
		assert.deepEqual(await test.toldOf('prompt: A\nlooks: ["{{who}}"]\nvars: { who: x }'), [
			`a.video.yaml:2:9  looks[0]: ${only}`,
			"a.video.yaml:3:9  vars.who: is used in none of prompt, promptSuffix, title and download.",
		]);
		const json = `callbackId: '{"order":{"id":7}}'\n`;
		assert.equal((await test.videosOf(`${VIDEO}${json}`))[0]?.inputs["callbackId"], '{"order":{"id":7}}');
	});
});
