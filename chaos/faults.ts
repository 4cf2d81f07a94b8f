import type { Interception, InterceptionAction } from "../emulator/index.ts";
import type { Place } from "./places.ts";

/** The processes of a run of the engine. */
export type Part = "cli" | "provider" | "language host";

/** What goes wrong at a place. */
export type Fault = { name: string; only?(place: Place): boolean } & (
	| {
			kind: "signals";
			part: Part;
			signals: readonly NodeJS.Signals[];
	  }
	| {
			kind: "answers";
			action: InterceptionAction;
			/** How many requests meet it; all until the run has ended where it is left out. */
			times?: number;
	  }
	| { kind: "restart" | "full disk" }
	| { kind: "clock"; hours: number }
) & {
		/** Hours that pass at HeyGen before the next run. */
		hoursLater?: number;
	};

const kill = (part: Part, more: Partial<Fault> = {}): Fault => ({
	...more,
	name: `kill -9 of the ${part === "cli" ? "CLI" : part === "provider" ? "provider process" : part}`,
	kind: "signals",
	part,
	signals: ["SIGKILL"],
});

const cli = (name: string, ...signals: NodeJS.Signals[]): Fault => ({
	name,
	kind: "signals",
	part: "cli",
	signals,
});

const beforeHandled = ({ handled, request }: Place) => !handled || request.method !== "POST";
const afterHandled = ({ handled, request }: Place) => handled || request.method !== "POST";

const answers = (name: string, action: InterceptionAction, times = 2): Fault => ({
	name,
	kind: "answers",
	action,
	times,
	only: beforeHandled,
});

const later = (fault: Fault): Fault => ({
	...fault,
	name: `${fault.name}, next run 26 h later`,
	hoursLater: 26,
});

const HTML = "<!doctype html><title>Bad gateway</title><h1>502</h1>";
const SLOW_DOWN = { status: 429, code: "rate_limit_exceeded", headers: { "retry-after": "1" } };

export const KILLS: readonly Fault[] = [kill("cli"), kill("provider")];

export const TWO_SIGINT = cli("two SIGINT", "SIGINT", "SIGINT");

/** `kill -9` and its kin. */
export const PROCESS_FAULTS: readonly Fault[] = [
	...KILLS,
	kill("language host"),
	cli("one SIGINT", "SIGINT"),
	TWO_SIGINT,
	cli("SIGTERM", "SIGTERM"),
];

export const LOST_ANSWERS: Fault = { ...answers("the answer is lost", "lose-answer"), only: afterHandled };

export const SERVICE_GONE: Fault = {
	name: "503 until the run has ended",
	kind: "answers",
	action: { status: 503 },
	only: beforeHandled,
};

/** What the service, or something on the way to it, may answer. */
export const ANSWER_FAULTS: readonly Fault[] = [
	answers("the connection is reset", "reset"),
	LOST_ANSWERS,
	{ ...answers("the answer's JSON is cut", "truncate"), only: afterHandled },
	answers("409 request_in_progress", { status: 409, code: "request_in_progress" }),
	answers("429 three times", SLOW_DOWN, 3),
	answers("500", { status: 500 }),
	answers("502 with HTML", { status: 502, html: HTML }),
	answers("503", { status: 503 }),
	answers("504", { status: 504 }),
	answers("200 with HTML", { status: 200, html: HTML }),
	SERVICE_GONE,
];

/** What happens to the machines. */
export const MACHINE_FAULTS: readonly Fault[] = [
	{ name: "the service is restarted", kind: "restart" },
	{ name: "the disk is full", kind: "full disk" },
	{ name: "the service's clock jumps by an hour", kind: "clock", hours: 1 },
];

/** What is interrupted and taken up again when HeyGen has forgotten the keys. */
export const LATE_FAULTS: readonly Fault[] = [
	...KILLS.map(later),
	later(TWO_SIGINT),
	later({
		name: "the answer is lost every time",
		kind: "answers",
		action: "lose-answer",
		only: afterHandled,
	}),
];

/** Those that take minutes each, for few cells. */
export const SLOW_FAULTS: readonly Fault[] = [
	answers("429 for two minutes", SLOW_DOWN, 80),
	{
		name: "an answer after the time limit",
		kind: "answers",
		action: { answerAfterSeconds: 125 },
		times: 1,
		only: afterHandled,
	},
];

/** What an interception does with the requests at a place while a fault comes about. */
export function holdOf({ request, handled, holdSeconds }: Place): Interception {
	const action = handled ? { answerAfterSeconds: holdSeconds } : { delaySeconds: holdSeconds };
	return { ...request, action };
}
