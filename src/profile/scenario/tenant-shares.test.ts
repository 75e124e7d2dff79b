import { describe, expect, test } from 'vitest';
import { sum } from '../../base/statistics/moments.ts';
import { zipfWeights } from '../../workload/zipf.ts';
import { listedWeights } from '../../workload/listed-weights.ts';
import type { KeyLoad, KeyValues } from '../evidence.ts';
import { squares } from './discounted-shares.ts';
import { fewerTenants, tenantsYaml } from './draft-tenants.ts';
import { listedShares } from './listed-shares.ts';
import { tenantShares } from './tenant-shares.ts';

/** Rows of tenants by Zipf, as a source that has counted them shows them. */
function countedRows(tenants: number, exponent: number, rows: number): KeyValues {
  const shares = zipfWeights(tenants, exponent);
  const ascending = shares.toReversed();
  return {
    key: 'shop',
    table: 'orders',
    basis: 'exact',
    rows,
    looked: rows,
    distinct: tenants,
    distinctDoubtful: false,
    nullFraction: 0,
    top: [...shares.subarray(0, 1000)].map((share, i) => ({ value: `s${i}`, share })),
    sumOfSquares: squares(shares),
    rowsPerValue: Array.from(
      { length: 101 },
      (_, i) => (ascending[Math.round((i / 100) * (tenants - 1))] ?? 0) * rows,
    ),
    physicalCorrelation: null,
    monotonic: null,
  };
}

const seen = (shares: Float64Array): Float64Array => {
  const { top, quantiles } = listedShares(shares);
  return listedWeights(shares.length, top, quantiles);
};

describe('shares of tenants', () => {
  test.each([
    [500, 0.8],
    [5000, 0.8],
    [50_000, 0.99],
    [1000, 0],
  ])('of %i by Zipf %f come back from rows that were counted', (tenants, exponent) => {
    const { load, basis } = tenantShares(
      { load: [], values: [countedRows(tenants, exponent, 1_000_000)] },
      'shop',
      tenants,
    );
    const truth = zipfWeights(tenants, exponent);
    const read = seen(load);
    expect(basis).toBe('rows');
    expect(sum(read)).toBeCloseTo(1, 9);
    for (const end of [1, 10, Math.ceil(tenants / 100)]) {
      expect(sum(read.subarray(0, end))).toBeCloseTo(sum(truth.subarray(0, end)), 2);
    }
    expect(squares(read) / squares(truth)).toBeCloseTo(1, 1);
  });

  test('take few numbers where few say it', () => {
    const { top, quantiles } = listedShares(zipfWeights(5000, 0.8));
    expect(top.length).toBeLessThanOrEqual(200);
    expect(quantiles?.length ?? 0).toBeLessThanOrEqual(101);
    expect(listedShares(new Float64Array(1000).fill(0.001)).quantiles).toBeNull();
  });

  test('an observed load comes before what transactions left, and that before rows', () => {
    const load = (basis: KeyLoad['basis'], counts: readonly number[]): KeyLoad => {
      const counted = sum(counts);
      return {
        key: 'shop',
        basis,
        counted,
        distinct: counts.length,
        top: counts.map((count, i) => ({ value: `s${i}`, count, error: 0, overTime: [] })),
        pairs: sum(counts.map((count) => count * (count - 1))),
        countsPerValue: [],
        transactions: null,
        distinctOverTime: [],
      };
    };
    const values = [countedRows(10, 0, 1000)];
    const written = load('written', [500, 300, 200]);
    const observed = load('observed', [900, 50, 50]);
    const basisOf = (loads: readonly KeyLoad[]) =>
      tenantShares({ load: loads, values }, 'shop', 10).basis;
    expect(basisOf([written, observed])).toBe('observed');
    expect(basisOf([written])).toBe('written');
    expect(basisOf([load('observed', [5, 3])])).toBe('rows');
    const { load: shares, bytes } = tenantShares({ load: [observed], values }, 'shop', 10);
    expect(shares[0]).toBeCloseTo(0.9, 2);
    expect(sum(bytes ?? [])).toBeCloseTo(1, 9);
    expect(bytes?.[0]).toBeCloseTo(0.1, 2);
  });

  test('few of many tenants are written with shares that do not rise', () => {
    const counts = Float64Array.from({ length: 500 }, (_, i) => 1 / (i + 10));
    const all = counts.map((count) => count / sum(counts));
    const shares = {
      load: all,
      bytes: null,
      counted: 5000,
      isSample: true,
      seen: 500,
      table: null,
    };
    const text = tenantsYaml({ ...shares, basis: 'observed' }, 'int8', 100).join(' ');
    const top = [...(/top: \[([^\]]*)\]/.exec(text)?.[1]?.matchAll(/[\d.]+/g) ?? [])].map(Number);
    expect(top.length).toBeGreaterThan(4);
    expect(top).toEqual(top.toSorted((a, b) => b - a));
  });

  test('fewer tenants are as uneven: the largest keep their shares', () => {
    const all = zipfWeights(100_000, 0.8);
    const fewer = fewerTenants(all, 10_000);
    expect(fewer).toHaveLength(10_000);
    expect(sum(fewer)).toBeCloseTo(1, 9);
    expect([...fewer.subarray(0, 100)]).toEqual([...all.subarray(0, 100)]);
    expect(squares(fewer) / squares(all)).toBeLessThan(1.15);
  });
});
