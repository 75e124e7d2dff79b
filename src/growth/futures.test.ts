import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mean, populationSd } from '../base/statistics/moments.ts';
import { growthInput } from '../scenario/growth-input.ts';
import { drawFutures } from './futures.ts';

const futures = (changes: Readonly<Record<string, unknown>>, seed = 42) =>
  drawFutures(growthInput.parse({ draws: 4000, ...changes }), seed);

function correlationOf(a: Float64Array, b: Float64Array): number {
  const [ma, mb] = [mean(a), mean(b)];
  const products = a.map((value, i) => (value - ma) * ((b[i] ?? 0) - mb));
  return mean(products) / (populationSd(a) * populationSd(b));
}

const pairs = [
  ['load', 'bytes'],
  ['load', 'tenants'],
  ['bytes', 'tenants'],
] as const;

test('load, bytes and tenants have the correlation that is stated, each pair of them', () => {
  for (const correlation of [0, 0.3, 0.7, 1]) {
    const drawn = futures({ correlation, draws: 40_000 });
    for (const [a, b] of pairs) {
      expect(Math.abs(correlationOf(drawn[a], drawn[b]) - correlation)).toBeLessThan(0.02);
    }
  }
  expect(growthInput.parse({}).correlation).toBe(0.7);
});

test('each trend has its own middle and spread, whatever the correlation', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -0.05, max: 0.2, noNaN: true }),
      fc.double({ min: 0.001, max: 0.03, noNaN: true }),
      (correlation, value, spread) => {
        const load = `${(100 * value).toFixed(3)}% +- ${(100 * spread).toFixed(3)}%`;
        const grown = futures({ correlation, load }).load.map((rate) => Math.expm1(rate));
        expect(Math.abs(mean(grown) - value)).toBeLessThan(0.08 * spread + 1e-4);
        expect(populationSd(grown) / spread).toBeGreaterThan(0.9);
        expect(populationSd(grown) / spread).toBeLessThan(1.1);
      },
    ),
    { numRuns: 30 },
  );
});

test('what is certain is the same in every future', () => {
  const drawn = futures({ load: '5%', bytes: '4%', tenants: '0%', retention: '3%' });
  expect(new Set(drawn.load)).toStrictEqual(new Set([Math.log1p(0.05)]));
  expect(new Set(drawn.bytes)).toStrictEqual(new Set([Math.log1p(0.04)]));
  expect(new Set(drawn.tenants)).toStrictEqual(new Set([0]));
  expect(new Set(drawn.retention)).toStrictEqual(new Set([-Math.log1p(-0.03)]));
});
