import type { HeyGenClient } from "../heygen/client.ts";
import type { Clock } from "../heygen/clock.ts";
import type { Renders } from "./rendering/renders.ts";
import type { Settings } from "./settings.ts";
import type { Uploads } from "./uploads/uploads.ts";

/** Stands for a value, at any depth of a resource's inputs, that a preview cannot know yet. */
export const unknown: unique symbol = Symbol("not known until the update");

/** A file that a program hands over as one of the engine's assets. `sha256` is the engine's, over the file's bytes. */
export class GivenFile {
	readonly sha256: string;
	/** Where its bytes are; none of them where the engine leaves the bytes out, as for a diff. */
	readonly source: { path: string } | { uri: string } | { text: string } | undefined;

	constructor(sha256: string, source: GivenFile["source"]) {
		this.sha256 = sha256;
		this.source = source;
	}
}

export type Values = Readonly<Record<string, unknown>>;

/** What is wrong with one input: shown to the user beside the resource, by property path. */
export interface Problem {
	/** A path such as `references[1].url`. */
	property: string;
	/** What is allowed and what was given. */
	reason: string;
}

export interface Checked {
	/** The inputs with defaults filled in; compared with the state and handed to create and update. */
	inputs: Values;
	problems: Problem[];
}

export interface Difference {
	/** Whether anything has to be done. */
	changed: boolean;
	/** The properties that call for a new resource in place of the old one; empty for a change in place. */
	replaces: string[];
}

export interface Saved<State> {
	id: string;
	state: State;
}

/** What a lifecycle may know of the outside. */
export interface Context {
	/** The resource's name in its stack. */
	urn: string;
	settings: Settings;
	/** Throws an error that says how to set the key when there is none. */
	heygen(): HeyGenClient;
	/** What all videos of this run share. */
	renders: Renders;
	/** What all uploads of this run share. */
	uploads: Uploads;
	clock: Clock;
	/** Aborted when the run is cancelled, where the host can tell. */
	signal: AbortSignal;
	/** Shows a passing state on the resource's line. Never fails. */
	report(text: string): void;
	/** Tells the user something that stays readable after the run. Never fails. */
	note(text: string): void;
	/** Tells the user what may be a mistake and is no reason to stop. Never fails; the same text is told once. */
	warn(text: string): void;
}

/**
 * What every resource implements, whatever host drives it. `check` and `diff` are quick: they may look at files of
 * the project, but send no request and change nothing. The others throw errors whose message is written for the user, or `Unfinished`.
 */
export interface Lifecycle<State extends object> {
	/** The outputs that are secret in every case, whatever a program says of them. */
	secrets?: readonly string[];
	/** `olds` are the inputs of the last update; undefined for a resource that is new or about to be replaced. */
	check(news: Values, olds: Values | undefined, context: Context): Checked | Promise<Checked>;
	diff(id: string, state: Values, inputs: Values, context: Context): Difference | Promise<Difference>;
	create(inputs: Values, context: Context): Promise<Saved<State>>;
	/** The resource as it is now; undefined when it is gone. `state` is empty when only the id is known. */
	read(id: string, state: Values, context: Context): Promise<Saved<State> | undefined>;
	update(id: string, state: Values, inputs: Values, context: Context): Promise<State>;
	delete(id: string, state: Values, context: Context): Promise<void>;
}

/** Why many resources of a run may fail at once, such as a revoked key: one of them tells it in full, the others in brief. */
export interface SharedReason {
	/** The same for the same reason. */
	kind: string;
	/** What is left to say of another resource; a host adds whose error tells the rest. */
	brief: string;
}

/** A failure whose reason may be that of other resources too. */
export class Shared extends Error {
	readonly shared: SharedReason | undefined;

	constructor(message: string, shared: SharedReason | undefined) {
		super(message);
		this.name = "Shared";
		this.shared = shared;
	}
}

/** The resource exists and must not be forgotten, but is not as it should be yet; the next update goes on from `state`. */
export class Unfinished<State extends object> extends Shared {
	readonly saved: Saved<State>;

	constructor(message: string, saved: Saved<State>, shared?: SharedReason) {
		super(message, shared);
		this.name = "Unfinished";
		this.saved = saved;
	}
}

/** Whether a value is, or somewhere holds, one that a preview cannot know yet. */
export function holdsUnknown(value: unknown): boolean {
	if (value === unknown) return true;
	if (Array.isArray(value)) return value.some(holdsUnknown);
	return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}
