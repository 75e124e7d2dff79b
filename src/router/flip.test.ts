import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../base/hash/vectors.suite.ts';
import { computedRouterBehaves } from './computed-router.suite.ts';
import { type Draw, murmurDraw } from './draw.ts';
import { flip, flipBucket } from './flip.ts';
import { fnvOfBytes, fnvOfWords, utf8 } from './reference-hashes.suite.ts';

/** The authors' engine hashes leading zeros, of 64 bits for flips and of 32 for draws. */
const authorsDraw: Draw = (hi, lo, step, below) => {
  const [attempt, bits] = [step >>> 5, step & 31];
  const hash =
    attempt === 0 ? fnvOfWords(hi, lo, 63 - bits) : fnvOfWords(hi, lo, 32 - bits, attempt);
  return Number(hash & BigInt(below - 1));
};

function bucketOf(key: string, buckets: number): number {
  const { hi, lo } = fnvOfBytes(utf8(key));
  return flipBucket(hi, lo, buckets, authorsDraw);
}

const shape = z.object({ buckets_by_n: z.record(z.string(), z.array(z.int())) });

describe('flip', () => {
  // Outputs of FlipEngine (SUPSI-DTI-ISIN/java-consistent-hashing-algorithms, commit 68803f8) with
  // FNV-1a-64, for key-0, key-1, ...
  it.each([
    [2, [1, 0, 1, 0, 1, 0]],
    [5, [1, 2, 3, 0, 1, 3]],
    [10, [9, 7, 3, 0, 5, 3]],
    [33, [28, 7, 18, 0, 5, 30]],
    [1000, [102, 542, 219, 921, 944, 410]],
  ])('of %i buckets agrees with the Java engine', (buckets, expected) => {
    expect(expected.map((_, key) => bucketOf(`key-${key}`, buckets))).toEqual(expected);
  });

  const file = readVectors('flip-supsi.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    const rows = Object.entries(file?.buckets_by_n ?? {});
    expect(rows.length).toBe(11);
    for (const [buckets, expected] of rows) {
      expect(expected.length).toBe(60);
      expect(expected.map((_, key) => bucketOf(`key-${key}`, Number(buckets)))).toEqual(expected);
    }
  });
});

computedRouterBehaves(flip, (hi, lo, buckets) => flipBucket(hi, lo, buckets, murmurDraw));
