import * as heygen from "pulumi-heygen";

const spring = new heygen.VideoSet("spring", { specs: "videos/**/*.video.yaml" });

export const pages = spring.videoPageUrls;
