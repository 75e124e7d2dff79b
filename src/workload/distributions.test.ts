import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kolmogorovSmirnovTest } from '../testing/kolmogorov-smirnov.ts';
import { sum } from '../base/statistics/moments.ts';
import { tenantWeights } from './distributions.ts';
import { buildTenants } from './tenants.ts';
import { zipfWeights } from './zipf.ts';

const idType = 'text' as const;

describe('tenant weights', () => {
  test.each([
    // p1 of 10,000 tenants: the documentation's figures, 1 / (generalised harmonic number).
    [0.8, 0.0369],
    [0.99, 0.0978],
    [1, 0.1022],
    [1.2, 0.208],
  ])('zipf %f: the largest of 10,000 tenants has %f', (exponent, p1) => {
    expect(zipfWeights(10_000, exponent)[0]).toBeCloseTo(p1, 3);
  });

  test('zipf 1 by harmonic numbers: H(100) = 5.187377517639621 (OEIS A001008/A002805)', () => {
    const weights = zipfWeights(100, 1);
    expect(weights[0]).toBeCloseTo(1 / 5.187377517639621, 14);
    expect(weights[9]).toBeCloseTo(0.1 / 5.187377517639621, 14);
  });

  test('zipf 0 is uniform', () => {
    expect(zipfWeights(8, 0)).toEqual(new Float64Array(8).fill(0.125));
    expect(tenantWeights({ distribution: 'uniform', count: 8, idType })).toEqual(zipfWeights(8, 0));
  });

  test('every distribution adds up to 1 and falls', () => {
    const count = fc.integer({ min: 1, max: 500 });
    const parameter = fc.double({ min: 0.1, max: 4, noNaN: true });
    fc.assert(
      fc.property(count, parameter, (n, x) => {
        for (const weights of [
          tenantWeights({ distribution: 'zipf', exponent: x, count: n, idType }),
          tenantWeights({ distribution: 'pareto', shape: x, count: n, idType }),
          tenantWeights({ distribution: 'lognormal', sigma: x, count: n, idType }),
        ]) {
          expect(sum(weights)).toBeCloseTo(1, 12);
          expect(weights.every((w, i) => w > 0 && w <= (weights[i - 1] ?? 1))).toBe(true);
        }
      }),
    );
  });

  test('pareto whose largest size no number holds: the shares are those of the sizes', () => {
    // 1 / (sum of (2i + 1)^-100): the second tenant has 3^-100 of the first one's.
    const weights = tenantWeights({ distribution: 'pareto', shape: 0.01, count: 1000, idType });
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(3 ** -100, 60);
    for (const shape of [1e-300, 5e-324, 0.001]) {
      expect(tenantWeights({ distribution: 'pareto', shape, count: 3, idType })[0]).toBe(1);
    }
  });

  test('pareto: the sizes follow P(size > x) = x^-shape', () => {
    const weights = tenantWeights({ distribution: 'pareto', shape: 1.16, count: 2000, idType });
    // The median size is 2^(1/shape); it sets the scale that normalising took away.
    const scale = 2 ** (1 / 1.16) / Math.sqrt((weights[999] ?? 0) * (weights[1000] ?? 0));
    const sizes = weights.map((w) => w * scale);
    expect(kolmogorovSmirnovTest(sizes, (x) => 1 - x ** -1.16).distance).toBeLessThan(1e-3);
  });

  test('lognormal: one sigma around the median holds 68.27 % of the tenants', () => {
    const weights = tenantWeights({ distribution: 'lognormal', sigma: 1.5, count: 9999, idType });
    const middle = weights[4999] ?? 0;
    const within = weights.filter((w) => Math.abs(Math.log(w / middle)) < 1.5).length;
    expect(within / 9999).toBeCloseTo(0.6827, 3);
  });

  test('hotspot: one hot tenant has its fraction, the others the rest evenly', () => {
    const weights = tenantWeights({
      distribution: 'hotspot',
      hotFraction: 0.3,
      hot: 1,
      count: 71,
      idType,
    });
    expect(weights[0]).toBeCloseTo(0.3, 14);
    expect(weights[1]).toBeCloseTo(0.01, 14);
    expect(weights[70]).toBe(weights[1]);
  });

  test('hotspot with every tenant hot is uniform', () => {
    const weights = tenantWeights({
      distribution: 'hotspot',
      hotFraction: 0.9,
      hot: 4,
      count: 4,
      idType,
    });
    expect([...weights]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });
});

describe('tenants by their largest and quantiles', () => {
  const weightsOf = (count: number, top: readonly number[], quantiles: readonly number[] | null) =>
    tenantWeights({
      distribution: 'listed',
      count,
      top,
      quantiles,
      topBytes: null,
      bytesQuantiles: null,
      idType,
    });

  test('the largest are exact, the others lie on the straight lines between quantiles', () => {
    // Of 1 to 5 in equal steps, which are 15 together, the others have 60 %.
    const weights = weightsOf(7, [0.3, 0.1], [1, 3, 5]);
    expect([...weights.subarray(0, 2)]).toEqual([0.3, 0.1]);
    for (const [i, expected] of [5, 4, 3, 2, 1].entries()) {
      expect(weights[i + 2]).toBeCloseTo((0.6 * expected) / 15, 14);
    }
    expect([...weightsOf(3, [0.5], null)]).toEqual([0.5, 0.25, 0.25]);
  });

  test('any table adds up to 1, in falling order among the others', () => {
    const top = fc
      .array(fc.double({ min: 1e-6, max: 0.1, noNaN: true }), { minLength: 1, maxLength: 9 })
      .map((shares) => shares.toSorted((a, b) => b - a));
    const quantiles = fc
      .array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 2, maxLength: 40 })
      .map((values) => [...values, 1e12].toSorted((a, b) => a - b));
    fc.assert(
      fc.property(top, quantiles, fc.integer({ min: 0, max: 500 }), (first, table, others) => {
        const weights = weightsOf(first.length + others, first, table);
        expect(sum(weights)).toBeCloseTo(1, 12);
        // Where there are no others, the first have all.
        expect([...weights.subarray(0, others > 0 ? first.length : 0)]).toEqual(
          others > 0 ? first : [],
        );
        const rest = weights.subarray(first.length);
        expect(rest.every((w, i) => w >= 0 && w <= (rest[i - 1] ?? 1))).toBe(true);
      }),
    );
  });

  test('bytes have a table of their own, for the same tenants', () => {
    const source = {
      distribution: 'listed',
      count: 4,
      top: [0.5, 0.3],
      quantiles: null,
      topBytes: [0.1, 0.6],
      bytesQuantiles: [0, 1],
      idType,
    } as const;
    expect([...buildTenants(source, 1, null).bytes].map((share) => share.toFixed(6))).toEqual([
      '0.100000',
      '0.600000',
      '0.300000',
      '0.000000',
    ]);
    const likeLoad = buildTenants({ ...source, topBytes: null, bytesQuantiles: null }, 1, null);
    expect(likeLoad.bytes).toEqual(likeLoad.weights);
  });
});
