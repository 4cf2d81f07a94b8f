import assert from "node:assert/strict";
import type { Interception } from "../../../emulator/index.ts";
import type { Ran } from "./project.ts";
import type { Scenario } from "./scenario.ts";

/** Two accounts; the stack is the first one's. */
export const ACCOUNTS = [
	{ apiKey: "emulator-key", username: "marketing" },
	{ apiKey: "other-key", username: "sales" },
];

/** What can befall an account in the middle of a run. */
export interface Trouble {
	/** Begins it, from the next request on; the returned function mends it. */
	strike(scene: Scenario): () => void;
	/** What the error of each resource that it hits says. */
	says: RegExp;
	/** What the user is told to do about it, once a run. */
	advice: RegExp;
}

/** One answer to all requests from now on, or to those that `which` names. */
const answering =
	(action: Interception["action"], which: Omit<Interception, "action"> = {}) =>
	({ emulator }: Scenario) => {
		const handle = emulator.control.intercept({ ...which, times: Number.POSITIVE_INFINITY, action });
		return () => handle.remove();
	};

export const REVOKED_KEY: Trouble = {
	strike: ({ emulator, project }) => {
		emulator.control.revokeKey("emulator-key");
		return () => {
			emulator.control.giveKey("new-key", "marketing");
			project.environment["HEYGEN_API_KEY"] = "new-key";
		};
	},
	says: /401 unauthorized/,
	advice: /Check the API key/,
};

export const CHANGED_KEY: Trouble = {
	strike: ({ emulator }) => {
		emulator.control.giveKey("emulator-key", "sales");
		return () => emulator.control.giveKey("emulator-key", "marketing");
	},
	says: /the API key (was|is) of/,
	advice: /Set the right account's key/,
};

export const OTHER_KEY: Trouble = {
	strike: ({ project }) => {
		project.environment["HEYGEN_API_KEY"] = "other-key";
		return () => {
			project.environment["HEYGEN_API_KEY"] = "emulator-key";
		};
	},
	says: /belongs to (the HeyGen account )?"marketing", (but|and) the API key is of "sales"/,
	advice: /Set the right account's key/,
};

export const GATEWAY: Trouble = {
	strike: answering({ status: 401, html: "<h1>Sign in to the proxy</h1>" }),
	says: /(HTTP|answered) 401/,
	advice: /likely that of a proxy or gateway/,
};

export const EMPTY_WALLET: Trouble = {
	strike: ({ emulator }) => {
		emulator.control.setBalance("marketing", 6.99);
		return () => emulator.control.setBalance("marketing", 100);
	},
	says: /402 insufficient_credit/,
	advice: /Top up the API wallet/,
};

export const UNPAID_ACCOUNT: Trouble = {
	strike: answering({ status: 402, code: "insufficient_credit" }),
	says: /402 insufficient_credit/,
	advice: /Top up the API wallet/,
};

export const LOST_ACCESS: Trouble = {
	strike: answering({ status: 403, code: "forbidden" }),
	says: /403 forbidden/,
	advice: /The key is valid but may not do this/,
};

export const USED_UP_QUOTA: Trouble = {
	strike: answering({ status: 429, code: "quota_exceeded" }),
	says: /429 quota_exceeded/,
	advice: /The account's quota is used up/,
};

/** Of renders alone. */
export const USED_UP_RENDERS: Trouble = {
	...USED_UP_QUOTA,
	strike: answering({ status: 429, code: "quota_exceeded" }, { method: "POST", route: "/v3/videos" }),
};

/** Refuses what concerns one video, and nothing else. */
export const lostAccessTo = (videoId: string): Trouble => ({
	strike: answering({ status: 403, code: "resource_access_denied" }, { path: new RegExp(videoId) }),
	says: new RegExp(`${videoId}.*403 resource_access_denied`),
	advice: /The key's account has no access to this/,
});

/** The errors that the CLI tells at the end of a run, by the resource's name. */
function errorsOf(text: string): Map<string, string> {
	const [, diagnostics = ""] = text.split("Diagnostics:\n");
	const blocks = diagnostics.split(/\n(?= {2}pulumi)/).map((block) => {
		const [, name = "", told = ""] = /heygen:\w+ \((.+)\):\n([\s\S]*?)(?:\n\n|$)/.exec(block) ?? [];
		return [name, told] as const;
	});
	return new Map(blocks.filter(([, told]) => told.includes("error:")));
}

/**
 * Holds a run against what it must tell of a trouble: it stops, each error names what it is about, one of them says what
 * to do, and no key is shown. Returns the errors by the resource's name.
 */
export function assertTold({ code, text }: Ran, { says, advice }: Trouble): Map<string, string> {
	assert.notEqual(code, 0, text);
	assert.doesNotMatch(text, /emulator-key|other-key|new-key/);
	const errors = errorsOf(text);
	assert.ok(errors.size > 0, text);
	for (const told of errors.values()) {
		assert.match(told, says);
		assert.doesNotMatch(told, /\n\s+at /, "a stack trace");
	}
	const full = [...errors].filter(([, told]) => advice.test(told)).map(([name]) => name);
	assert.equal(full.length, 1, `told in full by ${full.join(", ")}:\n${text}`);
	for (const [name, told] of errors) {
		if (name !== full[0]) assert.match(told, new RegExp(`, see the error of ${full[0]}( \\(\\w+\\))?\\.`));
	}
	return errors;
}
