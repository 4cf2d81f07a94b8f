import assert from "node:assert/strict";
import { plannedWork } from "../../scripts/start/plannedWork.ts";

const urn = (type: string, name: string) => `urn:pulumi:heygen::project::${type}::${name}`;
const video = urn("pulumi-nodejs:dynamic/heygen:AvatarShotsVideo", "hero");
const stack = urn("pulumi:pulumi:Stack", "project-heygen");
const preview = (...steps: { op: string; urn: string }[]) => JSON.stringify({ config: {}, steps });

describe("what a preview says that an `up` would do", () => {
	it("counts a first render", () => {
		const work = plannedWork(preview({ op: "create", urn: stack }, { op: "create", urn: video }));
		assert.deepEqual(work, { renders: 1, anything: true });
	});

	it("counts a replacement that is told in one step", () => {
		const work = plannedWork(preview({ op: "same", urn: stack }, { op: "replace", urn: video }));
		assert.deepEqual(work, { renders: 1, anything: true });
	});

	it("counts a replacement once", () => {
		const ops = ["create-replacement", "replace", "delete-replaced"];
		const work = plannedWork(preview({ op: "same", urn: stack }, ...ops.map((op) => ({ op, urn: video }))));
		assert.deepEqual(work, { renders: 1, anything: true });
	});

	it("counts a video inside a component", () => {
		const inside = urn("heygen:VideoSet$pulumi-nodejs:dynamic/heygen:AvatarShotsVideo", "hero");
		assert.equal(plannedWork(preview({ op: "create", urn: inside })).renders, 1);
	});

	it("does not count updates and deletions as renders", () => {
		const work = plannedWork(preview({ op: "update", urn: video }, { op: "delete", urn: video }));
		assert.deepEqual(work, { renders: 0, anything: true });
	});

	it("sees when there is nothing to do", () => {
		const work = plannedWork(preview({ op: "same", urn: stack }, { op: "same", urn: video }));
		assert.deepEqual(work, { renders: 0, anything: false });
		assert.deepEqual(plannedWork("{}"), { renders: 0, anything: false });
	});
});
