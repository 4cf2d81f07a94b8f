import type { Emulator, Interception } from "../emulator/index.ts";
import type { Change } from "./changes.ts";

/** A point in the way of a video, told by the request that is sent there. */
export interface Place {
	name: string;
	/** The requests that are sent there. */
	request: Pick<Interception, "method" | "route">;
	/** Whether HeyGen has done what the request asks for when a process is ended there. */
	handled: boolean;
	/** Seconds that the request, or its answer, is held up while a process is ended. */
	holdSeconds: number;
	/** Requests before this are let through: `paid` are the renders of earlier runs. */
	since?(emulator: Emulator, paid: number): boolean;
	/** Whether a change comes here; every one does where it is left out. */
	isOn?(change: Change): boolean;
}

const submits = ({ renders, refused }: Change) => renders > 0 && refused !== true;
/** Where another one fails, the engine leaves what is to be deleted to the next run. */
const replaces = (change: Change) =>
	submits(change) && change.stage === "rendered" && change.name !== "--continue-on-error";

export const PLACES = {
	start: {
		name: "before the submit leaves",
		request: { method: "GET", route: "/v3/users/me" },
		handled: false,
		holdSeconds: 1.5,
		isOn: submits,
	},
	look: {
		name: "as it looks for what was paid before",
		request: { method: "GET", route: "/v3/videos" },
		handled: false,
		holdSeconds: 1.5,
		isOn: submits,
	},
	submit: {
		name: "as the submit arrives",
		request: { method: "POST", route: "/v3/videos" },
		handled: false,
		holdSeconds: 1.5,
		isOn: submits,
	},
	accepted: {
		name: "accepted, before the answer arrives",
		request: { method: "POST", route: "/v3/videos" },
		handled: true,
		holdSeconds: 1.5,
		isOn: submits,
	},
	answered: {
		name: "after the answer, before the state",
		request: { method: "GET", route: "/v3/videos/{id}" },
		handled: false,
		holdSeconds: 1.5,
		since: ({ control }, paid) => control.acceptedRenders() > paid,
		isOn: submits,
	},
	waiting: {
		name: "while waiting",
		request: { method: "GET", route: "/v3/videos/statuses" },
		handled: false,
		holdSeconds: 1.5,
		isOn: submits,
	},
	completion: {
		name: "at completion",
		request: { method: "GET", route: "/v3/videos/{id}" },
		handled: true,
		holdSeconds: 0.02,
		since: ({ control }, paid) =>
			control.acceptedRenders() > paid && control.videos().at(-1)?.status === "completed",
		isOn: submits,
	},
	download: {
		name: "while the file downloads",
		request: { method: "GET", route: "/files/{id}/{name}" },
		handled: false,
		holdSeconds: 1,
		isOn: submits,
	},
	deletion: {
		name: "while the old video is deleted",
		request: { method: "DELETE", route: "/v3/videos/{id}" },
		handled: true,
		holdSeconds: 1.5,
		isOn: (change) => replaces(change) || ["destroy", "a video taken out"].includes(change.name),
	},
} satisfies Record<string, Place>;
