import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leastStandardError, pairedRatio, welchRatio } from './ratio-sample.ts';

describe('paired', () => {
  test('by hand: ratios 1, 2 and 4 have the geometric mean 2', () => {
    // Logarithms 0, ln 2, 2 ln 2: standard deviation ln 2, standard error ln 2 / sqrt(3).
    expect(pairedRatio([1, 3, 2], [1, 6, 8])).toEqual({
      ratio: expect.closeTo(2, 12),
      standardError: expect.closeTo(Math.LN2 / Math.sqrt(3), 12),
      df: 2,
      pairs: 3,
    });
  });

  test('what slows both sides of a pair down changes nothing', () => {
    const value = fc.double({ min: 0.1, max: 100, noNaN: true });
    const pairs = fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(pairs, (all) => {
        const alone = pairedRatio(
          all.map(([a]) => a),
          all.map(([, b]) => b),
        );
        const slowed = pairedRatio(
          all.map(([a, , by]) => a * by),
          all.map(([, b, by]) => b * by),
        );
        expect(slowed?.ratio).toBeCloseTo(alone?.ratio ?? NaN, 6);
        expect(slowed?.standardError).toBeCloseTo(alone?.standardError ?? NaN, 6);
      }),
    );
  });

  test('the sides change places: the ratio is turned over, its error stays', () => {
    const [a, b] = [
      [1.1, 0.9, 1.3],
      [1.2, 1.4, 1.1],
    ] as const;
    const [ahead, back] = [pairedRatio(a, b), pairedRatio(b, a)];
    expect((ahead?.ratio ?? 0) * (back?.ratio ?? 0)).toBeCloseTo(1, 12);
    expect(ahead?.standardError).toBeCloseTo(back?.standardError ?? NaN, 12);
  });

  test('pairs without any scatter are known no better than their histograms tell', () => {
    expect(pairedRatio([1, 1, 1], [1, 1, 1])).toEqual({
      ratio: 1,
      standardError: leastStandardError,
      df: 2,
      pairs: 3,
    });
    expect(leastStandardError).toBeCloseTo(0.000408, 6);
  });

  test('is not defined for one pair, or where a value is missing or 0', () => {
    expect(pairedRatio([1], [2])).toBeNull();
    expect(pairedRatio([], [])).toBeNull();
    expect(pairedRatio([1, 2, null], [1, 2, 3])).toBeNull();
    expect(pairedRatio([1, 2, 3], [1, 0, 3])).toBeNull();
    expect(pairedRatio([1, 2, 3], [1, -1, 3])).toBeNull();
    expect(pairedRatio([1, 2, NaN], [1, 1, 3])).toBeNull();
    expect(pairedRatio([1, 2, Infinity], [1, 1, 3])).toBeNull();
    expect(() => pairedRatio([1, 2], [1, 2, 3])).toThrow('pairs of 2 and 3 values');
  });
});

describe('unpaired', () => {
  test("as SciPy's ttest_ind(equal_var=False) of the logarithms has it", () => {
    const sample = welchRatio([1, 1.2, 0.9, 1.1], [1.5, 2.5, 1.8, 2.9, 2.2, 1.4]);
    expect(sample).toEqual({
      ratio: expect.closeTo(1.896726, 6),
      standardError: expect.closeTo(0.133221, 6),
      df: expect.closeTo(7.22126, 6),
      pairs: 4,
    });
  });

  test('with as much scatter and as many on both sides has all degrees of freedom', () => {
    expect(welchRatio([1, 2, 4], [10, 20, 40])?.df).toBeCloseTo(4, 10);
  });

  test('without scatter it is known no better than its histograms tell', () => {
    expect(welchRatio([1, 1], [2, 2, 2])).toEqual({
      ratio: 2,
      standardError: leastStandardError,
      df: 1,
      pairs: 2,
    });
  });

  test('is not defined for one value on a side, or where one is missing or 0', () => {
    expect(welchRatio([1], [2, 3])).toBeNull();
    expect(welchRatio([1, 2], [2])).toBeNull();
    expect(welchRatio([1, 0], [2, 3])).toBeNull();
    expect(welchRatio([1, null], [2, 3])).toBeNull();
  });
});
