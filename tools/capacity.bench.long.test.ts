import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ladderRates, ladderStep } from './capacity-ladder.ts';
import { virtualShards } from './capacity-shards.ts';
import { benchCapacity, summaryLines } from './capacity.bench.ts';

const folder = mkdtempSync(join(tmpdir(), 'capacity-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('in virtual time the search, the ladder and the formula agree', async () => {
  const { signal } = new AbortController();
  const size = { searches: 3, window: '10s', searchWindow: '10s' };
  const said: string[] = [];
  const bench = await benchCapacity(size, virtualShards(folder, signal), (line) => said.push(line));
  expect(bench.holds, summaryLines(bench).join('\n')).toEqual({
    ladder: true,
    spread: true,
    formula: true,
  });
  expect(bench.runs.map(({ what }) => what)).toEqual([
    'search',
    'ladder',
    'four shards',
    'search',
    'search',
  ]);
  expect(said).toHaveLength(5);
  // One server of 2 ms takes 500/s at the most, four of them four times as much.
  expect(bench.searches.foundQps.every((rate) => rate > 350 && rate < 500)).toBe(true);
  expect(bench.formula.fullestShare).toBeGreaterThan(0.25);
  const [, ladder] = bench.runs;
  expect(ladder?.steps.at(-1)?.outcome).toBe('broken');
  expect(ladder?.steps.slice(0, -1).every(({ outcome }) => outcome === 'held')).toBe(true);
}, 120_000);

test('rungs are 3 % apart, and a spoilt window is climbed again', () => {
  const rates = ladderRates(100, 110);
  expect(rates).toEqual([100, 103, 106.1, 109.3]);
  const next = ladderStep(rates);
  const step = (outcome: 'held' | 'broken' | 'spoilt') =>
    ({ ratePerSecond: 1, outcome, isClear: true }) as const;
  expect(next([step('held'), step('spoilt')])).toMatchObject({ ratePerSecond: 103 });
  expect(next([step('held'), step('broken')])).toMatchObject({ end: 'found' });
  expect(next([step('broken')])).toMatchObject({ end: 'not-met' });
  expect(next(rates.map(() => step('held')))).toMatchObject({ end: 'at-least' });
});
