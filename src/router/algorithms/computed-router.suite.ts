import { describe, expect, it } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import type { RouterDefinition } from '../contract.ts';
import { buildFor, knownKeys, movedFraction, tenantTexts } from '../fixtures.suite.ts';

type BucketOf = (hi: number, lo: number, buckets: number) => number;

/** What a router promises that computes the bucket from the hash and the number of shards alone. */
export function computedRouterBehaves(definition: RouterDefinition, bucketOf: BucketOf): void {
  const { name } = definition;
  describe(`${name} as a computed router`, () => {
    it('only ever moves a key to the newest of 3,000 buckets', () => {
      const rng = rngFrom(7, `${name}/growth`);
      const strays: number[] = [];
      for (let key = 0; key < 200; key += 1) {
        const [hi, lo] = [rng.uint32(), rng.uint32()];
        let owner = 0;
        for (let buckets = 2; buckets <= 3000; buckets += 1) {
          const bucket = bucketOf(hi, lo, buckets);
          if (bucket !== owner && bucket !== buckets - 1) strays.push(buckets);
          owner = bucket;
        }
      }
      expect(strays).toEqual([]);
    });

    it.each([2, 3, 5, 7, 9, 24, 33, 100, 129, 1000])('of %i buckets is even', (buckets) => {
      const rng = rngFrom(7, `${name}/${buckets}`);
      const counts = Array.from({ length: buckets }, () => 0);
      for (let key = 0; key < 300_000; key += 1) {
        const bucket = bucketOf(rng.uint32(), rng.uint32(), buckets);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
      const even = counts.map(() => 1);
      expect(chiSquareTest(counts, even).p).toBeGreaterThan(1e-4);
    });

    it('reaches the last of 2^20 buckets', () => {
      const rng = rngFrom(7, `${name}/most`);
      const found = Array.from({ length: 2000 }, () =>
        bucketOf(rng.uint32(), rng.uint32(), 2 ** 20),
      );
      expect(Math.max(...found)).toBeGreaterThan(2 ** 20 * 0.99);
      expect(Math.max(...found)).toBeLessThan(2 ** 20);
    });

    it.each([
      [4, 5],
      [8, 16],
      [5, 8],
    ])('from %i to %i shards moves (M - N) / M of the keys', (from, to) => {
      const keys = knownKeys('text', tenantTexts(20_000));
      const moved = movedFraction(
        buildFor(definition, from, keys),
        buildFor(definition, to, keys),
        keys,
      );
      const due = (to - from) / to;
      // Four standard deviations of a binomial.
      expect(Math.abs(moved - due)).toBeLessThan(4 * Math.sqrt((due * (1 - due)) / 20_000));
    });
  });
}
