/** A URL whose query lets anyone in who holds it, as CloudFront, S3 and their like write it. */
const SIGNED_LINK = /^https?:\/\/[^?#]*\?(?:.*&)?(?:X-Amz-)?(?:Signature|sig|token)=/i;

/** Whether a text is a presigned URL, which is as good as a password for what it leads to. */
export const isSignedLink = (text: string): boolean => SIGNED_LINK.test(text);
