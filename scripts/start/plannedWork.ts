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

/** Reads the output of `pulumi preview --json`, where a replacement may be one step or several; it counts once. */
export function plannedWork(json: string): PlannedWork {
	const { steps = [] } = JSON.parse(json) as Preview;
	const made = steps.filter(({ op }) => ["create", "create-replacement", "replace"].includes(op));
	return {
		renders: new Set(made.flatMap(({ urn }) => (typeOf(urn).endsWith(VIDEO_TYPE) ? [urn] : []))).size,
		anything: steps.some(({ op }) => op !== "same" && op !== "read"),
	};
}

/** The type token in `urn:pulumi:<stack>::<project>::<parent types$type>::<name>`. */
function typeOf(urn: string): string {
	return urn.split("::")[2] ?? "";
}
