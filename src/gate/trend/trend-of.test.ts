import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { RunResult } from '../../result/types.ts';
import { datedResults } from '../../testing/dated-results.ts';
import { trendOf } from './trend-of.ts';

/** No two days are alike: a hundredth up and down. */
const noise = (day: number): number => 1 + 0.01 * Math.sin(day * 12.9898);

const runsOf = (days: number, timesAs: (day: number) => number) =>
  datedResults(days, (day) => timesAs(day) * noise(day)).map((result, day) => ({
    file: `day-${day}.json`,
    result,
  }));

test('results are put in the order of their dates, whatever order they come in', () => {
  const runs = runsOf(5, () => 1);
  const trend = trendOf(runs.toReversed());
  expect(trend.runs.map(({ file }) => file)).toEqual(runs.map(({ file }) => file));
  expect(trend).toEqual(trendOf(runs));
});

test('the day from which responses take longer is marked, and nothing else', () => {
  const trend = trendOf(runsOf(24, (day) => (day < 15 ? 1 : 1.3)));
  const changed = trend.series.filter(({ change }) => change !== null);
  expect(changed.map(({ strategy, metric }) => `${strategy} ${metric}`)).toEqual([
    'tenant_id/mod response_ms.p50',
    'tenant_id/mod response_ms.p99',
    'tenant_id/jump response_ms.p50',
    'tenant_id/jump response_ms.p99',
  ]);
  for (const { change } of changed) {
    expect(change?.from).toBe(15);
    expect(change?.ratio).toBeCloseTo(1.3, 1);
  }
});

const saturated = (result: RunResult): RunResult => ({
  ...result,
  cells: result.cells.map((cell) => ({ ...cell, verdict: { status: 'SATURATED', reasons: [] } })),
});

test('a result whose numbers are not valid has no times, and the change stays where it is', () => {
  const runs = runsOf(24, (day) => (day < 15 ? 1 : 1.3));
  const run = present(runs[3], 'run');
  const spoilt = runs.with(3, { ...run, result: saturated(run.result) });
  const p50 = present(
    trendOf(spoilt).series.find(({ metric }) => metric === 'response_ms.p50'),
    'series',
  );
  expect(p50.values[3]).toBeNull();
  expect(p50.change?.from).toBe(15);
});

test('of too few results no change is shown', () => {
  expect(trendOf(runsOf(8, (day) => (day < 4 ? 1 : 5))).series.map((each) => each.change)).toEqual(
    Array(8).fill(null),
  );
});
