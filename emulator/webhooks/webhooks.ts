import { randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { ApiError } from "../errors.ts";
import { type EndpointTable, endpointTable, type StoredEndpoint } from "./endpointTable.ts";

/** The webhook endpoints of all accounts. */
export interface Webhooks {
	readonly endpoints: EndpointTable;
	/** Throws the API's 404 when the account has no such endpoint. */
	find(username: string, id: string): StoredEndpoint;
}

export function webhooks(database: DatabaseSync): Webhooks {
	const endpoints = endpointTable(database);
	return {
		endpoints,
		find(username, id) {
			const endpoint = endpoints.find(id);
			if (endpoint?.username === username) return endpoint;
			throw new ApiError(404, "webhook_not_found", `Webhook endpoint ${id} not found`);
		},
	};
}

export const newSecret = () => `whsec_${randomBytes(24).toString("base64url")}`;
