/**
 * Uploads a file of 200 MB and downloads one of 1 GB over loopback, by this package's resources in the SDK's own
 * provider process and by curl, in turns. Prints the throughput of both with their ratio, and how far the process's
 * memory rose above its idle memory.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startDynamicServer } from "../test/contract/dynamicServer.ts";

const MB = 1_000_000;
const ROUNDS = 3;
const provider = (type: string) => `exports.handler = () => require("pulumi-heygen/provider").${type};\n`;

const folder = await mkdtemp(join(tmpdir(), "pulumi-heygen-bench-"));
const server = spawn(process.execPath, [join(import.meta.dirname, "server.ts")], {
	stdio: ["ignore", "pipe", "inherit"],
});
const [url] = (await once(createInterface(server.stdout), "line")) as [string];
const engineSide = await startDynamicServer({ "heygen:apiKey": "key", "heygen:baseUrl": url });
try {
	await transfer("warm", 1 * MB, 1 * MB);
	const idle = memoryOf(engineSide.pid);
	const rose: number[] = [];
	const sampling = setInterval(() => rose.push(memoryOf(engineSide.pid) - idle), 20);

	const [ups, downs]: [Round[], Round[]] = [[], []];
	for (let round = 0; round < ROUNDS; round++) {
		const { up, down } = await transfer(`round-${round}`, 200 * MB, 1_000 * MB);
		ups.push(up);
		downs.push(down);
	}
	clearInterval(sampling);
	tell("upload of 200 MB", 200, ups);
	tell("download of 1 GB", 1_000, downs);
	const most = Math.max(...rose) / 1024 / 1024;
	say(`memory: ${Math.round(idle / 1024 / 1024)} MiB idle, at most ${Math.round(most)} MiB above it`);
} finally {
	await engineSide.close();
	server.kill();
	await rm(folder, { recursive: true, force: true });
}

/** Seconds of this package and of curl for the same transfer. */
interface Round {
	ours: number;
	curl: number;
}

async function transfer(name: string, upBytes: number, downBytes: number) {
	const file = join(folder, `${name}.mp4`);
	await writeSparse(file, upBytes);
	const asset = await checked("Asset", name, { source: file });
	const ourUp = await seconds(() => engineSide.create(asset));
	const curlUp = await seconds(() => curl("-T", file, `${url}/put/${crypto.randomUUID()}`));

	const path = join(folder, `${name}-down.mp4`);
	const video = await checked("VideoFile", name, { videoId: String(downBytes), path, allowOutside: true });
	const ourDown = await seconds(() => engineSide.create(video));
	const curlDown = await seconds(() => curl("-o", join(folder, "curl.mp4"), `${url}/file/${downBytes}`));
	for (const done of [file, path, join(folder, "curl.mp4")]) await rm(done, { force: true });
	return { up: { ours: ourUp, curl: curlUp }, down: { ours: ourDown, curl: curlDown } };
}

async function checked(type: string, name: string, inputs: object) {
	const own = { __provider: provider(type), resourceUrn: `urn:pulumi:dev::bench::${type}::${name}` };
	const { inputs: filled, failures } = await engineSide.check({}, { ...inputs, ...own });
	if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
	return { ...filled, ...own };
}

/** A file that starts like an MP4 and differs from every other of the bench. */
async function writeSparse(path: string, bytes: number): Promise<void> {
	const handle = await open(path, "w");
	await handle.write(Buffer.from("\0\0\0\x18ftypisom\0\0\x02\0isommp41", "latin1"), 0);
	await handle.write(path, 64);
	await handle.truncate(bytes);
	await handle.close();
}

async function curl(...args: string[]): Promise<void> {
	const child = spawn("curl", ["-sS", "--fail", ...args], { stdio: ["ignore", "ignore", "inherit"] });
	const [code] = await once(child, "exit");
	if (code !== 0) throw new Error(`curl ended with ${code}`);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return (performance.now() - start) / 1_000;
}

/** Resident bytes of a process, as Linux tells them. */
function memoryOf(pid: number | undefined): number {
	const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
	return Number(line?.[1]) * 1024;
}

function tell(what: string, megabytes: number, rounds: Round[]): void {
	const rate = (side: keyof Round) => Math.round(megabytes / median(rounds.map((round) => round[side])));
	const ratio = rate("ours") / rate("curl");
	say(`${what}: ${rate("ours")} MB/s, curl ${rate("curl")} MB/s, ratio ${ratio.toFixed(2)}`);
}

function median(values: number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
