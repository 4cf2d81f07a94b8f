import { type CallOptions, type Calls, pathPart } from "./calls.ts";
import { dataOf } from "./schemas/envelopes.ts";
import { AvatarLook } from "./schemas/look.ts";

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
			return calls.pages("/v3/avatars/looks", AvatarLook, query, how);
		},

		async getAvatarLook(lookId: string, how: CallOptions = {}): Promise<AvatarLook> {
			return (await calls.read(`/v3/avatars/looks/${pathPart(lookId)}`, dataOf(AvatarLook), how)).data;
		},
	};
}
