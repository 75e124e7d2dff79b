import { readFileSync } from 'node:fs';
import { reportImages } from '../../src/report/images.ts';
import { terminalTable } from '../../src/report/terminal.ts';
import { parseRunResult } from '../../src/result/parse.ts';
import { asText } from './markdown.ts';

const path = 'results/baseline/quickstart/result.json';
const result = () =>
  parseRunResult(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), path);

/** Strategies whose shards the sample shows; the others are left out by dots. */
const shown = 'tenant_id/jump';

/** What `npm start` printed when the committed result was measured, in 80 columns. */
export function sampleOutput(): string {
  const lines = terminalTable(result(), { width: 80, colour: false }).trimEnd().split('\n');
  const head = lines.findIndex((line) => line.startsWith('shards of'));
  const from = lines.findIndex((line, index) => index > head && line.startsWith(shown));
  const next = lines.findIndex((line, index) => index > from && !line.startsWith(' '));
  const end = lines.findIndex((line, index) => index > head && line === '');
  if (head < 0 || from < 0) throw new Error(`${path} has no shards of ${shown}`);
  const strategy = lines.slice(from, next < 0 ? undefined : next);
  const after = end < 0 ? [] : lines.slice(end);
  const kept = [...lines.slice(0, head + 1), '...', ...strategy, '...', ...after];
  return asText(kept.join('\n'));
}

/** The picture of the README: a chart of the report of the same result. */
export async function samplePicture(): Promise<string> {
  const picture = (await reportImages(result())).find(({ name }) => name === 'write-balance');
  if (picture === undefined) throw new Error(`the report of ${path} has no chart write-balance`);
  return `${picture.svg}\n`;
}
