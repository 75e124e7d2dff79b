import { expect, test } from 'vitest';
import { createHistogram } from '../base/histogram.ts';
import { normalQuantile } from '../base/statistics/normal.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import { serviceDraw, serviceMeanNs } from './service-time.ts';

const measured = createHistogram();
for (let i = 0; i < 5000; i += 1) measured.record(200_000 + i * 40);
measured.recordMany(5e6, 50);

const times: readonly ServiceTime[] = [
  { kind: 'constant', ms: 0.5 },
  { kind: 'exponential', meanMs: 2 },
  { kind: 'lognormal', meanMs: 0.3, sigma: 0.6 },
  { kind: 'histogram', base64: measured.encode(), factor: 1.5 },
];

test.each(times)('draws have the mean that is said: $kind', (time) => {
  const draw = serviceDraw(time);
  const draws = 200_000;
  let total = 0;
  for (let i = 0; i < draws; i += 1) total += draw((i + 0.5) / draws);
  expect(total / draws / serviceMeanNs(time)).toBeCloseTo(1, 2);
});

test('the table of the log-normal is its quantile function within 1e-4', () => {
  const draw = serviceDraw({ kind: 'lognormal', meanMs: 1, sigma: 1.5 });
  const exact = (u: number): number => 1e6 * Math.exp(-1.125 + 1.5 * normalQuantile(u));
  for (let i = 1; i < 30_000; i += 1) {
    const u = i / 30_000;
    expect(Math.abs(draw(u) / exact(u) - 1)).toBeLessThan(1e-4);
  }
  expect(draw(0)).toBe(0);
});

test('draws from a histogram fall into its buckets as often as values did', () => {
  const draw = serviceDraw({ kind: 'histogram', base64: measured.encode(), factor: 1 });
  const again = createHistogram();
  const draws = 101_000;
  for (let i = 0; i < draws; i += 1) again.record(draw((i + 0.5) / draws));
  for (const percentile of [10, 50, 90, 98, 99.5, 100]) {
    expect(again.percentileNs(percentile) / measured.percentileNs(percentile)).toBeCloseTo(1, 2);
  }
});
