import * as pulumi from "@pulumi/pulumi";
import { getAvatarLook } from "./functions/getAvatarLook.ts";

/** The video of a spec that names looks, and where the spec does. */
export interface NamesLooks {
	name: string;
	/** File, line and column, as far as there are some. */
	looksAt?: string;
}

/** The id of a look that a spec names. Throws a `pulumi.RunError` that says which spec and which video ask for it. */
export async function lookIdOf(look: string, { name, looksAt }: NamesLooks): Promise<string> {
	try {
		return (await getAvatarLook({ name: look })).id;
	} catch (error) {
		if (!pulumi.RunError.isInstance(error)) throw error;
		const reason = error.message.replace(/^getAvatarLook: /, "");
		const told = new pulumi.RunError(`${looksAt ?? "specs"}  looks of ${name}: ${reason}`);
		throw Object.assign(told, { stack: "", cause: error });
	}
}
