/** What in a URL's query lets anyone in who holds it, as stores and networks of the common clouds write it. */
const SIGNATURE =
	"(?:X-\\w+-)?Signature|sig|(?:access_)?token|jwt|hdnts|hdnea|Authorization|q-signature|hm(?==[0-9a-f]{64}\\b)";
/** What stands beside a signature, and changes with it. Other parameters may make another picture of the same file. */
const BESIDE = [
	"Expires|Policy|Key-Pair-Id|(?:AWS|OSS)?AccessKeyId|GoogleAccessId|X-(?:Amz|Goog)-[\\w-]+",
	"X-\\w+-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Additional-Headers|Signature-Version)",
	"(?:X-\\w+-)?Security-Token",
	"s[veprt]|s(?:pr|ip|ks|kt|ke|kv|koid|ktid)",
	"q-(?:sign-algorithm|ak|sign-time|key-time|header-list|url-param-list)",
	"ex|is",
].join("|");

const SIGNED_LINK = new RegExp(`^https?://[^?#]*\\?(?:[^#]*&)?(?:${SIGNATURE})=`, "i");
/** With a user name or a password before the host; one and two slashes less are the same URL. */
const WITH_CREDENTIALS = /^https?:[/\\]*[^/\\?#\s]*@/i;
const OF_SIGNATURE = new RegExp(`^(?:${SIGNATURE}|${BESIDE})=`, "i");

/** Whether a text is a URL that is as good as a password for what it leads to: a presigned one, or one that holds one. */
export const isSignedLink = (text: string): boolean => SIGNED_LINK.test(text) || WITH_CREDENTIALS.test(text);

/** What a link leads to, whenever it was signed: a presigned one without its signature, any other as it is. */
export function withoutSignature(link: string): string {
	if (!SIGNED_LINK.test(link)) return link;
	const query = link.indexOf("?");
	const end = `${link}#`.indexOf("#");
	const kept = link
		.slice(query + 1, end)
		.split("&")
		.filter((part) => part !== "" && !OF_SIGNATURE.test(part));
	return `${link.slice(0, query)}${kept.length === 0 ? "" : `?${kept.join("&")}`}${link.slice(end)}`;
}
