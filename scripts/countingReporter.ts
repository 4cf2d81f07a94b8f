import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/**
 * Mocha's spec reporter that also writes to the file named by the reporter option `counts`: how many tests passed and
 * failed, as JSON, and below it a line for each that failed, its titles and the first line of its error.
 * `mocha --reporter scripts/countingReporter.ts --reporter-option counts=<file>`. A hook that fails counts as a failure.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
	constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
		super(runner, options);
		const { counts } = options.reporterOptions as { counts: string };
		runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
			const { passes: passed, failures: failed } = this.stats;
			writeFileSync(counts, [JSON.stringify({ passed, failed }), ...this.failures.map(told), ""].join("\n"));
		});
	}
}

function told(test: Mocha.Test): string {
	return `${test.fullTitle()}: ${test.err?.message?.split("\n", 1)[0] ?? "no error told"}`;
}
