import { describe, expect, it } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { authorsRehash, binomial, binomialBucket, mixedRehash } from './binomial.ts';
import { computedRouterBehaves } from './computed-router.suite.ts';
import { agreesWithJavaEngine } from './java-engine.suite.ts';

/** Each bucket's share when an attempt fails with the chance of a place that no bucket holds. */
function sharesDue(buckets: number): number[] {
  const enclosing = 2 ** Math.ceil(Math.log2(buckets));
  const invalid = (enclosing - buckets) / enclosing;
  let upper = 0;
  for (let attempt = 0; attempt < 5; attempt += 1) upper += invalid ** attempt / enclosing;
  const minor = enclosing / 2;
  const lower = (1 - (buckets - minor) * upper) / minor;
  return Array.from({ length: buckets }, (_, bucket) => (bucket < minor ? lower : upper));
}

describe('binomial', () => {
  agreesWithJavaEngine((hi, lo, buckets) => binomialBucket(hi, lo, buckets, authorsRehash), {
    published: [
      [2, [1, 0, 1, 0, 1, 0]],
      [5, [1, 4, 2, 0, 1, 3]],
      [10, [9, 7, 2, 0, 6, 3]],
      [33, [31, 7, 32, 0, 32, 24]],
      [1000, [98, 913, 168, 960, 620, 451]],
    ],
    file: 'binomial-supsi.json',
    rowsInFile: 11,
  });

  it.each([5, 9, 17, 100, 1000])('of %i buckets has the shares that five attempts leave', (n) => {
    const rng = rngFrom(7, `binomial/${n}`);
    const counts = Array.from({ length: n }, () => 0);
    for (let key = 0; key < 1_000_000; key += 1) {
      const bucket = binomialBucket(rng.uint32(), rng.uint32(), n, mixedRehash);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    const due = sharesDue(n);
    expect(chiSquareTest(counts, due).p).toBeGreaterThan(1e-4);
    // The newest shards lack at most 1 key in 32.
    expect(Math.min(...due) * n).toBeGreaterThan(1 - 1 / 32);
  });

  it("records the excess of the authors' inner hash: 4 % at 5 shards", () => {
    const rng = rngFrom(7, 'binomial/authors');
    const counts = [0, 0, 0, 0, 0];
    for (let key = 0; key < 1_000_000; key += 1) {
      const bucket = binomialBucket(rng.uint32(), rng.uint32(), 5, authorsRehash);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    expect((counts[2] ?? 0) / 200_000).toBeCloseTo(0.96, 2);
    expect((counts[3] ?? 0) / 200_000).toBeCloseTo(1.04, 2);
  });

  it('with the inner hash of the authors only ever moves keys to the newest of 2,000', () => {
    const rng = rngFrom(7, 'binomial/growth');
    const strays: number[] = [];
    for (let key = 0; key < 100; key += 1) {
      const [hi, lo] = [rng.uint32(), rng.uint32()];
      let owner = 0;
      for (let buckets = 2; buckets <= 2000; buckets += 1) {
        const bucket = binomialBucket(hi, lo, buckets, authorsRehash);
        if (bucket !== owner && bucket !== buckets - 1) strays.push(buckets);
        owner = bucket;
      }
    }
    expect(strays).toEqual([]);
  });
});

computedRouterBehaves(binomial, (hi, lo, n) => binomialBucket(hi, lo, n, mixedRehash));
