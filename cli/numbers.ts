import { InvalidArgumentError } from "commander";

/** A flag's whole number, 0 or more. */
export const wholeNumber = (text: string): number =>
	numberOf(text, /^\d{1,9}$/, "It must be a whole number, 0 or more.");

/** A flag's whole number, 1 or more. */
export const atLeastOne = (text: string): number =>
	numberOf(text, /^0*[1-9]\d{0,8}$/, "It must be a whole number from 1 on.");

/** A flag's number, 0 or more, such as seconds or US dollars. */
export const amount = (text: string): number =>
	numberOf(text, /^(\d{1,9}(\.\d+)?|\.\d+)$/, "It must be a number, 0 or more, such as 100 or 99.50.");

/** A flag's port. */
export function portNumber(text: string): number {
	const port = wholeNumber(text);
	if (port > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
	return port;
}

function numberOf(text: string, form: RegExp, fault: string): number {
	if (!form.test(text)) throw new InvalidArgumentError(fault);
	return Number(text);
}
