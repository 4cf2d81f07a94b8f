/** Throws a `TypeError` that names the limit which is no number, or out of its range. */
export function checkLimits(limits: {
	maxAgeSeconds?: number | undefined;
	maxBodyBytes?: number | undefined;
}): void {
	const { maxAgeSeconds = 0, maxBodyBytes = 1 } = limits;
	if (typeof maxAgeSeconds !== "number" || !(maxAgeSeconds >= 0)) {
		throw new TypeError("`maxAgeSeconds` must be a number of seconds from 0 on, or Infinity for no limit.");
	}
	if (typeof maxBodyBytes !== "number" || !(maxBodyBytes >= 1)) {
		throw new TypeError("`maxBodyBytes` must be a number of bytes from 1 on.");
	}
}
