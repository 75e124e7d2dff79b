import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LatencyCounts } from './latency-counts.ts';

const times = fc.double({ min: 0, max: 1e5, noNaN: true });

test('quantiles are within 1.6 % of the true ones, or a microsecond', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 300 }), (all) => {
      const latency = new LatencyCounts();
      for (const ms of all) latency.add(ms);
      const sorted = all.toSorted((a, b) => a - b);
      for (const share of [0.01, 0.5, 0.99, 1]) {
        const truth = sorted[Math.max(1, Math.ceil(share * all.length)) - 1] ?? 0;
        const got = latency.quantileMs(share) ?? -1;
        expect(Math.abs(got - truth)).toBeLessThanOrEqual(0.016 * truth + 0.001);
      }
      expect(latency.maxMs).toBe(sorted.at(-1));
      expect(latency.count).toBe(all.length);
    }),
  );
});

test('few times are exact', () => {
  const latency = new LatencyCounts();
  expect(latency.quantileMs(0.5)).toBeNull();
  for (const ms of [3.14, 1, 2]) latency.add(ms);
  expect(latency.quantileMs(0.5)).toBe(2);
  expect(latency.quantileMs(1)).toBe(3.14);
});

test('what takes longer than the last bucket counts in it', () => {
  const latency = new LatencyCounts();
  for (let i = 0; i < 100; i += 1) latency.add(1e7);
  expect(latency.quantileMs(0.5)).toBeGreaterThan(2e6);
  expect(latency.maxMs).toBe(1e7);
});
