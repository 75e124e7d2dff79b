import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slowSha64 } from '../../base/hash/slow-hashes.suite.ts';
import { capacitiesOf } from './bounded-placement.ts';
import { boundedRing } from './bounded-ring.ts';
import { ring } from './ring.ts';
import {
  buildFor,
  countsOf,
  keysOf,
  knownKeys,
  movedFraction,
  shardsOf,
  someKeys,
  tenantTexts,
} from '../fixtures.suite.ts';

interface Point {
  readonly at: bigint;
  readonly shard: number;
}

function slowPoints(shards: number): Point[] {
  const points: Point[] = [];
  for (let shard = 0; shard < shards; shard += 1) {
    for (let vnode = 0; vnode < 150; vnode += 1) {
      points.push({ at: slowSha64(`shard-${shard}:${vnode}`), shard });
    }
  }
  return points.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** The shards in the order in which the key comes past their points. */
function slowWay(points: readonly Point[], key: Uint8Array): number[] {
  const hash = slowSha64(key);
  const behind = points.filter(({ at }) => at >= hash);
  const before = points.filter(({ at }) => at < hash);
  return [...behind, ...before].map(({ shard }) => shard);
}

/** The first shard on each key's way that is not full, one key after another. */
function slowPlacement(ways: readonly number[][], shards: number, percent: number) {
  // A multiple of 1 / (100 n) rounded up, on whole numbers.
  const scaled = BigInt((100 + percent) * ways.length);
  const bound = Number((scaled + BigInt(100 * shards) - 1n) / BigInt(100 * shards));
  const loads = Array.from({ length: shards }, () => 0);
  const open = (shard: number): boolean => (loads[shard] ?? 0) < bound;
  const placed = ways.map((way) => {
    const shard = way.find(open) ?? -1;
    loads[shard] = (loads[shard] ?? 0) + 1;
    return shard;
  });
  return { placed, open };
}

const percents = fc.constantFrom(1, 5, 25, 100, 1000);

describe('bounded-ring', () => {
  it('agrees with an oracle, for known keys and others', () => {
    const shardCounts = fc.integer({ min: 1, max: 8 });
    const property = fc.property(
      someKeys('text', 1),
      someKeys('text', 1),
      shardCounts,
      percents,
      (keys, others, shards, parameter) => {
        const points = slowPoints(shards);
        const ways = keysOf(keys).map((key) => slowWay(points, key));
        const { placed, open } = slowPlacement(ways, shards, parameter);
        const router = buildFor(boundedRing, shards, keys, { hash: 'sha256', parameter });
        expect(shardsOf(router, keys)).toEqual(placed);
        const known = new Set(keysOf(keys).map(String));
        const elsewhere = keysOf(others).filter((key) => !known.has(String(key)));
        for (const key of elsewhere) {
          const way = slowWay(points, key);
          expect(router.route(key, 0, key.length)).toBe(way.find(open) ?? way[0]);
        }
      },
    );
    fc.assert(property, { seed: 46, numRuns: 30 });
  });

  it('never goes above ceil((1 + e) m / n), grown or shrunk', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 });
    const sizes = fc.integer({ min: 1, max: 400 });
    const property = fc.property(sizes, steps, percents, (count, path, parameter) => {
      const keys = knownKeys('text', tenantTexts(count));
      let router = null;
      for (const shards of path) {
        const previous = router === null ? {} : { previous: router };
        router = buildFor(boundedRing, shards, keys, { parameter, ...previous });
        const counts = countsOf(router, keys);
        const bound = Math.ceil(((100 + parameter) * count) / (100 * shards));
        expect(Math.max(...counts)).toBeLessThanOrEqual(bound);
        expect(counts.reduce((sum, each) => sum + each, 0)).toBe(count);
      }
    });
    fc.assert(property, { seed: 47, numRuns: 100 });
  });

  it('holds weighted shards below their part, and a shard without weight empty', () => {
    const keys = knownKeys('text', tenantTexts(10_000));
    const weights = [1, 2, 0, 5];
    const capacities = capacitiesOf(10_000, weights, 3);
    expect(capacities).toEqual([1288, 2575, 0, 6438]);
    const previous = buildFor(boundedRing, 4, keys, { parameter: 3 });
    for (const before of [{}, { previous }]) {
      const router = buildFor(boundedRing, 4, keys, { weights, parameter: 3, ...before });
      for (const [shard, count] of countsOf(router, keys).entries()) {
        expect(count).toBeLessThanOrEqual(capacities[shard] ?? 0);
      }
    }
  });

  it('is the ring where no bound is reached', () => {
    const keys = knownKeys('text', tenantTexts(2000));
    const router = buildFor(boundedRing, 8, keys, { parameter: 1000 });
    expect(shardsOf(router, keys)).toEqual(shardsOf(buildFor(ring, 8, keys), keys));
    const none = buildFor(boundedRing, 8, knownKeys('text', []));
    expect(shardsOf(none, keys)).toEqual(shardsOf(buildFor(ring, 8, keys), keys));
  });

  it('keeps every key in its place when nothing changes', () => {
    const keys = knownKeys('text', tenantTexts(2000));
    const previous = buildFor(boundedRing, 8, keys, { parameter: 1 });
    expect(
      movedFraction(previous, buildFor(boundedRing, 8, keys, { previous, parameter: 1 }), keys),
    )
      // Each shard holds what it may, so none has room for another's.
      .toBe(0);
  });

  it('moves little more than the least when it grows', () => {
    const keys = knownKeys('text', tenantTexts(5000));
    let grown = 0;
    let anew = 0;
    const salts = 10;
    for (let salt = 0; salt < salts; salt += 1) {
      const choice = { salt: `${salt}/`, parameter: 5 };
      const previous = buildFor(boundedRing, 8, keys, choice);
      const next = buildFor(boundedRing, 9, keys, { ...choice, previous });
      grown += movedFraction(previous, next, keys);
      anew += movedFraction(previous, buildFor(boundedRing, 9, keys, choice), keys);
      // What does not move to the new shard flees a bound that fell from 657 to 584.
      const before = shardsOf(previous, keys);
      const strays = shardsOf(next, keys).filter(
        (shard, key) => shard !== 8 && shard !== before[key],
      );
      expect(strays.length / keys.count).toBeLessThan(0.03);
    }
    // 1/9, the spread of a ring's share (CV 0.077) over ten salts, and the spill.
    expect(Math.abs(grown / salts - 1 / 9)).toBeLessThan(0.02);
    expect(grown).toBeLessThan(anew);
  });
});
