import type { Outcome } from "./run.ts";

export interface Figures {
	cells: number;
	paidMore: number;
	lost: number;
	secrets: number;
	problems: number;
	human: number;
	skipped: number;
}

const sum = (outcomes: readonly Outcome[], count: (outcome: Outcome) => number) =>
	outcomes.reduce((all, outcome) => all + count(outcome), 0);

export function figuresOf(outcomes: readonly Outcome[]): Figures {
	return {
		cells: outcomes.filter(({ skipped }) => skipped === undefined).length,
		paidMore: sum(outcomes, ({ paidMore }) => paidMore),
		lost: sum(outcomes, ({ lost }) => lost),
		secrets: sum(outcomes, ({ secrets }) => secrets.length),
		problems: outcomes.filter(({ problems }) => problems.length > 0).length,
		human: outcomes.filter(({ human }) => human.length > 0).length,
		skipped: outcomes.filter(({ skipped }) => skipped !== undefined).length,
	};
}

/** Whether all is as it must be. */
export const isClean = ({ paidMore, lost, secrets, problems }: Figures) =>
	paidMore + lost + secrets + problems === 0;

/** The table of a campaign by place, or by change, in Markdown. */
export function tableOf(outcomes: readonly Outcome[], by: "place" | "change" | "fault"): string {
	const groups = Map.groupBy(outcomes, ({ cell }) => {
		if (by === "change") return cell.change.name;
		if (by === "fault") return cell.fault?.name ?? "no fault";
		return cell.preview ? "in a preview" : (cell.place?.name ?? "no fault");
	});
	const lines = [...groups].map(([name, group]) => lineOf(name, figuresOf(group)));
	const head = [
		`| ${by} | cells | paid more than wanted | paid and lost | secrets found | other faults found | runs that needed a human |`,
		"|---|---:|---:|---:|---:|---:|---:|",
	];
	return [...head, ...lines, lineOf("**all**", figuresOf(outcomes))].join("\n");
}

const lineOf = (name: string, { cells, paidMore, lost, secrets, problems, human }: Figures) =>
	`| ${name} | ${cells} | ${paidMore} | ${lost} | ${secrets} | ${problems} | ${human} |`;

/** What is wrong with a cell, for a reader; undefined when nothing is. */
export function troubleOf({ paidMore, lost, secrets, problems }: Outcome): string | undefined {
	const parts = [
		...(paidMore > 0 ? [`${paidMore} renders paid more than wanted`] : []),
		...(lost > 0 ? [`${lost} paid renders lost`] : []),
		...secrets,
		...problems,
	];
	return parts.length === 0 ? undefined : parts.join("; ");
}
