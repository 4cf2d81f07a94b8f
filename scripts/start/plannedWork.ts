const VIDEO_TYPE = "heygen:AvatarShotsVideo";

/** What a preview says that an `up` would do. */
export interface PlannedWork {
	/** How many videos would be rendered, and so paid. */
	renders: number;
	/** Whether anything at all would change. */
	anything: boolean;
}

interface Preview {
	steps?: { op: string; urn: string }[];
}

/** Reads the output of `pulumi preview --json`. A replacement has one step that creates, so it counts once. */
export function plannedWork(json: string): PlannedWork {
	const { steps = [] } = JSON.parse(json) as Preview;
	const creates = steps.filter(({ op }) => op === "create" || op === "create-replacement");
	return {
		renders: creates.filter(({ urn }) => typeOf(urn).endsWith(VIDEO_TYPE)).length,
		anything: steps.some(({ op }) => op !== "same" && op !== "read"),
	};
}

/** The type token in `urn:pulumi:<stack>::<project>::<parent types$type>::<name>`. */
function typeOf(urn: string): string {
	return urn.split("::")[2] ?? "";
}
