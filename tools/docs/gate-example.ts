import { readFileSync } from 'node:fs';

const path = 'results/baseline/gate-example.md';

/**
 * The heads of the two summaries that `npm run gate-example` has committed, as quotes: the one that
 * stops a pull request, and the one of the same after it was mended.
 */
export function gateExamples(): readonly [stopped: string, mended: string] {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const [, stopped, mended] = text.split(/^## /m);
  if (stopped === undefined || mended === undefined) throw new Error(`${path} lacks a summary`);
  return [quoted(stopped), quoted(mended)];
}

/** What was found, and the table; how it was measured is left out. */
function quoted(summary: string): string {
  const [title = '', ...blocks] = summary.split('\n\n');
  const table = blocks.findIndex((block) => block.startsWith('|'));
  if (table < 0) throw new Error(`${path} has a summary without a table`);
  const shown = [`**${title}**`, ...blocks.slice(0, table + 1)].join('\n\n');
  return shown
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
