/**
 * Runs in the browser: fetches the page it is on about once a second, and changes what has changed. What is the same
 * stays the same element, so that a video plays on, an opened prompt stays open and the focus stays where it is.
 * Elements of lists are known by their `id`.
 */
export const LIVE = `
"use strict";
{
	const PAUSE_MS = 1000;
	const silence = document.getElementById("silence");
	let last;
	setTimeout(refresh, PAUSE_MS);

	async function refresh() {
		try {
			if (document.hidden) return;
			const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(20000) });
			const text = await answer.text();
			if (text !== last) show(new DOMParser().parseFromString(text, "text/html"));
			last = text;
			silence.hidden = true;
		} catch {
			silence.hidden = false;
		} finally {
			setTimeout(refresh, PAUSE_MS);
		}
	}

	function show(fresh) {
		document.title = fresh.title;
		for (const part of document.querySelectorAll("[data-live]")) {
			const other = fresh.getElementById(part.id);
			if (other) become(part, other);
		}
	}

	function become(old, fresh) {
		for (const { name, value } of fresh.attributes) {
			if (old.getAttribute(name) !== value) old.setAttribute(name, value);
		}
		for (const { name } of [...old.attributes]) {
			if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
		}
		becomeChildren(old, fresh);
	}

	function becomeChildren(old, fresh) {
		const stays = new Set([...fresh.children].map(({ id }) => id).filter(Boolean));
		for (const child of [...old.children]) if (child.id && !stays.has(child.id)) child.remove();
		let at = old.firstChild;
		for (const next of [...fresh.childNodes]) {
			const same = next.id ? [...old.children].find(({ id }) => id === next.id) : alike(at, next) ? at : undefined;
			if (!same) {
				old.insertBefore(document.importNode(next, true), at);
				continue;
			}
			if (same === at) at = at.nextSibling;
			else old.insertBefore(same, at);
			if (same.nodeType === Node.ELEMENT_NODE) become(same, next);
			else if (same.data !== next.data) same.data = next.data;
		}
		while (at) {
			const gone = at;
			at = at.nextSibling;
			gone.remove();
		}
	}

	function alike(old, fresh) {
		return old && !old.id && old.nodeName === fresh.nodeName;
	}
}
`;
