import assert from "node:assert/strict";
import { Unfinished } from "../../../provider/lifecycle.ts";
import { createResourceMemory, type SeenResource } from "../../../provider/rendering/resources.ts";

const urn = (name: string, type = "heygen:AvatarShotsVideo") => `urn:pulumi:dev::shop::${type}::${name}`;
const [HERO, INTRO, HOOK] = [urn("hero"), urn("intro"), urn("hook", "heygen:OtherVideo")];
const seen = (id: string, more: Partial<SeenResource> = {}): SeenResource => ({
	id,
	account: "me",
	replaced: false,
	...more,
});

describe("what a run knows of the stack's resources", () => {
	let memory: ReturnType<typeof createResourceMemory>;
	beforeEach(() => {
		memory = createResourceMemory();
	});
	/** As a check and a diff of the engine tell. */
	const inProgram = (of: string, resource: SeenResource) => {
		memory.remember(of, { prompt: resource.id });
		memory.saw(of, resource);
	};

	it("is the inputs and the state of each, by its name, as they were told last", () => {
		assert.deepEqual([memory.remembered(HERO), memory.seen(HERO)], [undefined, undefined]);
		inProgram(HERO, seen("v1"));
		inProgram(HERO, seen("v2"));
		assert.deepEqual([memory.remembered(HERO), memory.seen(HERO)], [{ prompt: "v2" }, seen("v2")]);
		assert.equal(memory.seen(INTRO), undefined);
	});

	it("forgets the state of one that was created anew, and keeps what it asked for", async () => {
		inProgram(HERO, seen("v1"));
		assert.equal(await memory.creating(HERO, async () => "v2"), "v2");
		assert.deepEqual([memory.seen(HERO), memory.remembered(HERO)], [undefined, { prompt: "v1" }]);
	});

	it("lists those of one type, the asked one first, whichever parents they have", () => {
		const child = urn("child", "my:Component$heygen:AvatarShotsVideo");
		memory.saw(HOOK, seen("e1"));
		memory.saw(INTRO, seen("v2"));
		memory.saw(child, seen("v3"));
		memory.saw(HERO, seen("v1"));
		const ids = (of: string) => memory.seenLike(of).map(({ id }) => id);
		assert.deepEqual(ids(HERO), ["v1", "v2", "v3"]);
		assert.deepEqual(ids(child), ["v3", "v2", "v1"]);
		assert.deepEqual(ids(urn("new")), ["v2", "v3", "v1"]);
		assert.deepEqual(ids(HOOK), ["e1"]);
		assert.deepEqual(ids("no urn"), []);
	});

	it("tells a create that stands in for another one, unless that one is lost", () => {
		assert.ok(!memory.isReplacement(HERO));
		memory.remember(HERO, {});
		assert.ok(memory.isReplacement(HERO));
		memory.saw(INTRO, seen("v2"));
		assert.ok(memory.isReplacement(INTRO));
		memory.saw(HERO, seen("v1", { lost: true }));
		memory.saw(INTRO, seen("v2", { lost: false }));
		assert.deepEqual([HERO, INTRO].map(memory.isReplacement), [false, true]);
	});

	describe("of who holds a video", () => {
		it("is nobody to begin with", () => {
			assert.deepEqual([memory.isLive("v1"), memory.otherHolder("v1", HERO)], [false, undefined]);
		});

		it("is whoever made it in this run", () => {
			memory.keep("v1", HERO);
			assert.ok(memory.isLive("v1"));
			assert.deepEqual([memory.otherHolder("v1", INTRO), memory.otherHolder("v1", HERO)], [HERO, undefined]);
			assert.ok(!memory.isLive("v2"));
		});

		it("is a resource of the program that has it in its state", () => {
			inProgram(HERO, seen("v1"));
			assert.ok(memory.isLive("v1"));
			assert.deepEqual([memory.otherHolder("v1", INTRO), memory.otherHolder("v1", HERO)], [HERO, undefined]);
			assert.deepEqual([memory.isLive("v2"), memory.otherHolder("v2", INTRO)], [false, undefined]);
		});

		it("is not one that is about to be replaced, nor one that only a refresh has seen", () => {
			inProgram(HERO, seen("v1", { replaced: true }));
			memory.saw(INTRO, seen("v2"));
			for (const id of ["v1", "v2"]) {
				assert.deepEqual([memory.isLive(id), memory.otherHolder(id, urn("new"))], [false, undefined]);
			}
		});

		it("is one again whose replacement failed, unless what that one made is in the state", async () => {
			inProgram(HERO, seen("v1", { replaced: true }));
			const ends = (error: Error) =>
				assert.rejects(
					memory.creating(HERO, async () => Promise.reject(error)),
					error,
				);
			await ends(new Unfinished("not finished", { id: "v2", state: {} }));
			assert.ok(!memory.isLive("v1"));
			await ends(new Error("failed"));
			assert.ok(memory.isLive("v1"));
			await memory.creating(INTRO, async () => "v3");
			assert.equal(memory.seen(INTRO), undefined);
		});

		it("is another one also where this one holds it too", () => {
			inProgram(HERO, seen("v1"));
			inProgram(INTRO, seen("v1"));
			assert.deepEqual([memory.otherHolder("v1", HERO), memory.otherHolder("v1", INTRO)], [INTRO, HERO]);
			memory.keep("v1", HERO);
			assert.deepEqual([memory.otherHolder("v1", HERO), memory.otherHolder("v1", INTRO)], [INTRO, HERO]);
		});
	});
});
