import { allOf, type CallOptions, type Calls, pathOf } from "./calls.ts";
import { dataOf } from "./schemas/envelopes.ts";
import { AvatarLook } from "./schemas/look.ts";

const LOOKS = "/v3/avatars/looks";

export interface LookFilter {
	ownership?: "public" | "private" | undefined;
	avatarType?: string | undefined;
	groupId?: string | undefined;
}

export function lookCalls(calls: Calls) {
	return {
		/** All looks that fit the filter, over all pages. */
		listAvatarLooks(filter: LookFilter = {}, how: CallOptions = {}): Promise<AvatarLook[]> {
			const { ownership, avatarType, groupId } = filter;
			const query = { ownership, avatar_type: avatarType, group_id: groupId, limit: "50" };
			return allOf(calls.items(LOOKS, AvatarLook, query, how));
		},

		async getAvatarLook(lookId: string, how: CallOptions = {}): Promise<AvatarLook> {
			return (await calls.read(pathOf(LOOKS, lookId), dataOf(AvatarLook), how)).data;
		},
	};
}
