import { describe, expect, test } from 'vitest';
import { distinctEstimate } from './distinct-estimate.ts';
import { drawnSample, zipfRows } from './drawn-sample-fixture.ts';

const even = (values: number, each: number): number[] => Array.from({ length: values }, () => each);

const tables: readonly (readonly [string, readonly number[]])[] = [
  ['all different', even(200_000, 1)],
  ['all equal', [200_000]],
  ['fifty even values', even(50, 4_000)],
  ['many even values', even(20_000, 10)],
  ['pairs', even(100_000, 2)],
  ['one heavy and many single', [100_000, ...even(100_000, 1)]],
  ['heavy, middle and single', [...even(10, 5_000), ...even(1_000, 50), ...even(100_000, 1)]],
  ['half of ten, half single', [...even(10_000, 10), ...even(10_000, 1)]],
  ['many single behind twenties', [...even(5_000, 20), ...even(50_000, 1)]],
  ['few singles behind a heavy one', [199_000, ...even(1_000, 1)]],
  ...[0.6, 0.8, 1, 1.2, 1.5, 2].map(
    (exponent) => [`Zipf ${exponent}`, zipfRows(20_000, 200_000, exponent)] as const,
  ),
];

describe.each([500, 5_000, 40_000])('%d rows are drawn', (looked) => {
  test.each(tables)('%s: within a factor of 2, or doubtful', (_, rows) => {
    const total = rows.reduce((sum, count) => sum + count, 0);
    const wrong = [1, 2].filter((seed) => {
      const { distinct, doubtful } = distinctEstimate(drawnSample(rows, looked, seed), total);
      return !doubtful && Math.abs(Math.log2(distinct / rows.length)) > 1;
    });
    expect(wrong).toEqual([]);
  });
});

test('what is plain is not doubtful', () => {
  for (const name of ['all different', 'all equal', 'fifty even values', 'many even values']) {
    const rows = tables.find(([each]) => each === name)?.[1] ?? [];
    const { doubtful } = distinctEstimate(drawnSample(rows, 20_000, 7), 200_000);
    expect([name, doubtful]).toEqual([name, false]);
  }
});

test('heavy tails are doubtful: what is rare cannot be counted from a sample', () => {
  const rows = tables.find(([each]) => each === 'Zipf 1.2')?.[1] ?? [];
  const total = rows.reduce((sum, count) => sum + count, 0);
  expect(distinctEstimate(drawnSample(rows, 2_000, 7), total).doubtful).toBe(true);
});

test('a sample of all rows counts', () => {
  const classes = [{ count: 1, values: 3 }];
  expect(distinctEstimate(classes, 3)).toEqual({ distinct: 3, doubtful: false });
  expect(distinctEstimate([], 0)).toEqual({ distinct: 0, doubtful: false });
});
