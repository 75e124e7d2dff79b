import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHistogram, decodeHistogram } from './histogram.ts';

test('percentiles are those of the recorded values within 0.1 %', () => {
  const histogram = createHistogram();
  for (let value = 1; value <= 100_000; value++) histogram.record(value * 1000);
  expect(histogram.count).toBe(100_000);
  expect(histogram.percentileNs(50) / 50_000_000).toBeCloseTo(1, 3);
  expect(histogram.percentileNs(99) / 99_000_000).toBeCloseTo(1, 3);
  expect(histogram.meanNs / 50_000_500).toBeCloseTo(1, 3);
});

test('merging equals recording everything into one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1e12 })),
      fc.array(fc.integer({ min: 0, max: 1e12 })),
      (first, second) => {
        const [a, b, both] = [createHistogram(), createHistogram(), createHistogram()];
        for (const value of first) a.record(value);
        for (const value of second) b.record(value);
        for (const value of [...first, ...second]) both.record(value);
        a.merge(b);
        expect(a.count).toBe(both.count);
        for (const p of [1, 50, 90, 99, 100]) expect(a.percentileNs(p)).toBe(both.percentileNs(p));
      },
    ),
    { numRuns: 20 },
  );
});

test('survives encoding, and clamps what lies outside its range', () => {
  const histogram = createHistogram();
  for (const value of [-5, 0, 1.4, 250_000, 5e9, 1e15]) histogram.record(value);
  const read = decodeHistogram(histogram.encode());
  expect(read.count).toBe(6);
  expect(read.maxNs / histogram.maxNs).toBeCloseTo(1, 3);
  expect(read.percentileNs(50)).toBe(histogram.percentileNs(50));
  expect(read.maxNs / 600e9).toBeCloseTo(1, 2);
});

test('is empty after a reset', () => {
  const histogram = createHistogram();
  histogram.record(1e6);
  histogram.reset();
  expect([histogram.count, histogram.meanNs, histogram.maxNs, histogram.percentileNs(99)]).toEqual([
    0, 0, 0, 0,
  ]);
});
