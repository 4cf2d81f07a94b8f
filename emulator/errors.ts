/** What a refusal tells beside its status, code and message. */
export interface ApiErrorDetails {
	/** The field or query parameter at fault; left out of the answer when there is none. */
	readonly param?: string | undefined;
	readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A refusal in HeyGen's terms; the server answers with {@link errorBody}. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	readonly param: string | undefined;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, code: string, message: string, details: ApiErrorDetails = {}) {
		super(message);
		this.name = "ApiError";
		this.status = status;
		this.code = code;
		this.param = details.param;
		this.headers = details.headers ?? {};
	}
}

export function invalidParameter(message: string, param?: string): ApiError {
	return new ApiError(400, "invalid_parameter", message, { param });
}

/** HeyGen's error envelope: keys in alphabetical order, `param` only when there is one. */
export function errorBody(code: string, message: string, param?: string) {
	return {
		error: {
			code,
			doc_url: `https://developers.heygen.com/docs/error-codes#${code.replaceAll("_", "-")}`,
			message,
			...(param === undefined ? {} : { param }),
		},
	};
}
