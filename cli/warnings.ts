/**
 * Keeps one warning of Node from the terminal: that `node:sqlite` is experimental, which Node 22 prints and which
 * the user can do nothing about. All other warnings stay. To be called before the module is loaded.
 */
export function hideSqliteWarning(): void {
	const emit = process.emitWarning.bind(process);
	process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
		if (/\bSQLite is an experimental feature/.test(String(warning))) return;
		Reflect.apply(emit, process, [warning, ...rest]);
	};
}
