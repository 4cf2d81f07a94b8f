import type { Resource, Stack } from "../../gallery/stack.ts";
import type { CallOptions } from "../../heygen/calls.ts";
import type { HeyGenClient } from "../../heygen/client.ts";
import { isNotFound } from "../../heygen/errors.ts";
import { typeToken } from "../../provider/host/contract.ts";
import { type Check, ok, problem, skipped, warning } from "./check.ts";

/** How many things of an account are looked at before it counts as another one, as the provider does. */
const MOST_LOOKS = 5;

/** How what an account holds is looked at; what is not there is undefined or a 404. */
const LOOKS: Readonly<
	Record<string, (heygen: HeyGenClient, id: string, how: CallOptions) => Promise<unknown>>
> = {
	[typeToken("AvatarShotsVideo")]: (heygen, id, how) => heygen.getVideo(id, how),
	[typeToken("Asset")]: (heygen, id, how) => heygen.getAsset(id, how),
	[typeToken("WebhookEndpoint")]: (heygen, id, how) => heygen.findWebhookEndpoint(id, how),
};

interface Held {
	readonly id: string;
	readonly look: (typeof LOOKS)[string];
}

/** Whether the key is of the account that holds what the stack has: to another one all of it looks deleted. */
export async function accountCheck(
	{ resources }: Stack,
	username: string,
	heygen: HeyGenClient,
	how: CallOptions,
): Promise<Check> {
	const byAccount = heldBy(resources);
	if (byAccount.size === 0) return skipped("account", "The stack's account: its state names none yet.");
	const unseen: string[] = [];
	for (const [account, held] of byAccount) {
		if (account === username) continue;
		try {
			if (!(await seesOneOf(held, heygen, how))) unseen.push(`"${account}"`);
		} catch (error) {
			const text = `Whether this key sees what the stack holds of "${account}" is not known: ${messageOf(error)}`;
			return warning("account", text, "Run this again before you run `pulumi refresh`, `up` or `destroy`.");
		}
	}
	if (unseen.length > 0) {
		const text =
			`The stack holds things of the HeyGen account ${unseen.join(" and ")}, but the key is of "${username}", which ` +
			"does not see them.";
		const mend =
			"Set the right account's key: `pulumi config set --secret heygen:apiKey`, or HEYGEN_API_KEY. To this account " +
			"everything there looks deleted, and a new video would be paid here.";
		return problem("account", text, mend);
	}
	const shared = byAccount.has(username) && byAccount.size === 1 ? "" : ", or shares its workspace";
	return ok("account", `The key is of the account that holds what the stack has${shared}.`);
}

function heldBy(resources: readonly Resource[]): Map<string, Held[]> {
	const byAccount = new Map<string, Held[]>();
	for (const { type, id, outputs } of resources) {
		const look = LOOKS[type];
		const { account } = outputs;
		if (look === undefined || id === undefined || typeof account !== "string" || account === "") continue;
		byAccount.set(account, [...(byAccount.get(account) ?? []), { id, look }]);
	}
	return byAccount;
}

/** Anything that is seen vouches for the rest, which may have been deleted at HeyGen. */
async function seesOneOf(held: readonly Held[], heygen: HeyGenClient, how: CallOptions): Promise<boolean> {
	for (const { id, look } of held.slice(0, MOST_LOOKS)) {
		try {
			if ((await look(heygen, id, how)) !== undefined) return true;
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	}
	return false;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
