import { compile } from 'vega-lite';
import { beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import {
  type CapacityDocument,
  formatCapacityDocument,
  parseCapacityDocument,
} from '../../result/capacity-document.ts';
import { simulatedSearch } from '../../study/capacity/simulated-search-fixture.ts';
import { chartGroupsOf } from '../document.ts';
import { capacityHtml, capacityMarkdown, capacityReport } from './capacity-report.ts';
import { capacityCsv } from './csv.ts';
import { headline } from './rows.ts';
import { capacityTable } from './terminal.ts';

let found: CapacityDocument;

beforeAll(async () => {
  ({ document: found } = await simulatedSearch({ asked: { maxSteps: '8' } }));
}, 60_000);

const wide = { width: 80, colour: false };

/** The same with another answer of its first strategy. */
function with1st(changes: Partial<CapacityDocument['strategies'][number]>): CapacityDocument {
  const [first, ...others] = found.strategies;
  return { ...found, strategies: [{ ...present(first, 'strategy'), ...changes }, ...others] };
}

describe('the report of a search', () => {
  test('is one file that asks for nothing, the same after it was stored', async () => {
    const html = await capacityHtml(found);
    expect(html).not.toMatch(/<(script|link|img|iframe|object|embed)\b/i);
    const stored = parseCapacityDocument(formatCapacityDocument(found), 'capacity.json');
    expect(await capacityHtml(stored)).toBe(html);
    expect(capacityMarkdown(stored)).toBe(capacityMarkdown(found));
  });

  test('has charts that compile without a warning and say what they show in words', () => {
    const warnings: string[] = [];
    const note = (...parts: readonly unknown[]) => warnings.push(parts.join(' '));
    const logger = { level: () => logger, warn: note, error: note, info: note, debug: note };
    const groups = chartGroupsOf(capacityReport(found));
    expect(groups.map(({ design, charts }) => [design, charts.length])).toEqual([
      ['knee', 2],
      ['shard-knee', 2],
    ]);
    for (const { spec, description } of groups.flatMap(({ charts }) => charts)) {
      expect(description).toMatch(/\d/);
      compile(present(spec, 'spec'), { logger: Object.assign(logger) });
    }
    expect(warnings).toEqual([]);
  });

  test('has every window, and one line of CSV for each', () => {
    const windows = found.strategies.flatMap(({ steps }) => steps);
    expect(windows.length).toBeGreaterThan(9);
    const lines = capacityCsv(found).trim().split('\n');
    expect(lines.length).toBe(windows.length + 1);
    expect(lines[0]).toContain('rateQps,purpose,offeredQps,acceptedQps');
  });

  test('stands without any window, and without any strategy', async () => {
    const nothing = with1st({ steps: [], sustainedQps: null, interval: null, limitedBy: null });
    const none = { ...found, strategies: [] };
    for (const document of [nothing, none]) {
      expect(await capacityHtml(document)).toContain('How it was searched');
      expect(capacityTable(document, wide)).not.toContain('NaN');
    }
    expect(capacityTable(none, wide)).toContain('No strategy was searched.');
  });
});

describe('the table', () => {
  test('fits into 80 columns, the strategy that sustains the most first', () => {
    const table = capacityTable(found, wide);
    expect(table.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const [most] = found.strategies.toSorted(
      (a, b) => (b.sustainedQps ?? 0) - (a.sustainedQps ?? 0),
    );
    expect(table.split('\n')[1]).toMatch(new RegExp(`^${most?.strategy} `));
    expect(table).toContain(`${most?.strategy} sustains the most: `);
  });

  test('says that a rate is a lower bound, and that intervals overlap', () => {
    const bound = with1st({
      status: 'at-least',
      sustainedQps: 5000,
      interval: { low: 10, high: null },
    });
    const table = capacityTable(bound, wide);
    expect(table).toContain('≥ 5,000');
    expect(table).toContain('10 or more');
    const text = table.replaceAll(/\s+/g, ' ');
    expect(text).toContain('which of them takes more is not known');
    expect(text).not.toContain('sustains the most');
  });

  test('names every strategy whose interval overlaps with the largest', () => {
    const [first, ...others] = found.strategies;
    const same = {
      ...present(first, 'strategy'),
      status: 'found' as const,
      sustainedQps: 5000,
      interval: { low: 5000, high: 5200 },
    };
    const alike = [
      { ...same, strategy: 'x' },
      { ...same, strategy: 'y' },
      { ...same, strategy: 'z' },
    ];
    const text = headline({ ...found, strategies: [...alike, ...others] });
    expect(text).toMatch(/, of x; the intervals of y and z overlap with it, so which/);
    expect(headline({ ...found, strategies: alike.slice(0, 1) })).toMatch(
      /^x sustains 5,000 operations a second with [^;]*\.$/,
    );
  });
});
