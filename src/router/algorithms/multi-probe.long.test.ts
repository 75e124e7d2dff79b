import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slowSha64, slowSplitMix64 } from '../../base/hash/slow-hashes.suite.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { multiProbe } from './multi-probe.ts';
import { probedPoints, probedShares } from './multi-probe-shares.suite.ts';
import {
  buildFor,
  countsOf,
  keysOf,
  knownKeys,
  movedFraction,
  someKeys,
  shardsOf,
  tenantTexts,
} from '../fixtures.suite.ts';

const two64 = 2n ** 64n;

function slowShard(key: Uint8Array, weights: readonly number[], probes: number, salt: string) {
  const points = weights.flatMap((weight, shard) =>
    Array.from({ length: weight }, (_, vnode) => ({
      shard,
      at: slowSplitMix64(slowSha64(`${salt}shard-${shard}:${vnode}`), 1),
    })),
  );
  let best = { shard: -1, far: two64 };
  for (let probe = 1; probe <= probes; probe += 1) {
    const from = slowSplitMix64(slowSha64(key), probe);
    // The next point alone would do: none behind it is closer.
    for (const { shard, at } of points) {
      const far = (at - from + two64) % two64;
      if (far < best.far) best = { shard, far };
    }
  }
  return best.shard;
}

const even = (shards: number): number[] => Array.from({ length: shards }, () => 1);

describe('multi-probe', () => {
  it('agrees with an oracle', () => {
    const weighted = fc.array(fc.constantFrom(0, 1, 1, 2), { minLength: 1, maxLength: 12 });
    const some = weighted.filter((weights) => weights.some((weight) => weight > 0));
    const salts = fc.constantFrom('', 'a', 'Zoë/');
    const probes = fc.constantFrom(1, 2, 5, 21);
    const property = fc.property(
      someKeys('text', 1),
      some,
      probes,
      salts,
      (keys, weights, parameter, salt) => {
        const expected = keysOf(keys).map((key) => slowShard(key, weights, parameter, salt));
        const choice = { hash: 'sha256' as const, weights, parameter, salt };
        expect(shardsOf(buildFor(multiProbe, weights.length, keys, choice), keys)).toEqual(
          expected,
        );
      },
    );
    fc.assert(property, { seed: 45, numRuns: 60 });
  });

  it.each([
    [2, 21],
    [8, 21],
    [8, 2],
    [100, 5],
  ])('gives %i shards the shares that %i probes are due in closed form', (shards, parameter) => {
    const keys = knownKeys('text', tenantTexts(100_000));
    const counts = countsOf(buildFor(multiProbe, shards, keys, { parameter }), keys);
    const due = probedShares(probedPoints('', even(shards)), shards, parameter);
    expect(due.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(chiSquareTest(counts, due).p).toBeGreaterThan(1e-4);
  });

  // Appleton & O'Reilly 2015: the fullest of many shards has K / (K - 1) of the mean, so that 21
  // probes give 1.05. The CV 1 / sqrt(2 K - 1) follows from exponential arcs.
  it.each([
    [2, 2],
    [5, 1.25],
    [21, 1.05],
  ])('with %i probes fills no shard beyond %d of the mean', (probes, published) => {
    const shards = 1000;
    const salts = 10;
    let peaks = 0;
    let squares = 0;
    for (let salt = 0; salt < salts; salt += 1) {
      const shares = probedShares(probedPoints(`${salt}/`, even(shards)), shards, probes);
      peaks += Math.max(...shares) * shards;
      squares += shares.reduce((sum, share) => sum + (share * shards - 1) ** 2, 0) / shards;
    }
    expect(Math.abs(peaks / salts / published - 1)).toBeLessThan(0.02);
    expect(Math.sqrt((squares / salts) * (2 * probes - 1))).toBeCloseTo(1, 1);
  });

  it('is as even with FNV-1a as with any hash', () => {
    const keys = knownKeys('text', tenantTexts(10_000));
    for (const hash of ['fnv1a-32', 'fnv1a-64', 'murmur3-32', 'md5'] as const) {
      const fullest = Array.from({ length: 10 }, (_, salt) => {
        const router = buildFor(multiProbe, 16, keys, { hash, salt: `${salt}/` });
        return (Math.max(...countsOf(router, keys)) * 16) / keys.count;
      });
      const mean = fullest.reduce((sum, each) => sum + each, 0) / fullest.length;
      // 1.05 to 1.07 by the shares, and the fullest of 16 by chance: sqrt(2 ln 16 / 625) = 0.09.
      expect(mean).toBeGreaterThan(1.03);
      expect(mean).toBeLessThan(1.16);
    }
  });

  it('moves (M - N) / M of the keys on average over salts', () => {
    const keys = knownKeys('text', tenantTexts(1000));
    let moved = 0;
    for (let salt = 0; salt < 100; salt += 1) {
      const choice = { salt: `${salt}/` };
      const [few, many] = [4, 5].map((shards) => buildFor(multiProbe, shards, keys, choice));
      if (few !== undefined && many !== undefined) moved += movedFraction(few, many, keys);
    }
    // A share CV of at most 0.16 and 1,000 keys: the mean of 100 has a deviation below 0.004.
    expect(Math.abs(moved / 100 - 0.2)).toBeLessThan(0.016);
  });

  it('says so where weights are no whole numbers, and honours equal ones', () => {
    const keys = knownKeys('text', tenantTexts(500));
    const rounded = buildFor(multiProbe, 3, keys, { weights: [0.2, 1.4, 2.6] });
    expect(rounded.warnings).toEqual([
      expect.stringContaining('weights 0.2, 1.4, 2.6 count as 1, 1, 3'),
    ]);
    const plain = buildFor(multiProbe, 3, keys);
    for (const weights of [
      [1, 2, 5],
      [0.5, 0.5, 0.5],
      [1, 0, 1],
    ]) {
      expect(buildFor(multiProbe, 3, keys, { weights }).warnings).toEqual([]);
    }
    const halves = buildFor(multiProbe, 3, keys, { weights: [0.5, 0.5, 0.5] });
    expect(shardsOf(halves, keys)).toEqual(shardsOf(plain, keys));
  });
});
