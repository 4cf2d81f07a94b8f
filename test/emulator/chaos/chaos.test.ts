import { campaign } from "./campaign.ts";

describe("emulator: its data folder", () => {
	it("loses and doubles nothing that was acknowledged, however often the emulator is killed", async () => {
		await campaign({ kills: 8, seed: Math.floor(Math.random() * 1_000_000) });
	}).timeout(300_000);
});
