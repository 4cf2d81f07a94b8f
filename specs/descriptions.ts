/** What each entry of a spec means, for editors and for the reference. What it may be says the schema. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
	extends:
		"Another spec file with shared defaults, from this file's folder on. What this file gives itself, as one value or in the matrix, counts instead.",
	name: "What the video is called in the stack, in {{name}} and in file names. Default: the file's name without its ending. With a matrix the values of each combination follow.",
	formerName:
		"What the spec was called before: its videos are kept instead of rendered anew. Needed for one `pulumi up` of each stack, then of no effect.",
	prompt:
		"What happens in the video: 1 to 10,000 characters, with variables as {{name}}. White space at its end does not count.",
	promptSuffix:
		"What follows the prompt, after a space; for a style that many specs share. Variables as in the prompt.",
	avatarIds: "The ids of one to three different avatar looks (not avatar groups). Their order counts.",
	looks:
		"The names of one to three different avatar looks, in place of avatarIds. HeyGen is asked for them when the program runs; a name that several looks have is refused.",
	references:
		"Pictures, clips and sounds for the render to follow: each { file } (from this file's folder on), { url }, { assetId } or { base64, mediaType }.",
	aspectRatio: "The shape of the picture.",
	resolution: "The length of the picture's shorter side.",
	duration: "The video's length in whole seconds; not together with autoDuration: true. Default: 10.",
	autoDuration: "Whether HeyGen chooses the length.",
	enhancePrompt: "Whether HeyGen rewrites the prompt before it renders.",
	title: "The title at HeyGen, with variables as in the prompt. Default: the resource's name.",
	callbackUrl: "A public https URL that HeyGen calls, unsigned, when the render has ended.",
	callbackId: "A text that the call to callbackUrl repeats.",
	revision: "Any number or text; a change asks for a new take of the same video.",
	wait: 'How long a run waits for the render, as { timeout: "60m" }.',
	adoptVideoId:
		"The id of a video that exists at HeyGen, to be managed from now on instead of rendering one.",
	vars: "Variables: {{name}} in prompt, promptSuffix, title and download stands for the value. Values are texts as they are written.",
	matrix:
		"Lists of values, for inputs and for variables: one video for each combination. A value that is added renders its videos alone; their order does not count.",
	exclude: "Combinations of the matrix that are left out: those that have all of the values of one entry.",
	download:
		"Where the finished video is written, from the program's folder on and within it, such as dist/{{name}}.mp4. Default: it stays at HeyGen.",
};
