import { describe, expect, it } from 'vitest';
import { keyHash } from '../base/hash/key-hashes.ts';
import type { KeyHashName } from '../base/hash/key-hash.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { jump } from './algorithms/jump.ts';
import { mod } from './algorithms/mod.ts';
import { ring } from './algorithms/ring.ts';
import { ringPoints } from './algorithms/ring-points.ts';
import { sharesOf } from './algorithms/ring-shares.ts';
import { slotQuotas } from './algorithms/slot-table.ts';
import { slots } from './algorithms/slots.ts';
import { buildFor, countsOf, knownKeys, tenantTexts } from './fixtures.suite.ts';

const goodHashes: readonly KeyHashName[] = ['murmur3-128', 'xxh64', 'md5', 'sha256'];
const fnv: readonly KeyHashName[] = ['fnv1a-32', 'fnv1a-64'];
const shards = 8;
const keys = knownKeys('text', tenantTexts(20_000));
const even = Array.from({ length: shards }, () => 1);

const maxOverMean = (counts: readonly number[]): number =>
  (Math.max(...counts) * counts.length) / keys.count;

/** Shares that the ring's points give each shard: keys must follow these, uneven as they are. */
function ringShares(hash: KeyHashName): Float64Array {
  const points = ringPoints(
    keyHash(hash),
    '',
    even.map(() => 150),
  );
  return sharesOf(points, shards, keyHash(hash).bits);
}

describe.each(goodHashes)('20,000 sequential tenants with %s', (hash) => {
  it('are spread by mod and jump as evenly as balls in bins', () => {
    for (const router of [mod, jump]) {
      const counts = countsOf(buildFor(router, shards, keys, { hash }), keys);
      expect(chiSquareTest(counts, even).p).toBeGreaterThan(1e-4);
    }
  });

  it('are spread by slots in proportion to the slots of each shard', () => {
    const counts = countsOf(buildFor(slots, shards, keys, { hash, parameter: 100 }), keys);
    expect(chiSquareTest(counts, slotQuotas(100, even)).p).toBeGreaterThan(1e-4);
  });

  it('are spread by ring in proportion to the arcs of each shard', () => {
    const counts = countsOf(buildFor(ring, shards, keys, { hash }), keys);
    expect(chiSquareTest(counts, ringShares(hash)).p).toBeGreaterThan(1e-4);
    // Arcs with a CV of 7.6 %: the fullest of 8 is within four of them.
    expect(maxOverMean(counts)).toBeLessThan(1.31);
  });
});

describe.each(fnv)('20,000 sequential tenants with %s', (hash) => {
  it('are spread by mod more evenly than chance: FNV-1a counts, it does not mix', () => {
    const counts = countsOf(buildFor(mod, shards, keys, { hash }), keys);
    expect(chiSquareTest(counts, even).statistic).toBeLessThan(0.1);
  });
});

it('records the excess of FNV-1a on a ring: max/mean 3.04 and 1.41 on 8 shards', () => {
  const wide = countsOf(buildFor(ring, shards, keys, { hash: 'fnv1a-64' }), keys);
  expect(maxOverMean(wide)).toBeCloseTo(3.04, 2);
  const narrow = countsOf(buildFor(ring, shards, keys, { hash: 'fnv1a-32' }), keys);
  expect(maxOverMean(narrow)).toBeCloseTo(1.41, 2);
});
