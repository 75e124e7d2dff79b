import { expect, test } from 'vitest';
import { distinctOf, quantilesOf, rowsOf } from './count-classes.ts';
import { drawnSample, zipfRows } from './drawn-sample-fixture.ts';
import { rateMixture, wholeValues } from './rate-mixture.ts';

const mostOf = (classes: readonly { readonly count: number }[]): number =>
  Math.max(...classes.map(({ count }) => count));

test('of equal values the one drawn most often is not larger', () => {
  const rows = Array.from({ length: 3_000 }, () => 100);
  const classes = drawnSample(rows, 30_000, 1);
  // 10 are due to each; the luckiest has more than twice that.
  expect(mostOf(classes)).toBeGreaterThan(20);
  const expected = rateMixture(classes, 0, 0.1).expected(mostOf(classes));
  expect(expected).toBeGreaterThan(9);
  expect(expected).toBeLessThan(14);
});

test('of values that are all different none has more than its row', () => {
  const classes = [{ count: 1, values: 30_000 }];
  const mixture = rateMixture(classes, 970_000, 0.03);
  expect(mixture.expected(1)).toBeGreaterThan(0.029);
  expect(mixture.expected(1)).toBeLessThan(0.045);
});

test('one heavy value among a million stays as heavy as it was drawn', () => {
  const classes = [
    { count: 1, values: 29_500 },
    { count: 2, values: 235 },
    { count: 30, values: 1 },
  ];
  const mixture = rateMixture(classes, 960_000, 0.003);
  expect(Math.abs(mixture.expected(30) - 30)).toBeLessThan(6);
  expect(mixture.expected(1)).toBeLessThan(0.3);
});

test('quantiles of rows a value come back from the sample', () => {
  const rows = zipfRows(1_000, 200_000, 0.8).toSorted((a, b) => a - b);
  const taken = 0.1;
  const classes = drawnSample(rows, rows.reduce((sum, each) => sum + each, 0) * taken, 3);
  const mixture = rateMixture(classes, rows.length - distinctOf(classes), taken);
  expect(rowsOf(mixture.classes)).toBeCloseTo(rowsOf(classes), -2);
  const quantiles = quantilesOf(wholeValues(mixture.classes));
  for (const percent of [10, 50, 90, 99]) {
    const truth = rows[Math.floor((percent / 100) * rows.length)] ?? 0;
    expect((quantiles[percent] ?? 0) / taken / truth).toBeGreaterThan(0.75);
    expect((quantiles[percent] ?? 0) / taken / truth).toBeLessThan(1.33);
  }
});
