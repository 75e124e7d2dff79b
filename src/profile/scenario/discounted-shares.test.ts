import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { sum } from '../../base/statistics/moments.ts';
import { quantileSorted } from '../../base/statistics/quantile.ts';
import { buildAlias, drawAlias } from '../../workload/alias.ts';
import { zipfWeights } from '../../workload/zipf.ts';
import { discountedShares, squares, unbiasedSquares } from './discounted-shares.ts';

const values = 5000;

/** Counts of so many draws, the largest first, of values that were drawn at all. */
function draws(shares: Float64Array, count: number, seed: number): Float64Array {
  const rng = rngFrom(seed, 'draws');
  const table = buildAlias(shares);
  const counts = new Float64Array(shares.length);
  for (let i = 0; i < count; i += 1) {
    const drawn = drawAlias(table, rng.double());
    counts[drawn] = (counts[drawn] ?? 0) + 1;
  }
  return counts
    .filter((each) => each > 0)
    .toSorted()
    .toReversed();
}

/** Max/mean of four shards at the median and the 95th percentile of placements by chance. */
function band(shares: Float64Array): readonly [number, number] {
  const rng = rngFrom(3, 'placements');
  const found = Array.from({ length: 300 }, () => {
    const loads = [0, 0, 0, 0];
    for (const share of shares) {
      const shard = Math.floor(rng.uint32() / 2 ** 30);
      loads[shard] = (loads[shard] ?? 0) + share;
    }
    return Math.max(...loads) * 4;
  }).toSorted((a, b) => a - b);
  return [quantileSorted(found, 0.5), quantileSorted(found, 0.95)];
}

describe('shares behind counts', () => {
  test.each([1000, 10_000, 100_000])(
    'of %i draws from Zipf 0.8 the placement band is that of the truth within 0.05',
    (count) => {
      const truth = zipfWeights(values, 0.8);
      const [p50, p95] = band(truth);
      const counts = draws(truth, count, 7);
      const [found50, found95] = band(discountedShares(counts, values, unbiasedSquares(counts)));
      expect(Math.abs(found50 - p50)).toBeLessThan(0.05);
      expect(Math.abs(found95 - p95)).toBeLessThan(0.05);
    },
  );

  test('of equal values are nearly equal, though the counts are not', () => {
    const even = new Float64Array(values).fill(1 / values);
    const counts = draws(even, 2000, 1);
    const raw = squares(counts.map((each) => each / 2000));
    expect(raw).toBeGreaterThan(3 / values);
    expect(squares(discountedShares(counts, values, unbiasedSquares(counts)))).toBeLessThan(
      1.6 / values,
    );
  });

  test('add up to 1, keep their order, and have the sum of squares that is asked for', () => {
    const counted = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(counted, fc.integer({ min: 0, max: 100 }), (list, unseen) => {
        const counts = Float64Array.from(list).toSorted().toReversed();
        const wanted = unbiasedSquares(counts);
        const shares = discountedShares(counts, counts.length + unseen, wanted);
        expect(sum(shares)).toBeCloseTo(1, 9);
        expect(shares.every((share, i) => share <= (shares[i - 1] ?? 1) + 1e-12)).toBe(true);
        expect(squares(shares)).toBeCloseTo(Math.max(wanted, 1 / shares.length), 6);
      }),
    );
  });

  test('the unbiased sum of squares: of 2, 1, 1 one pair in six agrees', () => {
    expect(unbiasedSquares([2, 1, 1])).toBeCloseTo(1 / 6, 12);
    expect(unbiasedSquares([1])).toBe(1);
  });
});
