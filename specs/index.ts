export { projectFolder } from "./files.ts";
export { specJsonSchema } from "./jsonSchema.ts";
export { type LoadedSpecs, type LoadOptions, loadSpecs, MOST_VIDEOS, type SpecsGiven } from "./load.ts";
export type { SpecProblem } from "./problem.ts";
export { counted, lineOf, plain } from "./told.ts";
export type { SpecVideo } from "./video.ts";
