import * as pulumi from "@pulumi/pulumi";
import * as heygen from "pulumi-heygen";

const url = new pulumi.Config("webhooks").get("url") ?? "http://127.0.0.1:4011/heygen";

const hook = new heygen.WebhookEndpoint("renders", {
	url,
	events: ["avatar_video.success", "avatar_video.fail"],
});

export const secret = hook.secret;
