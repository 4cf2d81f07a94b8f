import type { z } from "zod";
import { VideoRequest } from "../heygen/schemas/videoRequest.ts";
import { ApiError, invalidParameter } from "./errors.ts";
import { findLook, isGroupId } from "./looks.ts";
import type { EmulatorSettings } from "./options.ts";
import { type AssetKind, checkReferences } from "./references.ts";

/** The body of a submit, validated as HeyGen does it. Throws an `ApiError` with the field at fault in `param`. */
export function acceptSubmission(
	body: unknown,
	settings: EmulatorSettings,
	kindOfAsset: AssetKind,
): VideoRequest {
	const request = validate(body, settings);
	for (const id of request.avatar_id) checkLook(id);
	checkReferences(request.avatar_id.length, request.references ?? [], kindOfAsset);
	return request;
}

function validate(body: unknown, settings: EmulatorSettings): VideoRequest {
	if (typeof body !== "object" || body === null || Array.isArray(body)) {
		throw invalidParameter("The body must be a JSON object");
	}
	const type = "type" in body ? body.type : undefined;
	if (typeof type === "string" && !settings.acceptedTypes.includes(type)) {
		throw invalidParameter(`type must be one of ${settings.acceptedTypes.join(", ")}, not ${type}`, "type");
	}
	if (settings.callbackUrl === "reject") {
		for (const field of ["callback_url", "callback_id"]) {
			if (field in body) throw invalidParameter(`${field} is not a field of this type of video`, field);
		}
	}
	const parsed = VideoRequest.safeParse(body);
	if (parsed.success) return parsed.data;

	const { issues } = parsed.error;
	if (settings.unknownFields === "ignore" && issues.some((issue) => issue.code === "unrecognized_keys")) {
		return validate(withoutUnknown(body, issues), settings);
	}
	throw refusal(issues);
}

/** A copy of the body without the keys that the schema does not know. */
function withoutUnknown(body: object, issues: readonly z.core.$ZodIssue[]): object {
	const copy: unknown = structuredClone(body);
	for (const issue of issues) {
		if (issue.code !== "unrecognized_keys") continue;
		let owner: unknown = copy;
		for (const step of issue.path) owner = Reflect.get(Object(owner), step);
		for (const key of issue.keys) Reflect.deleteProperty(Object(owner), key);
	}
	return Object(copy);
}

function refusal(issues: readonly z.core.$ZodIssue[]): ApiError {
	const [issue] = issues;
	if (!issue) return invalidParameter("The body is not valid");
	if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
		const [field = ""] = issue.keys;
		return invalidParameter(`${field} is not a field of this type of video`, field);
	}
	const field = String(issue.path[0] ?? "");
	const text = issue.message.startsWith(field) ? issue.message : `${field}: ${issue.message}`;
	return invalidParameter(text, field);
}

function checkLook(id: string): void {
	const look = findLook(id);
	if (!look && isGroupId(id)) {
		throw invalidParameter(`avatar_id takes look ids; ${id} is the id of an avatar group`, "avatar_id");
	}
	if (!look) throw new ApiError(404, "avatar_not_found", `Avatar look ${id} not found`);
	switch (look.status) {
		case "processing":
			throw new ApiError(
				409,
				"resource_not_ready",
				`Avatar look ${id} is still pending; try again when it is ready`,
			);
		case "pending_consent":
			throw new ApiError(
				400,
				"avatar_consent_required",
				`Avatar look ${id} needs the consent of the person it shows`,
			);
		case "failed":
			throw new ApiError(
				400,
				"avatar_not_usable",
				`Avatar look ${id} cannot be used: ${look.error?.message}`,
			);
		default:
	}
}
