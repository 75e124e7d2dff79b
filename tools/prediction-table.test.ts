import { expect, test } from 'vitest';
import type { RunResult } from '../src/result/types.ts';
import { sampleResult } from '../src/testing/sample-result.ts';
import { medianRun, predictions, predictionTable } from './prediction-table.ts';

/** The sample with every response time of its cells times a factor. */
function scaled(factor: number): RunResult {
  const result = sampleResult();
  const times = (ms: number | null): number | null => (ms === null ? null : ms * factor);
  for (const { overall } of result.cells) {
    if (overall === null) continue;
    const { p50, p99 } = overall.responseMs;
    Object.assign(overall.responseMs, { p50: times(p50), p99: times(p99) });
  }
  return result;
}

const [calibratedOn = ''] = sampleResult().cells.map(({ strategy }) => strategy);
const heldAt = (simulated: number, runs: readonly number[]): Record<string, string | null> => {
  const rows = predictions(scaled(simulated), runs.map(scaled), calibratedOn);
  return Object.fromEntries(rows.map(({ percentile, holdsBy }) => [percentile, holdsBy]));
};

test('a p50 may be off by 15 %, a p99 by 30 %, or by what the runs differ by', () => {
  expect(heldAt(1.14, [1, 1, 1])).toEqual({ p50: 'tolerance', p99: 'tolerance' });
  expect(heldAt(1.2, [1, 1, 1])).toEqual({ p50: null, p99: 'tolerance' });
  expect(heldAt(0.65, [1, 1, 1])).toEqual({ p50: null, p99: null });
  expect(heldAt(1.5, [1, 1, 1.6])).toEqual({ p50: 'spread', p99: 'spread' });
});

test('the table has the other cells, with ratios to the median of the runs', () => {
  const rows = predictions(scaled(1), [1, 0.5, 4].map(scaled), calibratedOn);
  expect(rows.map(({ strategy }) => strategy)).not.toContain(calibratedOn);
  expect(rows.every(({ ratio }) => Math.abs(ratio - 1) < 1e-9)).toBe(true);
  expect(predictionTable(rows).split('\n')).toHaveLength(rows.length + 2);
});

test('the run to calibrate on is the one in the middle', () => {
  expect(medianRun([3, 1, 2, 5, 4].map(scaled), calibratedOn)).toBe(1);
  expect(medianRun([9, 1, 2].map(scaled), calibratedOn)).toBe(3);
});
