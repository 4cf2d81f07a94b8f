import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import type * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as statusMessages from "@pulumi/pulumi/proto/status_pb.js";
import type * as structs from "google-protobuf/google/protobuf/struct_pb.js";

const root = dirname(dirname(import.meta.dirname));
const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const provider = fromSdk("./proto/provider_pb.js") as typeof providerMessages;
const status = fromSdk("./proto/status_pb.js") as typeof statusMessages;
const service = fromSdk("./proto/provider_grpc_pb.js") as typeof providerService;
const { Struct } = fromSdk("google-protobuf/google/protobuf/struct_pb.js") as typeof structs;

type Values = Record<string, unknown>;

/** What a failed call says: its message, and the resource that it leaves behind where it is an init error. */
export interface CallFailure {
	message: string;
	kept?: { id: string; properties: Values; reasons: string[] };
}

/** The SDK's own server for dynamic resources, spoken to as the engine does. */
export interface DynamicServer {
	check(
		olds: Values,
		news: Values,
	): Promise<{ inputs: Values; failures: { property: string; reason: string }[] }>;
	diff(id: string, olds: Values, news: Values): Promise<{ changed: boolean; replaces: string[] }>;
	create(inputs: Values): Promise<{ id: string; properties: Values }>;
	read(id: string, properties: Values): Promise<{ id: string; properties: Values }>;
	update(id: string, olds: Values, news: Values): Promise<Values>;
	delete(id: string, properties: Values): Promise<void>;
	pid: number | undefined;
	/** What the process has written to its error output. */
	errors(): string;
	close(): Promise<void>;
}

/** Starts the server in the project's folder and hands it a stack's config. Failed calls reject with a `CallFailure`. */
export async function startDynamicServer(config: Record<string, string>): Promise<DynamicServer> {
	const script = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
	const environment = Object.entries(process.env).filter(([name]) => !/^(PULUMI|HEYGEN)_/.test(name));
	const child = spawn(process.execPath, [script, "127.0.0.1:1"], {
		cwd: root,
		env: { ...Object.fromEntries(environment), PULUMI_NODEJS_PROJECT: "shop" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let errors = "";
	child.stderr.on("data", (chunk: Buffer) => {
		errors += chunk.toString();
	});
	const port = await firstLine(child);
	const client = new service.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
	const struct = (values: Values) =>
		Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);

	const configure = new provider.ConfigureRequest();
	configure.setArgs(struct(config));
	await answerOf((done) => client.configure(configure, done));

	return {
		pid: child.pid,
		async check(olds, news) {
			const request = new provider.CheckRequest();
			request.setOlds(struct(olds));
			request.setNews(struct(news));
			const response = await answerOf<providerMessages.CheckResponse>((done) => client.check(request, done));
			return { inputs: valuesOf(response.getInputs()), failures: response.toObject().failuresList };
		},
		async diff(id, olds, news) {
			const request = new provider.DiffRequest();
			request.setId(id);
			request.setOlds(struct(olds));
			request.setNews(struct(news));
			const response = await answerOf<providerMessages.DiffResponse>((done) => client.diff(request, done));
			const some = response.getChanges() === provider.DiffResponse.DiffChanges.DIFF_SOME;
			return { changed: some, replaces: response.getReplacesList() };
		},
		async create(inputs) {
			const request = new provider.CreateRequest();
			request.setProperties(struct(inputs));
			const response = await answerOf<providerMessages.CreateResponse>((done) =>
				client.create(request, done),
			);
			return { id: response.getId(), properties: valuesOf(response.getProperties()) };
		},
		async read(id, properties) {
			const request = new provider.ReadRequest();
			request.setId(id);
			request.setProperties(struct(properties));
			const response = await answerOf<providerMessages.ReadResponse>((done) => client.read(request, done));
			return { id: response.getId(), properties: valuesOf(response.getProperties()) };
		},
		async update(id, olds, news) {
			const request = new provider.UpdateRequest();
			request.setId(id);
			request.setOlds(struct(olds));
			request.setNews(struct(news));
			return valuesOf(
				(
					await answerOf<providerMessages.UpdateResponse>((done) => client.update(request, done))
				).getProperties(),
			);
		},
		async delete(id, properties) {
			const request = new provider.DeleteRequest();
			request.setId(id);
			request.setProperties(struct(properties));
			await answerOf((done) => client.delete(request, done));
		},
		errors: () => errors,
		async close() {
			client.close();
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, "exit");
			child.kill("SIGKILL");
			await ended;
		},
	};
}

type Done<Answer> = (error: grpc.ServiceError | null, answer: Answer) => void;

function answerOf<Answer>(send: (done: Done<Answer>) => unknown): Promise<Answer> {
	return new Promise((resolve, reject) => {
		send((error, answer) => (error === null ? resolve(answer) : reject(failureOf(error))));
	});
}

const valuesOf = (struct: structs.Struct | undefined): Values => struct?.toJavaScript() ?? {};

async function firstLine(child: ChildProcess): Promise<string> {
	if (child.stdout === null) throw new Error("the server has no output");
	for await (const line of createInterface(child.stdout)) return line;
	throw new Error("the server ended before it named its port");
}

function failureOf(error: grpc.ServiceError): CallFailure {
	const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
	if (!(details instanceof Buffer)) return { message: error.details };
	const [packed] = status.Status.deserializeBinary(details).getDetailsList();
	if (packed === undefined) return { message: error.details };
	const kept = provider.ErrorResourceInitFailed.deserializeBinary(packed.getValue_asU8());
	return {
		message: error.details,
		kept: {
			id: kept.getId(),
			properties: valuesOf(kept.getProperties()),
			reasons: kept.getReasonsList(),
		},
	};
}
