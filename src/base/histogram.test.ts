import fc from 'fast-check';
import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { expect, test } from 'vitest';
import { mergeCounts } from './histogram-counts.ts';
import { createHistogram, decodeHistogram, histogramOf } from './histogram.ts';

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

test('says and encodes exactly what HdrHistogram does', () => {
  const time = fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 600e9 }));
  fc.assert(
    fc.property(fc.array(time, { minLength: 1 }), fc.integer({ min: 0, max: 100 }), (values, p) => {
      const own = createHistogram();
      const reference = build({
        bitBucketSize: 32,
        highestTrackableValue: 600e9,
        numberOfSignificantValueDigits: 3,
        autoResize: false,
      });
      for (const value of values) {
        own.record(value);
        reference.recordValue(value);
      }
      expect(own.percentileNs(p)).toBe(reference.getValueAtPercentile(p));
      expect(own.maxNs).toBe(reference.maxValue);
      expect(own.meanNs / Math.max(1, reference.mean)).toBeCloseTo(reference.mean < 1 ? 0 : 1, 12);
      expect(own.encode()).toBe(encodeIntoCompressedBase64(reference));
    }),
    { numRuns: 100 },
  );
});

test('gives its buckets in order, with all that was recorded', () => {
  const histogram = createHistogram();
  histogram.recordMany(3, 5);
  histogram.recordMany(4097, 2);
  histogram.record(1e10);
  const seen: number[][] = [];
  histogram.eachBucket((low, high, count) => seen.push([low, high, count]));
  expect(seen.slice(0, 2)).toEqual([
    [3, 3, 5],
    [4096, 4099, 2],
  ]);
  expect(seen).toHaveLength(3);
  expect(histogram.count).toBe(8);
});

test('counts are plain values: cloned, merged and read they are what was recorded', () => {
  const times = fc.array(fc.integer({ min: 0, max: 700e9 }), { maxLength: 300 });
  fc.assert(
    fc.property(times, times, (first, second) => {
      const [a, b, both] = [createHistogram(), createHistogram(), createHistogram()];
      for (const value of first) a.record(value);
      for (const value of second) b.record(value);
      for (const value of [...first, ...second]) both.record(value);
      const merged = mergeCounts(structuredClone(a.counts()), b.counts());
      expect(merged).toEqual(both.counts());
      expect(mergeCounts(b.counts(), a.counts())).toEqual(merged);
      const read = histogramOf(merged);
      expect(read.encode()).toBe(both.encode());
      expect([read.count, read.maxNs, read.meanNs]).toEqual([both.count, both.maxNs, both.meanNs]);
    }),
  );
});
