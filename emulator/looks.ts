/** A look as it is listed; the server adds the address of its preview picture. */
export interface EmulatorLook {
	readonly id: string;
	readonly name: string;
	readonly avatar_type: "studio_avatar" | "digital_twin" | "photo_avatar";
	readonly group_id: string;
	readonly gender: "female" | "male";
	readonly tags: readonly string[];
	readonly preferred_orientation: "landscape" | "portrait" | "square";
	readonly image_width: number;
	readonly image_height: number;
	/** Null on public looks, as HeyGen has it. */
	readonly status: "processing" | "pending_consent" | "failed" | "completed" | null;
	readonly error: { readonly code: string; readonly message: string } | null;
}

/** Ids of looks for programs, docs and tests; they stay the same in every version. */
export const EMULATOR_LOOKS = {
	/** Public, landscape. */
	studioDesk: "1a7c3f5e9b2d4086a1c3e5f708192a3b",
	studioStanding: "2b8d405fac3e5197b2d4f60819a2b34c",
	newsroom: "3c9e5160bd4f62a8c3e5071a2ab3c45d",
	kitchen: "4daf6271ce5073b9d4f6182b3bc4d56e",
	/** Public, portrait. */
	lobby: "5eb07382df6184cae507293c4cd5e67f",
	/** Private digital twin, ready. */
	ownTwin: "9c3e5f708192a3b41a7c3f5e9b2d4086",
	/** Private photo avatar, ready. */
	ownPhoto: "ad4f60819a2b34c52b8d405fac3e5197",
	/** Private, still training: a submit answers 409 `resource_not_ready`. */
	inTraining: "be50719a2ab3c45d3c9e5160bd4f62a8",
	/** Private, without consent: a submit answers 400 `avatar_consent_required`. */
	withoutConsent: "cf6182b3bc4d56e74daf6271ce5073b9",
	/** Private, failed moderation: a submit answers 400 `avatar_not_usable`. */
	notUsable: "d07293c4cd5e67f85eb07382df6184ca",
} as const;

const GROUPS = {
	ada: "e1000000000000000000000000000a01",
	ben: "e1000000000000000000000000000b02",
	chloe: "e1000000000000000000000000000c03",
	dev: "e1000000000000000000000000000d04",
	own: "e1000000000000000000000000000f05",
} as const;

const SIZES = { landscape: [1920, 1080], portrait: [1080, 1920], square: [1080, 1080] } as const;

type Traits = Pick<EmulatorLook, "avatar_type" | "gender" | "preferred_orientation"> & {
	readonly group: keyof typeof GROUPS;
	readonly tags?: readonly string[];
};

function look(id: string, name: string, { group, tags = [], ...traits }: Traits): EmulatorLook {
	const [image_width, image_height] = SIZES[traits.preferred_orientation];
	return {
		id,
		name,
		...traits,
		group_id: GROUPS[group],
		tags,
		image_width,
		image_height,
		status: null,
		error: null,
	};
}

const studio = (group: Traits["group"], gender: Traits["gender"], tags: readonly string[]): Traits => ({
	avatar_type: "studio_avatar",
	group,
	gender,
	tags,
	preferred_orientation: "landscape",
});

const photo = (
	group: Traits["group"],
	gender: Traits["gender"],
	preferred_orientation: Traits["preferred_orientation"],
): Traits => ({ avatar_type: "photo_avatar", group, gender, preferred_orientation });

const twin = (gender: Traits["gender"]): Traits => ({
	avatar_type: "digital_twin",
	group: "own",
	gender,
	preferred_orientation: "portrait",
});

const PUBLIC: readonly EmulatorLook[] = [
	look(EMULATOR_LOOKS.studioDesk, "Ada at the studio desk", studio("ada", "female", ["studio", "sitting"])),
	look(EMULATOR_LOOKS.studioStanding, "Ada standing in the studio", studio("ada", "female", ["studio"])),
	look(EMULATOR_LOOKS.newsroom, "Ben in the newsroom", studio("ben", "male", ["news", "formal"])),
	look(EMULATOR_LOOKS.kitchen, "Chloe in a bright kitchen", studio("chloe", "female", ["home", "casual"])),
	look(EMULATOR_LOOKS.lobby, "Dev in the lobby", photo("dev", "male", "portrait")),
	look("6fc18493e07295dbf6183a4d5de6f708", "Ben at a whiteboard", studio("ben", "male", ["teaching"])),
	look("70d295a4f183a6ec07294b5e6ef70819", "Ben on a rooftop", photo("ben", "male", "landscape")),
	look("81e3a6b50294b7fd183a5c6f7f08192a", "Chloe on a train", photo("chloe", "female", "portrait")),
	look("92f4b7c613a5c80e294b6d708019203b", "Chloe in the garden", studio("chloe", "female", ["outdoor"])),
	look("a305c8d724b6d91f3a5c7e81912a314c", "Dev in a workshop", studio("dev", "male", ["workshop"])),
	look("b416d9e835c7ea204b6d8f92a23b425d", "Dev at sunrise", photo("dev", "male", "square")),
	look("c527eaf946d8fb315c7e90a3b34c536e", "Ada in the library", photo("ada", "female", "square")),
	look("d638fb0a57e90c426d8fa1b4c45d647f", "Ada on stage", studio("ada", "female", ["stage", "formal"])),
];

const PRIVATE: readonly EmulatorLook[] = [
	{ ...look(EMULATOR_LOOKS.ownTwin, "Our presenter", twin("female")), status: "completed" },
	{ ...look(EMULATOR_LOOKS.ownPhoto, "Our founder", photo("own", "male", "portrait")), status: "completed" },
	{ ...look(EMULATOR_LOOKS.inTraining, "Our new colleague", twin("male")), status: "processing" },
	{ ...look(EMULATOR_LOOKS.withoutConsent, "Our guest", twin("female")), status: "pending_consent" },
	{
		...look(EMULATOR_LOOKS.notUsable, "Our mascot", photo("own", "male", "square")),
		status: "failed",
		error: { code: "avatar_not_usable", message: "The picture did not pass moderation" },
	},
];

/** Every look of the emulator: the public ones, then the private ones, which each account has. */
export const LOOKS: readonly EmulatorLook[] = [...PUBLIC, ...PRIVATE];

const byId = new Map(LOOKS.map((each) => [each.id, each]));
const groupIds: ReadonlySet<string> = new Set(Object.values(GROUPS));

export function findLook(id: string): EmulatorLook | undefined {
	return byId.get(id);
}

/** True for the id of an avatar group, which a submit does not take. */
export function isGroupId(id: string): boolean {
	return groupIds.has(id);
}

/** A look without a status of its own belongs to HeyGen's public ones. */
export function ownershipOf(each: EmulatorLook): "public" | "private" {
	return each.status === null ? "public" : "private";
}
