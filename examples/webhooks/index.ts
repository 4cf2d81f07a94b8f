import * as pulumi from "@pulumi/pulumi";
import * as heygen from "pulumi-heygen";

const url = process.env.WEBHOOK_URL ?? new pulumi.Config("webhooks").require("url");

const hook = new heygen.WebhookEndpoint("renders", {
	url,
	events: ["avatar_video.success", "avatar_video.fail"],
});

export const secret = hook.secret;
