import { setMaxListeners } from "node:events";
import type { Context, MiddlewareHandler } from "hono";
import { type Env, routeOf } from "./http.ts";
import { act, holdBack } from "./interceptionAction.ts";
import { checkAction } from "./interceptionSchema.ts";
import type { Interception, InterceptionAction, InterceptionHandle } from "./interceptionTypes.ts";

export interface Interceptions {
	readonly middleware: MiddlewareHandler<Env>;
	/** Holds answers back; around everything else, so that nothing but the client waits. */
	readonly holdBack: MiddlewareHandler<Env>;
	/** Where several match, the first one added that is not used up acts. Throws a `TypeError` for a wrong action. */
	add(interception: Interception): InterceptionHandle;
	/** Gives up what is being delayed: it will not be handled, or not be answered. */
	close(): void;
}

export function interceptions(): Interceptions {
	const active = new Set<ActiveInterception>();
	const closing = new AbortController();
	setMaxListeners(0, closing.signal);
	return {
		close: () => closing.abort(),
		add(interception) {
			checkAction(interception.action);
			const added = new ActiveInterception(interception, (which) => active.delete(which));
			active.add(added);
			return added;
		},
		async middleware(c, next) {
			const action = [...active].find((each) => each.takes(c))?.action;
			if (action !== undefined) return act(action, c, next, closing.signal);
			await next();
			return undefined;
		},
		async holdBack(c, next) {
			await next();
			await holdBack(c, closing.signal);
		},
	};
}

class ActiveInterception implements InterceptionHandle {
	readonly #wanted: Interception;
	readonly #remove: (which: ActiveInterception) => void;
	#seen = 0;
	#hits = 0;

	constructor(wanted: Interception, remove: (which: ActiveInterception) => void) {
		this.#wanted = wanted;
		this.#remove = remove;
	}

	get hits(): number {
		return this.#hits;
	}

	get action(): InterceptionAction {
		return this.#wanted.action;
	}

	/** Counts the request and tells whether this interception acts on it. */
	takes(c: Context<Env>): boolean {
		if (!matches(this.#wanted, c)) return false;
		const { times = 1, after = 0 } = this.#wanted;
		if (this.#hits >= times || this.#seen++ < after) return false;
		this.#hits++;
		return true;
	}

	remove(): void {
		this.#remove(this);
	}
}

function matches({ method, route, path }: Interception, c: Context<Env>): boolean {
	if (method !== undefined && method.toUpperCase() !== c.req.method) return false;
	if (!fits(route, routeOf(c) ?? "", routeOf(c) ?? "")) return false;
	const { pathname, search } = new URL(c.req.url);
	return fits(path, pathname, pathname + search);
}

function fits(wanted: string | RegExp | undefined, exact: string, whole: string): boolean {
	if (wanted === undefined) return true;
	return typeof wanted === "string" ? wanted === exact : whole.search(wanted) >= 0;
}
