/** The most that a JSON body may hold, far above what any request of the API has: values, and levels of nesting. */
const MAX_VALUES = 10_000;
const MAX_LEVELS = 100;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The value of a JSON text. Throws an `Error` that says what is wrong, before a huge value takes up memory. */
export function jsonFrom(bytes: Uint8Array): unknown {
	if (!isWithinLimits(bytes)) {
		throw new RangeError(`The body holds more than ${MAX_VALUES} values, or more than ${MAX_LEVELS} levels`);
	}
	try {
		return JSON.parse(utf8.decode(bytes));
	} catch (error) {
		throw new SyntaxError("The body is not valid JSON", { cause: error });
	}
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Counts commas and brackets outside of strings: each begins a value, whether the text is valid or not. */
function isWithinLimits(bytes: Uint8Array): boolean {
	let values = 0;
	let levels = 0;
	let inString = false;
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at];
		if (byte === QUOTE) inString = !inString;
		else if (inString) {
			if (byte === BACKSLASH) at++;
		} else if (byte === COMMA) values++;
		else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) levels--;
		else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
			values++;
			levels++;
		}
		if (values > MAX_VALUES || levels > MAX_LEVELS) return false;
	}
	return true;
}
