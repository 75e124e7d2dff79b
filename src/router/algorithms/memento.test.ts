import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import type { Draw } from '../draw.ts';
import { buildFor, knownKeys, shardsOf, tenantTexts } from '../fixtures.suite.ts';
import { jump } from './jump.ts';
import { memento } from './memento.ts';
import { MementoBuckets } from './memento-buckets.ts';
import { fnvOfBytes, fnvSeeded, utf8 } from './reference-hashes.suite.ts';
import { removals, replay } from './removal-vectors.suite.ts';

/** |FNV-1a-64 of the text and the bucket| modulo the replacement, as Java's long has it. */
const authorsDraw =
  (text: string): Draw =>
  (_hi, _lo, bucket, below) => {
    const hash = BigInt.asIntN(64, fnvSeeded(text, bucket));
    return Number((hash < 0n ? -hash : hash) % BigInt(below));
  };

function bucketsOf(buckets: MementoBuckets, keys: number): number[] {
  return Array.from({ length: keys }, (_, key) => {
    const { hi, lo } = fnvOfBytes(utf8(`key-${key}`));
    return buckets.bucketOf(hi, lo, authorsDraw(`key-${key}`));
  });
}

const shape = z.object({
  buckets_by_n: z.record(z.string(), z.array(z.int())),
  removals: z.array(removals.extend({ size: z.int() })),
});

describe('memento', () => {
  it("agrees with the authors' Java", () => {
    // Outputs of MementoEngine (SUPSI-DTI-ISIN/java-consistent-hashing-algorithms, commit 68803f8)
    // with FNV-1a-64.
    const buckets = MementoBuckets.of(10);
    expect(bucketsOf(buckets, 10)).toEqual([1, 1, 6, 6, 5, 9, 4, 0, 4, 8]);
    buckets.remove(3);
    buckets.remove(8);
    expect(bucketsOf(buckets, 10)).toEqual([1, 1, 6, 6, 5, 9, 4, 0, 4, 6]);
    buckets.remove(0);
    expect(bucketsOf(buckets, 10)).toEqual([1, 1, 6, 6, 5, 9, 4, 2, 4, 6]);
    expect([buckets.add(), buckets.add()]).toEqual([0, 8]);
    expect(bucketsOf(buckets, 10)).toEqual([1, 1, 6, 6, 5, 9, 4, 0, 4, 8]);
  });

  const file = readVectors('memento-supsi.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    const rows = Object.entries(file?.buckets_by_n ?? {});
    expect(rows.length).toBe(11);
    for (const [n, expected] of rows) {
      expect(bucketsOf(MementoBuckets.of(Number(n)), 60)).toEqual(expected);
    }
    expect(file?.removals.length).toBe(3);
    for (const each of file?.removals ?? []) {
      const buckets = MementoBuckets.of(each.size);
      replay(buckets, () => bucketsOf(buckets, 60), each);
    }
  });

  it('places as jump does while only the last shard comes and goes', () => {
    const keys = knownKeys('text', tenantTexts(1000));
    let previous = buildFor(memento, 9, keys);
    for (const shards of [12, 7, 8, 20]) {
      previous = buildFor(memento, shards, keys, { previous });
      expect(shardsOf(previous, keys)).toEqual(shardsOf(buildFor(jump, shards, keys), keys));
    }
  });
});
