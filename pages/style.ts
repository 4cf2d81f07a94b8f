/** How all pages look: on a phone and on paper, in light and in dark, without anything from the network. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--paper: #fff; --card: #f6f6f8; --text: #1b1b1f; --quiet: #55555c; --line: #c9c9d1;
	--link: #0b4fb3; --good: #14632b; --bad: #a8201a; --old: #fdecea; --new: #e7f5ea;
	font: 1rem/1.5 system-ui, sans-serif;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #131316; --card: #1e1e23; --text: #ececf1; --quiet: #b0b0ba; --line: #44444d;
		--link: #9cc2ff; --good: #86dc9d; --bad: #ffb3ab; --old: #3d1f1d; --new: #1b3423;
	}
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--paper); color: var(--text); overflow-wrap: anywhere }
h1 { font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 }
h2 { font-size: 1.2rem; margin: 2rem 0 .75rem }
h3 { font-size: 1rem; margin: .5rem 0; overflow: clip }
p { margin: .5rem 0 }
a { color: var(--link) }
:focus-visible { outline: .2rem solid var(--link); outline-offset: .15rem }
nav ul, ul.cards, ol.rows { list-style: none; margin: 0; padding: 0 }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
nav a { display: inline-block; padding: .25rem 0 }
ul.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)) }
.card { min-width: 0; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); break-inside: avoid }
video, img { display: block; width: 100%; max-height: 70vh; border-radius: .25rem; background: #000 }
video[data-ratio="16:9"] { aspect-ratio: 16 / 9 }
video[data-ratio="9:16"] { aspect-ratio: 9 / 16 }
video[data-ratio="1:1"] { aspect-ratio: 1 }
img { object-fit: contain }
progress { display: block; width: 100%; height: .75rem; accent-color: var(--link) }
.text { white-space: pre-wrap; overflow: clip }
summary { cursor: pointer }
.quiet, dt { color: var(--quiet) }
.good { color: var(--good) } .bad { color: var(--bad) }
.old { background: var(--old) } .new { background: var(--new) }
.old, .new { padding: .5rem; border-radius: .25rem }
dl { margin: .5rem 0; font-size: .9rem }
dl div { display: flex; flex-wrap: wrap; gap: 0 .5rem }
dd { margin: 0; min-width: 0 }
code, .rows { font-size: .875rem; font-family: ui-monospace, monospace }
.rows li { display: flex; flex-wrap: wrap; gap: 0 .75rem; padding: .35rem 0; border-bottom: 1px solid var(--line) }
.rows span { min-width: 0 }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)) }
.pair > * { min-width: 0 }
ul.changes { display: block }
ul.changes > li + li { margin-top: 1rem }
@media (prefers-reduced-motion: no-preference) { progress { transition: none } html { scroll-behavior: smooth } }
@media print {
	:root { color-scheme: light; --paper: #fff; --card: #fff; --text: #000; --quiet: #333; --link: #000 }
	body { max-width: none; padding: 0 }
	nav { display: none }
}
`;
