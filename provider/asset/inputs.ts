import { z } from "zod";
import type { InputRules } from "../inputs/problems.ts";
import { GivenFile } from "../lifecycle.ts";

/** The inputs of an asset as a user writes them. */
export const AssetInputs = z.strictObject({
	source: z.union([z.string().min(1), z.instanceof(GivenFile)]),
});

/** The inputs after `check`: with what the file holds, as far as that can be told without fetching it. */
export type CheckedAsset = {
	source: string | GivenFile;
	sha256: string;
	mimeType?: string;
	sizeBytes?: number;
};

/** How an asset's inputs are checked and told. */
export const RULES: InputRules = {
	schema: AssetInputs,
	allowed: {
		source: "a file's path, or one of Pulumi's FileAsset, RemoteAsset and StringAsset",
	},
	spellings: { file: "source", path: "source", url: "source", asset: "source" },
};
