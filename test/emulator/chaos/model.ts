/** How far something got: a change that was tried and not acknowledged may have happened or not. */
export type Progress = "none" | "tried" | "done";

/** What all things have in common. */
export interface Thing {
	/** Its `Idempotency-Key`. */
	readonly key: string;
	/** The round that it was last touched in. */
	round: number;
	/** Known once an answer came. */
	id: string | undefined;
	deletion: Progress;
}

export interface Video extends Thing {
	/** Hash of each file that was downloaded, by the file's name. */
	readonly files: Map<string, string>;
}

export interface Upload extends Thing {
	readonly bytes: Buffer<ArrayBuffer>;
	readonly sha256: string;
}

/** A direct upload, whose bytes may be sent anew until it is completed. */
export interface DirectUpload extends Thing {
	link: string | undefined;
	headers: Readonly<Record<string, string>>;
	/** Hashes of the bytes that may be there; one alone when it was acknowledged and no other was sent since. */
	possible: (string | null)[];
	completion: Progress;
	/** One step at a time. */
	busy: boolean;
}

export interface Endpoint extends Thing {
	/** What its URL may be; one alone when it was acknowledged and no other was sent since. */
	possible: string[];
	busy: boolean;
}

/** All that a campaign has asked for, and what it was told. */
export interface Model {
	readonly videos: Video[];
	readonly uploads: Upload[];
	readonly directUploads: DirectUpload[];
	readonly endpoints: Endpoint[];
	/** The video that each delivered event told of. */
	readonly events: Map<string, string>;
	round: number;
}

export function emptyModel(): Model {
	return { videos: [], uploads: [], directUploads: [], endpoints: [], events: new Map(), round: 0 };
}

/** Those that certainly are there. */
export const isThere = ({ id, deletion }: Thing) => id !== undefined && deletion === "none";
