import { typeToken } from "../provider/host/contract.ts";

export const VIDEO_TYPE = typeToken("AvatarShotsVideo");
export const FILE_TYPE = typeToken("VideoFile");

/** The resource's name: what follows the type in its URN. */
export const nameOf = (urn: string) => urn.split("::").slice(3).join("::") || urn;

/** The resource's own type token, without those of the components around it. */
export const typeOf = (urn: string) => urn.split("::")[2]?.split("$").at(-1);
