import { isNotFound } from "../../heygen/errors.ts";
import { FileChanged } from "../../heygen/uploadBody.ts";
import { type Held, refuseElsewhere, refuseOtherAccount, sameAccount } from "../account.ts";
import { keyOf } from "../keys.ts";
import { sparingLaterState } from "../laterState.ts";
import type { Context, Difference, Lifecycle, Saved, Values } from "../lifecycle.ts";
import { unknown } from "../lifecycle.ts";
import { currentLink } from "../links.ts";
import { withSubject } from "../subject.ts";
import type { Content } from "../uploads/content.ts";
import { FileProblem } from "../uploads/content.ts";
import { check } from "./check.ts";
import type { CheckedAsset } from "./inputs.ts";
import { withFile } from "./source.ts";
import { type AssetState, STATE_VERSION } from "./state.ts";

/** The life of one uploaded file, known by the hash of its bytes. */
export const asset: Lifecycle<AssetState> = withSubject(
	{ named: (id) => `Asset ${id}`, notMade: () => "The file was not uploaded" },
	sparingLaterState("Asset", STATE_VERSION, { check, diff, create, read, update, delete: remove }),
);

/** Other bytes are another asset; where they lie is nothing. */
function diff(id: string, state: Values, inputs: Values, { urn, renders, uploads }: Context): Difference {
	const { sha256, mimeType } = state;
	const replaced = inputs["sha256"] === unknown || inputs["sha256"] !== sha256;
	renders.resources.saw(urn, { id, account: state["account"], replaced });
	if (typeof sha256 === "string" && typeof mimeType === "string") {
		uploads.learn(id, { sha256, mediaType: mimeType });
	}
	return { changed: replaced, replaces: replaced ? ["sha256"] : [] };
}

function create(given: Values, context: Context): Promise<Saved<AssetState>> {
	return context.renders.resources.creating(context.urn, () => createAsset(given as CheckedAsset, context));
}

async function createAsset(inputs: CheckedAsset, context: Context): Promise<Saved<AssetState>> {
	const { urn, renders, uploads, settings } = context;
	const old = renders.resources.seen(urn);
	if (old !== undefined) await refuseOtherAccount(held(old.id, old.account, context), context);
	const username = await sameAccount(context);
	return withFile(inputs.source, context, async (content) => {
		refuseOtherBytes(content, inputs);
		const key = keyOf(["asset", urn, settings.keyScope, content.sha256]);
		const uploaded = await uploads.upload(content, key, context);
		const id = uploaded.asset_id;
		const { sha256, mediaType, sizeBytes } = content;
		renders.resources.keep(id, urn);
		uploads.learn(id, { sha256, mediaType });
		const url = uploaded.url ?? undefined;
		const state = { url, mimeType: mediaType, sizeBytes, sha256, account: username };
		return { id, state: { ...state, stateVersion: STATE_VERSION } };
	}).catch((error: unknown) => {
		if (error instanceof FileProblem) throw new Error(`source: ${error.message}`);
		throw error;
	});
}

/** What is uploaded must be what the preview has shown. */
function refuseOtherBytes(content: Content, { sha256 }: CheckedAsset): void {
	if (content.sha256 !== sha256) throw new FileChanged(content.name);
}

async function read(id: string, state: Values, context: Context): Promise<Saved<AssetState> | undefined> {
	const { heygen, signal, clock, renders } = context;
	try {
		const found = await heygen().getAsset(id, { signal });
		const url = currentLink(state["url"], found.url, clock.now());
		const account = state["account"] ?? (await renders.account()).username;
		return {
			id,
			state: { ...(state as AssetState), url, account: String(account), stateVersion: STATE_VERSION },
		};
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseElsewhere(held(id, state["account"], context), context);
		return undefined;
	}
}

/** Nothing of an asset can be changed in place. */
async function update(_id: string, state: Values): Promise<AssetState> {
	return state as AssetState;
}

/** Deletes an asset at HeyGen for good, unless the stack still holds it after this run. */
async function remove(id: string, state: Values, context: Context): Promise<void> {
	const { heygen, signal, renders, note } = context;
	if (renders.resources.isLive(id)) {
		note(`Asset ${id} is kept at HeyGen: the stack still uses it.`);
		return;
	}
	try {
		await heygen().deleteAsset(id, { signal });
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await refuseElsewhere(held(id, state["account"], context), context);
	}
}

function held(id: string, account: unknown, { heygen, signal }: Context): Held {
	return { what: `Asset ${id}`, account, look: () => heygen().getAsset(id, { signal }) };
}
