import type * as pulumi from "@pulumi/pulumi";
import { HeyGenResource, isOfType } from "./heyGenResource.ts";

const TYPE = "Asset";

export interface AssetArgs {
	/**
	 * The file: a path from the program's folder on, or one of Pulumi's `FileAsset`, `RemoteAsset` (HeyGen gets the bytes,
	 * not the address) and, for subtitles, `StringAsset` (its text is kept in the stack's state as an input). HeyGen takes
	 * png, jpg, mp4, webm, mp3, wav, pdf and srt of up to 200 MB, told from the bytes. The asset is known by those bytes:
	 * moving or renaming the file does nothing, changing it uploads a new asset and deletes the old one.
	 */
	source: pulumi.Input<string | pulumi.asset.Asset>;
}

/**
 * One file in the HeyGen account, uploaded once for as long as its bytes stay the same. Uploads cost nothing.
 *
 * @example
 * const logo = new heygen.Asset("logo", { source: "brand/logo.png" });
 * new heygen.AvatarShotsVideo("hero", { prompt, avatarIds, references: [{ assetId: logo.id }] });
 */
export class Asset extends HeyGenResource {
	/** Where HeyGen serves the file. A secret where it is presigned. */
	declare readonly url: pulumi.Output<string | undefined>;
	/** The type of the file, told from its bytes, such as `image/png`. */
	declare readonly mimeType: pulumi.Output<string>;
	/** The file's length in bytes. */
	declare readonly sizeBytes: pulumi.Output<number>;
	/** The SHA-256 of the file's bytes, as lowercase hex. */
	declare readonly sha256: pulumi.Output<string>;
	/** The user name of the HeyGen account that holds the asset. */
	declare readonly account: pulumi.Output<string>;
	/** The form of the state, for later versions of this package. */
	declare readonly stateVersion: pulumi.Output<number>;

	/** Looks an existing asset up without managing it. HeyGen tells its address and nothing about its bytes. */
	static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Asset {
		return new Asset(name, undefined, { ...opts, id });
	}

	/** Whether a value is an asset, of whichever copy of this package. */
	static override isInstance(value: unknown): value is Asset {
		return isOfType(value, TYPE);
	}

	constructor(name: string, args: AssetArgs, opts?: pulumi.CustomResourceOptions);
	/** @internal for `get` */
	constructor(name: string, args: undefined, opts: pulumi.CustomResourceOptions);
	constructor(name: string, args: AssetArgs | undefined, opts?: pulumi.CustomResourceOptions) {
		super(TYPE, name, args ?? {}, opts, { outputs: OUTPUTS });
	}
}

const OUTPUTS = ["url", "mimeType", "sizeBytes", "sha256", "account", "stateVersion"];
