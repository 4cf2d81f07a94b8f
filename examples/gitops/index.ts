import * as heygen from "pulumi-heygen";

const videos = new heygen.VideoSet("videos", { specs: "videos/**/*.video.yaml" });

export const pages = videos.videoPageUrls;
