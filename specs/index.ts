export { projectFolder } from "./files.ts";
export { type LoadedSpecs, loadSpecs, MOST_VIDEOS, type SpecsGiven } from "./load.ts";
export { lineOf } from "./told.ts";
export type { SpecVideo } from "./video.ts";
