import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { mean } from '../base/statistics/moments.ts';
import { idealBand, idealMaxOverMean, maxOverMean, spread, tenantFloor } from './imbalance.ts';
import { placementBand } from './placement-band.ts';

describe('spread', () => {
  test('by hand: 30, 10, 10, 10 of mean 15', () => {
    // sd = sqrt((225 + 3 x 25) / 4) = 8.66; gini = (3 x 30 + (1 - 1 - 3) x 10) / (4 x 60) = 0.25.
    const result = spread([30, 10, 10, 10]);
    expect(result.maxOverMean).toBe(2);
    expect(result.cv).toBeCloseTo(Math.sqrt(75) / 15, 12);
    expect(result.gini).toBeCloseTo(0.25, 12);
  });

  test('equal shards, one shard, and nothing', () => {
    expect(spread([5, 5, 5])).toEqual({ maxOverMean: 1, cv: 0, gini: 0 });
    expect(spread([7])).toEqual({ maxOverMean: 1, cv: 0, gini: 0 });
    expect(spread([0, 0])).toEqual({ maxOverMean: null, cv: null, gini: null });
    expect(spread([])).toEqual({ maxOverMean: null, cv: null, gini: null });
  });
});

/** max/mean of `keys` equal keys dropped at random, one for each repeat. */
function placements(shards: number, keys: number, repeats: number): number[] {
  const rng = rngFrom(11, `placements/${shards}`);
  return Array.from({ length: repeats }, () => {
    const load = new Float64Array(shards);
    for (let i = 0; i < keys; i += 1) {
      const shard = Math.floor(rng.double() * shards);
      load[shard] = (load[shard] ?? 0) + 1;
    }
    return maxOverMean(load);
  });
}

describe('ideal', () => {
  test.each([
    // E of 4, 8, 16: the documentation's 1.03, 1.42, 1.77 (Tippett 1925), Blom within 0.02.
    [4, 1.03],
    [8, 1.42],
    [16, 1.77],
  ])('%i shards at 1 key a shard: 1 + %f', (shards, expected) => {
    const ideal = idealMaxOverMean(shards, shards * 100) ?? 0;
    expect(Math.abs((ideal - 1) * 10 - expected)).toBeLessThan(0.021);
  });

  test.each([4, 16])('is what random placement on %i shards shows', (shards) => {
    const shown = mean(placements(shards, shards * 100, 400));
    expect(Math.abs(shown - (idealMaxOverMean(shards, shards * 100) ?? 0))).toBeLessThan(0.03);
  });

  test('99 % of random placements lie in the 99 % band', () => {
    const band = idealBand(8, 8000, 0.99);
    const inside = placements(8, 8000, 300).filter(
      (ratio) => ratio >= (band?.low ?? Infinity) && ratio <= (band?.high ?? 0),
    );
    // 297 are expected at least; 5 fewer is three standard deviations.
    expect(inside.length).toBeGreaterThan(291);
    expect(band?.high).toBeLessThan(1.15);
  });

  test('one shard is even; no keys show nothing; never above the shard count', () => {
    expect(idealMaxOverMean(1, 0)).toBe(1);
    expect(idealMaxOverMean(4, 0)).toBeNull();
    expect(idealMaxOverMean(2, 0.01)).toBe(2);
    expect(idealMaxOverMean(64, 1)).toBeLessThanOrEqual(64);
    expect(idealBand(1, 5, 0.99)).toEqual({ low: 1, high: 1 });
    expect(idealBand(4, 0, 0.99)).toBeNull();
  });
});

describe('tenant floor', () => {
  test('one tenant with 30 % at 4 shards: 1.2', () => {
    const loads = [30, ...Array.from({ length: 70 }, () => 1)];
    expect(tenantFloor(loads, 4)).toBeCloseTo(1.2, 12);
  });

  test('two of the N + 1 largest share a shard: 5 equal ones on 4 shards', () => {
    expect(tenantFloor([1, 1, 1, 1, 1], 4)).toBeCloseTo(1.6, 12);
  });

  test('an even load has none', () => {
    expect(tenantFloor(new Float64Array(1000).fill(1), 4)).toBe(1);
  });

  test('load that falls on every shard dampens it', () => {
    // 30 of 100 keyed on one of 4 shards, and 25 more on each: (30 + 25) / (25 + 25).
    expect(tenantFloor([30, ...new Float64Array(70).fill(1)], 4, 25)).toBeCloseTo(1.1, 12);
    expect(tenantFloor([], 4, 10)).toBe(1);
    expect(tenantFloor([], 4)).toBeNull();
    expect(tenantFloor([0, 0], 4)).toBeNull();
  });

  test('no placement whatever is below it', () => {
    const loads = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 3 }), (values, shards) => {
        const descending = values.toSorted((a, b) => b - a);
        const floor = tenantFloor(descending, shards) ?? 0;
        // Every placement, as digits of a number in base `shards`.
        for (let code = 0; code < shards ** values.length; code += 1) {
          const load = new Float64Array(shards);
          descending.forEach((value, i) => {
            const shard = Math.floor(code / shards ** i) % shards;
            load[shard] = (load[shard] ?? 0) + value;
          });
          expect(maxOverMean(load)).toBeGreaterThanOrEqual(floor - 1e-9);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('placement band', () => {
  test('gives every salt once, and quantiles of what came out', () => {
    const salts = new Set<string>();
    let next = 0;
    const band = placementBand(
      101,
      (salt, out) => {
        salts.add(salt);
        // max/mean of (1 + x, 1 - x) is 1 + x; x runs from 0 to 1.
        out[0] = 1 + next / 100;
        out[1] = 1 - next / 100;
        next += 1;
      },
      2,
    );
    expect(salts.size).toBe(101);
    expect(band?.p5).toBeCloseTo(1.05, 12);
    expect(band?.p50).toBeCloseTo(1.5, 12);
    expect(band?.p95).toBeCloseTo(1.95, 12);
    expect(band?.salts).toBe(101);
  });

  test('no load has no band', () => {
    expect(placementBand(10, () => undefined, 4)).toBeNull();
  });
});
