import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { anchor } from './anchor.ts';
import { AnchorBuckets } from './anchor-buckets.ts';
import { type Draw, murmurDraw } from '../draw.ts';
import { buildFor, knownKeys, shardsOf, tenantTexts } from '../fixtures.suite.ts';
import { anchorDraw } from './reference-hashes.suite.ts';
import { removals, replay } from './removal-vectors.suite.ts';

/** Buckets of keys 0, 1, ... with the authors' hash: ComputeBucket(i x 0x9E37..., i). */
function bucketsOf(buckets: AnchorBuckets, keys: number): number[] {
  return Array.from({ length: keys }, (_, key) => {
    const key1 = BigInt.asUintN(64, BigInt(key) * 0x9e37_79b9_7f4a_7c15n);
    return buckets.bucketOf(0, 0, anchorDraw(key1, BigInt(key)));
  });
}

const shape = z.object({
  cases: z.array(removals.extend({ anchor: z.int(), working: z.int() })),
});

describe('anchor', () => {
  it("agrees with the authors' C++", () => {
    // Outputs of AnchorHashQre (anchorhash/cpp-anchorhash, commit 3ef98f0): 10 of 20 buckets work.
    const buckets = AnchorBuckets.of(20, 10);
    expect(bucketsOf(buckets, 10)).toEqual([0, 9, 4, 1, 7, 9, 8, 1, 5, 5]);
    buckets.remove(3);
    buckets.remove(8);
    expect(bucketsOf(buckets, 10)).toEqual([0, 9, 4, 1, 7, 9, 7, 1, 5, 5]);
    buckets.remove(0);
    expect(bucketsOf(buckets, 10)).toEqual([7, 9, 4, 1, 7, 9, 7, 1, 5, 5]);
    expect([buckets.add(), buckets.add()]).toEqual([0, 8]);
    expect(bucketsOf(buckets, 10)).toEqual([0, 9, 4, 1, 7, 9, 8, 1, 5, 5]);
  });

  const file = readVectors('anchor-cpp.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    expect(file?.cases.length).toBe(4);
    for (const each of file?.cases ?? []) {
      const buckets = AnchorBuckets.of(each.anchor, each.working);
      replay(buckets, () => bucketsOf(buckets, 60), each);
    }
  });

  it('takes 1 + ln(capacity / working) draws on average', () => {
    let draws = 0;
    const counting: Draw = (...of) => {
      draws += 1;
      return murmurDraw(...of);
    };
    const buckets = AnchorBuckets.of(1024, 16);
    for (let key = 0; key < 20_000; key += 1) buckets.bucketOf(0, key, counting);
    // Theirs is a geometric-like count of mean 5.16 and deviation about 2: 0.06 is four errors.
    expect(Math.abs(draws / 20_000 - (1 + Math.log(1024 / 16)))).toBeLessThan(0.06);
  });

  it('has room for its capacity and no more, and says what to do', () => {
    const keys = knownKeys('text', tenantTexts(50));
    const full = buildFor(anchor, 6, keys, { parameter: 6 });
    expect(new Set(shardsOf(full, keys)).size).toBe(6);
    expect(() => buildFor(anchor, 7, keys, { parameter: 6, previous: full })).toThrow(
      'anchor:6 has no room for 7 shards',
    );
    expect(() => buildFor(anchor, 1025, keys)).toThrow('anchor:1024 has no room for 1025 shards');
  });

  it('never grows from another capacity', () => {
    const keys = knownKeys('text', tenantTexts(5));
    const previous = buildFor(anchor, 3, keys, { parameter: 8 });
    expect(() => buildFor(anchor, 4, keys, { parameter: 16, previous })).toThrow('own kind');
  });
});
