/** Whether nobody on the way can read what goes to a URL: it is https, or plain http on this machine. */
export function isSafe(url: URL): boolean {
	return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
	return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Whether a URL holds a user name or a password, which would be shown and kept wherever the URL is. */
export const holdsCredentials = (url: URL) => url.username !== "" || url.password !== "";
