import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { sum } from '../base/statistics/moments.ts';
import { type AliasTable, buildAlias, drawAlias } from './alias.ts';
import { zipfWeights } from './zipf.ts';

/** What the table itself implies; sums are compensated, because a giant has many parts. */
function implied(table: AliasTable): Float64Array {
  const parts: number[][] = Array.from({ length: table.count }, () => []);
  for (let i = 0; i < table.count; i += 1) {
    const keep = table.keep[i] ?? 0;
    parts[i]?.push(keep / table.count);
    parts[table.other[i] ?? 0]?.push((1 - keep) / table.count);
  }
  return Float64Array.from(parts, sum);
}

function largestError(weights: ArrayLike<number>): number {
  const total = sum(weights);
  let worst = 0;
  implied(buildAlias(weights)).forEach((p, i) => {
    worst = Math.max(worst, Math.abs(p - (weights[i] ?? 0) / total));
  });
  return worst;
}

describe('alias table', () => {
  test('implies the weights within 1e-12, whatever they are', () => {
    const weight = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.constant(0),
    );
    fc.assert(
      fc.property(fc.array(weight, { minLength: 1, maxLength: 300 }), (weights) => {
        fc.pre(sum(weights) > 1e-300);
        expect(largestError(weights)).toBeLessThan(1e-12);
      }),
    );
  });

  test.each([0.5, 0.99, 1, 2.5])('implies 100,000 zipf weights of exponent %f', (exponent) => {
    expect(largestError(zipfWeights(100_000, exponent))).toBeLessThan(1e-12);
  });

  test('one giant beside 99,999 dwarfs', () => {
    const weights = new Float64Array(100_000).fill(1e-9);
    weights[777] = 1;
    expect(largestError(weights)).toBeLessThan(1e-12);
  });

  test('a weight of 0 is never drawn', () => {
    const table = buildAlias([0, 3, 0, 1, 0]);
    for (let i = 0; i < 1000; i += 1) expect([1, 3]).toContain(drawAlias(table, i / 1000));
    expect([1, 3]).toContain(drawAlias(table, 1 - 2 ** -53));
  });

  test('draws follow the weights (chi-square)', () => {
    const weights = zipfWeights(1000, 0.99);
    const table = buildAlias(weights);
    const rng = rngFrom(3, 'alias');
    const counts = new Uint32Array(1000);
    for (let i = 0; i < 200_000; i += 1) {
      const index = drawAlias(table, rng.double());
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(chiSquareTest(counts, weights).p).toBeGreaterThan(1e-4);
  });

  test('no weights, or none above 0, is a bug', () => {
    expect(() => buildAlias([])).toThrow('positive sum');
    expect(() => buildAlias([0, 0])).toThrow('positive sum');
  });
});
