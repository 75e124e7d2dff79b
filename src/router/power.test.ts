import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../base/hash/vectors.suite.ts';
import { computedRouterBehaves } from './computed-router.suite.ts';
import { type Draw, murmurDraw } from './draw.ts';
import { power, powerBucket } from './power.ts';
import { fnvOfBytes, fnvOfWords, utf8 } from './reference-hashes.suite.ts';

/** The authors' inner hash: of the key's hash and the highest one. */
const authorsDraw: Draw = (hi, lo, top, below) =>
  Number(fnvOfWords(hi, lo, top) & BigInt(below - 1));

function bucketOf(key: string, buckets: number): number {
  const { hi, lo } = fnvOfBytes(utf8(key));
  return powerBucket(hi, lo, buckets, authorsDraw);
}

const shape = z.object({ buckets_by_n: z.record(z.string(), z.array(z.int())) });

describe('power', () => {
  // Outputs of PowerEngine (SUPSI-DTI-ISIN/java-consistent-hashing-algorithms, commit 68803f8) with
  // FNV-1a-64, for key-0, key-1, ...
  it.each([
    [2, [1, 0, 1, 0, 1, 0]],
    [5, [1, 2, 2, 0, 1, 3]],
    [10, [9, 6, 2, 0, 7, 3]],
    [33, [20, 6, 32, 0, 7, 29]],
    [1000, [116, 872, 128, 893, 833, 276]],
  ])('of %i buckets agrees with the Java engine', (buckets, expected) => {
    expect(expected.map((_, key) => bucketOf(`key-${key}`, buckets))).toEqual(expected);
  });

  const file = readVectors('power-supsi.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    const rows = Object.entries(file?.buckets_by_n ?? {});
    expect(rows.length).toBe(11);
    for (const [buckets, expected] of rows) {
      expect(expected.length).toBe(60);
      expect(expected.map((_, key) => bucketOf(`key-${key}`, Number(buckets)))).toEqual(expected);
    }
  });
});

computedRouterBehaves(power, (hi, lo, buckets) => powerBucket(hi, lo, buckets, murmurDraw));
