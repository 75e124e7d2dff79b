import { expect, test } from 'vitest';
import type { ComparedSide } from '../../gate/comparison/sides.ts';
import { compare } from '../../study/compare/compare.ts';
import { datedResults } from '../../testing/dated-results.ts';
import { alternatingSides } from '../../testing/sample-runs.ts';
import { columnsOf } from '../text.ts';
import { comparisonHtml, comparisonMarkdown } from './comparison-report.ts';
import { comparisonCsv } from './csv.ts';
import { comparisonJunit } from './junit.ts';
import { comparisonSummary } from './summary.ts';
import { comparisonTable } from './terminal.ts';

/** Whatever a file name and an operation may hold. */
const nasty = `<b>&"'|*_\u001b[31m\u202e]]>\ud800 中 \u0000`;
const head = { startedAt: '2026-11-30T00:00:00.000Z', shardlab: '0.1.0', command: nasty };

const slower = { strategy: 'tenant_id/jump', operation: 'place_order', by: 1.2 };
const document = compare(alternatingSides({ runs: 6, slower }), head);

function renamed(side: ComparedSide): ComparedSide {
  const runs = side.runs.map((run) => ({
    file: nasty,
    result: {
      ...run.result,
      name: nasty,
      cells: run.result.cells.map((cell) => ({ ...cell, strategy: `${cell.strategy}${nasty}` })),
    },
  }));
  return { ...side, given: nasty, runs };
}

test('no name steers a terminal, a page or an XML file', async () => {
  const [a, b] = alternatingSides({ runs: 2 });
  const hostile = compare([renamed(a), renamed(b)], head);
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  const steering = /[\u0000-\u0009\u000b-\u001f\u202e]/;
  for (const width of [40, 80, 120]) {
    const table = comparisonTable(hostile, { width, colour: false });
    expect(table).not.toMatch(steering);
    for (const line of table.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
  }
  for (const text of [comparisonJunit(hostile), await comparisonHtml(hostile)]) {
    expect(text).not.toMatch(steering);
    expect(text).not.toContain('<b>');
  }
  expect(comparisonSummary(hostile)).not.toMatch(steering);
});

test('the same document gives the same bytes, charts of both sides and no script', async () => {
  const page = await comparisonHtml(document);
  expect(await comparisonHtml(document)).toBe(page);
  expect(page.match(/<svg /g)?.length).toBeGreaterThanOrEqual(8);
  expect(page).not.toMatch(/<script/);
});

test('what is worse comes first in every format', () => {
  expect(comparisonTable(document, { width: 80, colour: false })).toMatch(
    /^tenant_id\/jump +service_ms\.p50 +place_order .*WORSE$/m,
  );
  expect(comparisonSummary(document)).toMatch(/^## shardlab compare: 1 worse$/m);
  expect(comparisonMarkdown(document)).toContain('Side b is worse in service');
  expect(comparisonJunit(document).match(/<failure /g)).toHaveLength(1);
  const [, first = ''] = comparisonCsv(document).split('\n');
  expect(first).toContain('write_qps.max_over_mean');
});

test('a trend has a panel for each metric and strategy', async () => {
  const sides = datedResults(14, (day) => (day < 7 ? 1 : 2)).map(
    (result, day): ComparedSide => ({
      side: String(day),
      given: `${day}.json`,
      commit: null,
      runs: [{ file: `${day}.json`, result }],
    }),
  );
  const page = await comparisonHtml(compare(sides, head));
  for (const title of ['Writes of the hottest shard', 'p99 of the response time', 'Accepted']) {
    expect(page).toContain(title);
  }
});
