import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { packKeys } from '../base/keys.ts';
import { rngFrom } from '../base/rng.ts';
import { quantile } from '../base/statistics/quantile.ts';
import { allSteps } from '../base/steps.ts';
import { bandSalt } from '../metrics/placement-band.ts';
import { buildRouter } from '../router/build-router.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { chosenSalt, valuesAhead } from './chosen-salt.ts';
import { addedByShard, drawFuture, type Drift, loadAfter } from './drifted-loads.ts';
import { drawLargest } from './drawn-largest.ts';

const topology = (shardCount: number) => {
  return { shardCount, weights: Array.from({ length: shardCount }, () => 1) };
};
const spec = { router: 'jump', parameter: null, hash: 'xxh64', salt: '' } as const;
const growing: Drift = { load: { value: 0.05, spread: 0.02 }, arrivals: 0.03 };
const still: Drift = { load: { value: 0.05, spread: 0 }, arrivals: 0 };

/** 500 values of a Zipf law, or even ones; others have other ids. */
function valuesOf(who: string, exponent = 0.9, count = 500): LoadedKeys {
  const sizes = Float64Array.from({ length: count }, (_, value) => (value + 1) ** -exponent);
  const all = sizes.reduce((sum, each) => sum + each, 0);
  const ids = Array.from({ length: count }, (_, value) => `${who}-${value}`);
  const weights = sizes.map((each) => each / all);
  return { ...packKeys('text', ids), rows: new Uint32Array(count).fill(1), weights, values: [] };
}

function ratioOf(known: LoadedKeys, salt: string, shards: number): number {
  const router = buildRouter({ ...spec, salt }, topology(shards), known.type, known);
  const load = new Float64Array(shards);
  for (let key = 0; key < known.count; key += 1) {
    const shard = router.route(known.bytes, known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0);
    load[shard] = (load[shard] ?? 0) + (known.weights[key] ?? 0);
  }
  return Math.max(...load) * shards;
}

function chosenOf(known: LoadedKeys, drift = growing, shardCount = 4) {
  const placing = { spec, topology: topology(shardCount), key: 0 };
  const [drawn] = allSteps(drawLargest([placing], [known], 300));
  const { load: largest } = present(drawn, 'placing');
  const ahead = valuesAhead(known, drift, 1);
  return chosenSalt({ spec, shardCount, largest, known, ahead, months: 18 });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

describe('the salt that is chosen', () => {
  const known = valuesOf('a');
  const chosen = present(chosenOf(known), 'a salt');

  test('places the values as is said of it, now and on twice as many shards', () => {
    const salt = bandSalt(chosen.index);
    expect(chosen.tried).toBe(300);
    expect(chosen.now.own).toBeCloseTo(ratioOf(known, salt, 4), 9);
    expect(chosen.doubled.own).toBeCloseTo(ratioOf(known, salt, 8), 9);
    const all = Array.from({ length: 300 }, (_, index) => ratioOf(known, bandSalt(index), 4));
    expect(chosen.now.median).toBeCloseTo(quantile(all, 0.5), 9);
    expect(chosen.now.own).toBeLessThan(quantile(all, 0.1));
  });

  test('loses its luck month by month, and the middle one has none to lose', () => {
    const [year, two] = chosen.after;
    expect(chosen.after.map(({ months }) => months)).toEqual([12, 24]);
    expect(year?.own.p50).toBeGreaterThan(chosen.now.own);
    expect(two?.own.p50).toBeGreaterThan(year?.own.p50 ?? Infinity);
    expect(Math.abs((two?.median ?? 0) / chosen.now.median - 1)).toBeLessThan(0.1);
    expect(Math.max(...chosen.largest) * 4).toBeGreaterThan(chosen.now.own);
  });

  test('keeps it where every value grows alike and none comes', () => {
    const kept = present(chosenOf(known, still), 'a salt');
    for (const { own } of kept.after) {
      expect(own.p5).toBeCloseTo(kept.now.own, 9);
      expect(own.p95).toBeCloseTo(kept.now.own, 9);
    }
    expect(Math.max(...kept.largest) * 4).toBeCloseTo(kept.now.own, 9);
  });

  test('is none where all are alike', () => {
    expect(chosenOf(valuesOf('a', 0, 40_000), growing, 2)).toBeNull();
  });
});

test('held-out tenants of the same sizes have none of the luck', () => {
  const asked = Array.from({ length: 12 }, (_, index) => {
    const chosen = present(chosenOf(valuesOf(`chosen-${index}`)), 'a salt');
    const other = ratioOf(valuesOf(`other-${index}`), bandSalt(chosen.index), 4);
    return { own: chosen.now.own / chosen.now.median, other: other / chosen.now.median };
  });
  expect(mean(asked.map(({ own }) => own))).toBeLessThan(0.9);
  // The mean of a placement is a little above its median.
  expect(mean(asked.map(({ other }) => other))).toBeGreaterThan(0.93);
});

test('shares are together 1, whatever grows and comes', () => {
  const drift = fc.record({
    load: fc.record({
      value: fc.double({ min: -0.1, max: 0.2, noNaN: true }),
      spread: fc.double({ min: 0, max: 0.1, noNaN: true }),
    }),
    arrivals: fc.double({ min: 0, max: 0.2, noNaN: true }),
  });
  const asked = fc.tuple(drift, fc.integer({ min: 0, max: 48 }), fc.integer({ min: 1, max: 16 }));
  fc.assert(
    fc.property(asked, ([own, months, shards]) => {
      const loads = valuesOf('a').weights;
      const future = drawFuture(loads.length, own, rngFrom(1, 'x'));
      const then = loadAfter(future, loads, months, own);
      const stay = then.loads.reduce((sum, each) => sum + each, 0);
      expect(stay + then.added).toBeCloseTo(1, 9);
      expect(then.added).toBeCloseTo(1 - (1 + own.arrivals) ** -months, 9);
      const by = addedByShard(future, then.loads, { count: 500, added: then.added, shards });
      expect(by.reduce((sum, each) => sum + each, 0)).toBeCloseTo(then.added, 9);
    }),
  );
});
