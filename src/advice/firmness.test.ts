import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { worded } from '../wording/worded.ts';
import { decide } from './advice.ts';
import { candidateOf, settingAt } from './advice-fixture.ts';
import { firmness, resamples } from './firmness.ts';
import type { MeasuredCandidate, Setting } from './candidate-figures.ts';
import { resampled, weighedMost, withHeaviest } from './other-weights.ts';
import { Reweighing } from './reweighed.ts';

const even = Array.from({ length: 500 }, () => 1 / 500);
const firmnessOf = (candidates: readonly MeasuredCandidate[], setting: Setting) =>
  firmness(decide({ candidates, refused: [], setting }), 42, 0.04);

describe('how firm', () => {
  const shards = [4, 8, 16].map((count) => candidateOf({ shards: count, heaviest: even }));

  test('equal tenants are the same however they are drawn anew', () => {
    const found = firmnessOf(shards, settingAt(1000));
    expect(found).toMatchObject({ share: 1, resamples });
    expect(found.kept).toContain('largest-value-doubled');
  });

  test('the load at which the answer changes is the one of the closed form', () => {
    const { firstChange, flips } = firmnessOf(shards, settingAt(1000));
    // 8 shards are enough for 18 months up to 8 x 600 x 0.7 / 1.05^18 operations a second.
    const most = (8 * 600 * 0.7) / 1.05 ** 18;
    expect(firstChange).toMatchObject({
      code: 'advice-first-change',
      names: { what: 'load-more', kind: 'shard', strategy: 'tenant/jump' },
    });
    expect(firstChange.numbers['qps']).toBeCloseTo(most, -1);
    expect(flips.map(({ change }) => change)).toContain('load-doubled');
    expect(worded(firstChange).text).toMatch(/^The answer changes first if /);
  });

  test('an instance that has room stays, and its seed decides', () => {
    const found = firmnessOf(shards, settingAt(100));
    expect(found).toMatchObject({ share: 1, kept: expect.arrayContaining(['load-doubled']) });
    expect(firmnessOf(shards, settingAt(100))).toEqual(found);
  });

  test('a tenant that nearly fills a shard is what changes it first', () => {
    const heavy = withHeaviest(Float64Array.from(even), 71);
    const hot = [4, 8].map((count) => candidateOf({ shards: count, heaviest: [...heavy] }));
    const { flips, firstChange } = firmnessOf(hot, settingAt(1000));
    expect(flips).toContainEqual({
      change: 'largest-value-doubled',
      kind: 'shard',
      strategy: 'tenant/jump',
      shardCount: 4,
      instead: null,
    });
    expect(firstChange.names).toMatchObject({ what: 'heaviest-more' });
    // 71 f / (71 f + 499) = 1.05 / 8
    expect(firstChange.numbers['factor']).toBeCloseTo(1.062, 2);
    expect(firstChange.numbers['largestFraction']).toBeCloseTo(1.05 / 8, 3);
  });
});

describe('other weights', () => {
  test('are shares, the heaviest first', () => {
    const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(weights, fc.integer(), (some, seed) => {
        const all = some.reduce((sum, each) => sum + each, 0);
        const shares = Float64Array.from(some, (each) => each / all)
          .toSorted()
          .toReversed();
        const drawn = resampled(shares, rngFrom(seed >>> 0, 'x'));
        expect(drawn.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
        expect([...drawn]).toEqual([...drawn].toSorted((a, b) => b - a));
      }),
    );
  });

  test('of many values are those that drawing each of them has', () => {
    // Zipf 0.8 over values on either side of what is drawn one by one.
    const zipf = (count: number): Float64Array => {
      const sizes = Float64Array.from({ length: count }, (_, value) => (value + 1) ** -0.8);
      const all = sizes.reduce((sum, each) => sum + each, 0);
      return sizes.map((each) => each / all);
    };
    const moments = (count: number) => {
      const rng = rngFrom(1, 'x');
      const draws = Array.from({ length: 400 }, () => resampled(zipf(count), rng));
      const of = (part: (drawn: Float64Array) => number) => {
        const all = draws.map(part);
        const mean = all.reduce((sum, each) => sum + each, 0) / all.length;
        return [mean, Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length)];
      };
      return {
        first: of((drawn) => drawn[0] ?? 0),
        head: of((drawn) => drawn.slice(0, 1000).reduce((sum, each) => sum + each, 0)),
        count: draws[0]?.length,
      };
    };
    const [each, limit] = [moments(20_000), moments(20_001)];
    expect(each.count).toBe(weighedMost);
    expect(limit.count).toBe(weighedMost);
    for (const part of ['first', 'head'] as const) {
      expect((limit[part][0] ?? 0) / (each[part][0] ?? 1)).toBeCloseTo(1, 1);
      expect(Math.abs((limit[part][1] ?? 0) / (each[part][1] ?? 1) - 1)).toBeLessThan(0.2);
    }
  });

  test('the same ones leave a candidate as it is', () => {
    const ratios = Array.from({ length: 20 }, (_, index) => 1.1 + index / 100);
    const candidate = candidateOf({ shards: 8, heaviest: even, over: 'salts', ratios });
    const model = new Reweighing(rngFrom(1, 'x'));
    const again = model.with(candidate, candidate.key.heaviest);
    expect(Math.max(...again.placed.largest)).toBeCloseTo(1.29 / 8, 2);
    expect(Math.min(...again.placed.largest)).toBeCloseTo(1.1 / 8, 2);
  });

  test('a value of half of the load fills its shard, whatever the router', () => {
    const model = new Reweighing(rngFrom(1, 'x'));
    const half = withHeaviest(Float64Array.from(even), 499);
    const table = model.with(candidateOf({ shards: 8, heaviest: even }), half);
    expect(table.placed.largest[0]).toBeCloseTo(0.5, 6);
  });
});
