import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lowerBeta } from '../base/statistics/beta.ts';
import { upperTail } from '../gate/exact-interval.ts';
import { shareLowerBound } from './failure-bound.ts';

describe('the incomplete beta function', () => {
  test('by its closed forms', () => {
    // I_x(1, b) = 1 - (1 - x)^b, I_x(a, 1) = x^a.
    expect(lowerBeta(1, 5, 0.3)).toBeCloseTo(1 - 0.7 ** 5, 14);
    expect(lowerBeta(7, 1, 0.3)).toBeCloseTo(0.3 ** 7, 14);
    expect(lowerBeta(3, 3, 0.5)).toBeCloseTo(0.5, 14);
  });

  test('is the upper tail of a binomial, summed term by term', () => {
    const hits = fc.integer({ min: 1, max: 400 });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(hits, fc.integer({ min: 0, max: 400 }), share, (k, more, p) => {
        expect(lowerBeta(k, more + 1, p)).toBeCloseTo(upperTail(k, k + more, p), 9);
      }),
    );
  });
});

describe('the lower bound of a share', () => {
  test('by closed forms: none is 0, all of n is the n-th root of 5 %', () => {
    expect(shareLowerBound(0, 1000)).toBe(0);
    expect(shareLowerBound(10, 10)).toBeCloseTo(0.05 ** 0.1, 12);
    // One of n: 1 - (1 - p)^n = 5 %.
    expect(shareLowerBound(1, 200)).toBeCloseTo(1 - 0.95 ** (1 / 200), 12);
  });

  test('a known value: 4 of 20 (Newcombe 1998 gives the two-sided one at 90 %)', () => {
    expect(shareLowerBound(4, 20)).toBeCloseTo(0.0714, 4);
  });

  test('errs on the safe side: of a share at the limit at most 5 % are called above', () => {
    for (const trials of [50, 500, 20_000]) {
      const limit = 0.01;
      let hits = 0;
      while (shareLowerBound(hits, trials) <= limit) hits += 1;
      expect(lowerBeta(hits, trials - hits + 1, limit)).toBeLessThanOrEqual(0.05 + 1e-12);
      // And no fewer would do.
      expect(hits === 1 || lowerBeta(hits - 1, trials - hits + 2, limit) > 0.05).toBe(true);
    }
  });
});
