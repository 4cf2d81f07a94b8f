import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { startServer } from "../support/httpServer.ts";
import { at, clientOf, idOf, perTest } from "./support.ts";

const AT_ONCE = { queueSeconds: 0, renderSeconds: 0 };
const HOSTILE = `</script><script>alert(1)</script><img src=x onerror="alert(1)"> 'a' "b" \u202eturned\u0007`;

describe("emulator: the page", function () {
	this.timeout(60_000);
	const { start } = perTest();
	const pageOf = async (url: string) => (await fetch(url)).text();

	it("shows what renders, what is finished, the wallet and the requests", async () => {
		const emulator = await start({ queueSeconds: 0, renderSeconds: 8 });
		const client = clientOf(emulator);
		const first = idOf(await client.submit({ title: "Kitchen" }, "key-1"));
		emulator.control.clock.advance(8);
		idOf(await client.submit({ title: "Lobby" }));
		idOf(await client.submit({ title: "Refused", prompt: "[fail-now: moderation: not that]" }));
		emulator.control.clock.advance(4);
		const page = await pageOf(emulator.url);
		assert.match(page, /In progress \(1\)/);
		assert.match(page, /<progress max="100" value="5\d" aria-label="Progress of Lobby">/);
		assert.match(page, /Videos \(2\)/);
		assert.ok(page.includes(`src="/videos/${first}/video.mp4"`));
		assert.match(page, /moderation: not that/);
		assert.match(page, /USD 986\.00 left.*USD 14\.00 paid.*2 paid renders of 3/s);
		assert.match(page, /POST \/v3\/videos.*200.*Idempotency-Key key-1/s);
	});

	it("plays a finished video, in parts too, and has no file of any other", async () => {
		const { url, ...emulator } = await start(AT_ONCE);
		const client = clientOf({ url, ...emulator });
		const id = idOf(await client.submit({ duration: 4 }));
		const part = await fetch(`${url}/videos/${id}/video.mp4`, { headers: { range: "bytes=0-9" } });
		assert.deepEqual([part.status, part.headers.get("content-type")], [206, "video/mp4"]);
		emulator.control.settings.renderSeconds = 100;
		const running = idOf(await client.submit({ duration: 4 }));
		await client.delete(`/v3/videos/${id}`);
		for (const path of [`${running}/video.mp4`, `${id}/video.mp4`, `${running}/other.mp4`]) {
			assert.equal((await fetch(`${url}/videos/${path}`)).status, 404, path);
		}
		const page = await pageOf(url);
		assert.match(page, /1 deleted video/);
		assert.ok(!page.includes(`video-${id}`));
	});

	it("shows every text from outside as text, what it hides too", async () => {
		const emulator = await start(AT_ONCE);
		const client = clientOf(emulator);
		const id = idOf(await client.submit({ title: HOSTILE, prompt: HOSTILE }));
		await client.submit({ title: `[fail-now: x: ${HOSTILE}]`, prompt: `[fail-now: x: ${HOSTILE}]` });
		await client.submit({}, HOSTILE.replace(/[^ -~]/g, ""));
		await fetch(`${emulator.url}/v3/${encodeURI("<b>'\"")}?<script>`);
		await client.upload(Buffer.from("%PDF-1.4\n"), { name: "<b>x</b>.pdf" });
		for (const path of ["/", `/videos/${id}`, `/videos/${encodeURIComponent(HOSTILE)}`]) {
			const page = await pageOf(emulator.url + path);
			assert.equal(page.split(/<script/i).length, 2, "one script: the page's own");
			assert.doesNotMatch(page, /<img|<b>|(?!\n|\t)\p{Cc}|\p{Bidi_Control}/u);
		}
		assert.match(await pageOf(`${emulator.url}/videos/${id}`), /\[U\+202E\]turned\[U\+0007\]/);
	});

	it("shows no key, no signing secret and no signature of a link", async () => {
		const receiver = await startServer((_request, response) => response.end());
		try {
			const emulator = await start({
				...AT_ONCE,
				accounts: [{ apiKey: "sk-very-secret", username: "shop" }],
			});
			const client = clientOf(emulator);
			const url = `${receiver.url}/hook?token=receivers-own`;
			const endpoint = await client.call("POST", "/v3/webhooks/endpoints", { url });
			const secret = String(at(endpoint.body, "data", "secret"));
			assert.match(secret, /^whsec_/);
			const id = idOf(await client.submit({ title: "Kitchen", callback_url: url }));
			const link = String(at((await client.get(`/v3/videos/${id}`)).body, "data", "video_url"));
			await fetch(link, { method: "HEAD" });
			while (emulator.control.webhookDeliveries().length < 2) await fetch(emulator.url);
			const page = (await pageOf(emulator.url)) + (await pageOf(`${emulator.url}/videos/${id}`));
			assert.match(page, /avatar_video\.success.*\/hook\?….*200/s);
			const signature = new URL(link).searchParams.get("Signature") ?? "";
			for (const hidden of ["sk-very-secret", secret, "receivers-own", signature]) {
				assert.ok(hidden.length > 8 && !page.includes(hidden), hidden);
			}
		} finally {
			await receiver.close();
		}
	});

	it("lets the browser run its own script and style alone, and load from nowhere else", async () => {
		const { url } = await start();
		const response = await fetch(url);
		const policy = response.headers.get("content-security-policy") ?? "";
		const page = await response.text();
		for (const name of ["script", "style"]) {
			const text = new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(page)?.[1] ?? "";
			const hash = createHash("sha256").update(text).digest("base64");
			assert.match(policy, new RegExp(`${name}-src 'sha256-${hash.replace(/[+/]/g, "\\$&")}'(;|$)`));
		}
		assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/);
		assert.doesNotMatch(policy, /unsafe|\*|https?:/);
		assert.doesNotMatch(page, /\b(?:src|href)="(?:https?:|\/\/)/);
	});

	it("is looked at without a trace in the recorded requests, and past all interceptions", async () => {
		const { url, control } = await start(AT_ONCE);
		control.intercept({ path: "/", times: 1, action: { status: 500, text: "no" } });
		assert.equal((await fetch(url)).status, 200);
		assert.equal((await fetch(`${url}/videos/none`)).status, 404);
		assert.deepEqual(control.requests(), []);
	});

	it("shows the latest of many videos, and leads to the others", async () => {
		const emulator = await start({ ...AT_ONCE, priceUsd: 0 });
		const client = clientOf(emulator);
		for (let number = 1; number <= 60; number++) idOf(await client.submit({ title: `Take ${number}.` }));
		const titles = async (query: string) => {
			const page = await pageOf(`${emulator.url}/${query}`);
			return [...page.matchAll(/<bdi>(Take \d+)\./g)].map(([, title]) => title);
		};
		const first = await titles("");
		assert.deepEqual([first.length, first[0], first.at(-1)], [24, "Take 60", "Take 37"]);
		assert.deepEqual([(await titles("?page=2"))[0], (await titles("?page=3")).at(-1)], ["Take 36", "Take 1"]);
		for (const odd of ["?page=99", "?page=3e9"]) assert.equal((await titles(odd)).at(-1), "Take 1");
		for (const odd of ["?page=0", "?page=-1", "?page=x", "?page=NaN"]) {
			assert.equal((await titles(odd))[0], "Take 60", odd);
		}
		assert.match(await pageOf(emulator.url), /Videos \(60\).*Page 1 of 3.*href="\/\?page=2#videos"/s);
	});
});
