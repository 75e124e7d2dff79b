import { customProperties, dark, light, print } from './colours.ts';

/** The page's style. */
export const style = `
:root { color-scheme: light dark; ${customProperties(light)} }
@media (prefers-color-scheme: dark) { :root { ${customProperties(dark)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
main, header, footer { max-width: 1560px; margin: 0 auto; padding: 0 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 28px 0 4px; }
h2 { font-size: 20px; margin: 40px 0 12px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 16px; line-height: 1.35; margin: 24px 0 6px; }
p { margin: 0 0 10px; max-width: 80ch; }
.lead, .legend, .note { color: var(--quiet); }
.legend, .note { font-size: 13px; }
.note { margin-top: 6px; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0;
  margin: 14px 0 0;
  font-size: 14px; }
ul { padding-left: 20px; margin: 0 0 10px; }
li { max-width: 90ch; }
dl { margin: 0 0 10px; }
dl > div { display: grid; grid-template-columns: 11em 1fr; gap: 12px; padding: 3px 0; }
dt { color: var(--quiet); }
dd { margin: 0; max-width: 80ch; }
header dl { display: flex; flex-wrap: wrap; gap: 4px 26px; margin-top: 12px; }
header dl > div { display: block; padding: 0; }
header dt { font-size: 12px; }
header dd { font-weight: 600; font-variant-numeric: tabular-nums; }
.clip { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4;
  overflow: hidden; }
.clip.tall { -webkit-line-clamp: 40; }
.verdicts { list-style: none; padding: 0; display: grid; gap: 12px;
  grid-template-columns: repeat(auto-fill, minmax(min(250px, 100%), 1fr)); }
.verdicts > li { background: var(--raised); border: 1px solid var(--line); border-left-width: 4px;
  border-radius: 6px; padding: 10px 14px; }
.verdicts > li.good { border-left-color: var(--good); }
.verdicts > li.doubtful { border-left-color: var(--doubtful); }
.verdicts > li.bad { border-left-color: var(--bad); }
.answer { font-size: 17px; line-height: 1.45; }
.verdicts h3 { margin: 0 0 2px; font-size: 15px; }
.verdicts p { margin: 4px 0 0; }
.verdicts ul { margin: 6px 0 0; font-size: 13px; color: var(--quiet); padding-left: 16px; }
.badge { font-weight: 600; font-size: 13px; white-space: nowrap; }
.badge.good { color: var(--good); } .badge.doubtful { color: var(--doubtful); }
.badge.bad { color: var(--bad); }
td .badge { font-size: inherit; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px;
  max-width: max-content; }
table { border-collapse: separate; border-spacing: 0; font-size: 13.5px; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: 5px 10px; text-align: left; vertical-align: top; }
td { overflow-wrap: normal; }
td .clip, th .clip { width: max-content; max-width: 22em; overflow-wrap: anywhere; }
thead th { font-weight: 600; color: var(--quiet); vertical-align: bottom; background: var(--raised);
  white-space: nowrap; border-bottom: 1px solid var(--line); }
thead th.group { border-bottom: 0; padding-bottom: 0; border-left: 1px solid var(--line); }
div.scroll + ul { margin-top: 10px; }
div.scroll + div.scroll { margin-top: 18px; }
.starts { border-left: 1px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th[scope=row] { font-weight: 600; position: sticky; left: 0; background: var(--ground); }
thead th:first-child[rowspan], thead tr:only-child th:first-child { position: sticky; left: 0; }
tr.first > * { border-top: 1px solid var(--line); }
tbody tr:first-child > * { border-top: 0; }
.repeats { color: transparent; user-select: none; }
.repeats .clip { -webkit-line-clamp: 1; }
.why { text-decoration: underline dotted var(--faint); text-underline-offset: 3px; cursor: help; }
.aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
td:has(.aloud), .why { position: relative; }
.share { display: flex; align-items: center; gap: 8px; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.bar { width: 60px; height: 9px; background: var(--grid); border-radius: 2px; overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--series); }
.panels { display: grid; gap: 14px; margin-bottom: 18px;
  grid-template-columns: repeat(auto-fill, minmax(min(310px, 100%), 1fr)); }
.panels.single { display: block; max-width: 490px; }
figure { margin: 0; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px;
  min-width: 0;
  break-inside: avoid; }
figure.empty { align-self: start; }
figcaption { margin-bottom: 6px; font-size: 13px; line-height: 1.4; }
figcaption span { color: var(--quiet); }
figure svg { display: block; width: 100%; max-width: 420px; height: auto; }
.single svg { max-width: 460px; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  padding: 10px 14px;
  overflow: auto; max-height: 30em; white-space: pre-wrap; font-size: 13px; margin: 0 0 10px; }
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
summary { cursor: pointer; padding: 4px 0; color: var(--link); }
footer { color: var(--quiet); font-size: 13px; padding-top: 24px; padding-bottom: 32px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (max-width: 1250px) { table { font-size: 13px; } th, td { padding: 5px 6px; } }
@media (max-width: 640px) {
  main, header, footer { padding-left: 14px; padding-right: 14px; }
  dl > div { grid-template-columns: 1fr; gap: 0; padding: 5px 0; }
  th[scope=row] .clip { max-width: 8.5em; }
}
@page { size: A4; margin: 12mm; }
@media print {
  :root { color-scheme: light; ${customProperties(print)} }
  body { font-size: 10pt; }
  nav { display: none; }
  main, header, footer { padding: 0; }
  .scroll { overflow: visible; border: 0; }
  table { font-size: 6.6pt; }
  th, td { padding: 2px 3px; }
  thead th, thead .number, td .badge { white-space: normal; overflow-wrap: normal; }
  th[scope=row] .clip { max-width: 9em; }
  td .clip { max-width: 13em; width: auto; -webkit-line-clamp: 16; }
  thead .clip { max-width: 7em; width: auto; white-space: normal; overflow-wrap: anywhere; }
  .bar { width: 30px; }
  .share { gap: 4px; }
  h2, h3 { break-after: avoid; }
  section.page { break-before: page; }
  .one-page { font-size: 8pt; line-height: 1.36; }
  .one-page h2 { margin-top: 16px; }
  .one-page h3 { font-size: 10pt; margin: 8px 0 3px; }
  .one-page .answer { font-size: 11pt; }
  .one-page table { font-size: 7.5pt; }
  .one-page p, .one-page ul { margin-bottom: 5px; }
  .one-page dl > div { padding: 1px 0; }
  .one-page .note, .one-page .legend, .one-page figcaption { font-size: 7.5pt; }
  .one-page svg { max-width: 195px; }
  .one-page p, .one-page li { max-width: none; }
  header:has(~ main .one-page) h1 { margin-top: 0; }
  section.page h2 { border-top: 0; padding-top: 0; margin-top: 0; }
  tr, .verdicts > li { break-inside: avoid; }
  .panels { grid-template-columns: repeat(2, 1fr); }
  .panels.single { max-width: 400px; }
  pre { max-height: none; }
}
`;
