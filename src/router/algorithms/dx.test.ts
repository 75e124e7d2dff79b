import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { dx, dxBucket } from './dx.ts';
import { buildFor, knownKeys, shardsOf, tenantTexts } from '../fixtures.suite.ts';
import { fnvOfBytes, javaRandomDraw, utf8 } from './reference-hashes.suite.ts';
import { removals, replay } from './removal-vectors.suite.ts';

/** The authors' engine: which buckets work, and in which order they went. */
class DxEngine {
  readonly works: Uint8Array;
  readonly #removed: number[] = [];

  constructor(size: number, capacity: number) {
    this.works = new Uint8Array(capacity).fill(1, 0, size);
  }

  remove(bucket: number): void {
    this.works[bucket] = 0;
    this.#removed.push(bucket);
  }

  add(): number {
    const bucket = this.#removed.pop() ?? this.works.indexOf(0);
    this.works[bucket] = 1;
    return bucket;
  }

  bucketsOf(keys: number): number[] {
    return Array.from({ length: keys }, (_, key) => {
      const { hi, lo } = fnvOfBytes(utf8(`key-${key}`));
      return dxBucket(this.works, hi, lo, javaRandomDraw());
    });
  }
}

const shape = z.object({
  removals: z.array(removals.extend({ size: z.int(), capacity: z.int() })),
});

describe('dx', () => {
  it("agrees with the authors' Java", () => {
    // Outputs of DxEngine (SUPSI-DTI-ISIN/java-consistent-hashing-algorithms, commit 68803f8) with
    // FNV-1a-64 and java.util.Random: 10 of 20 buckets work.
    const engine = new DxEngine(10, 20);
    expect(engine.bucketsOf(10)).toEqual([2, 0, 7, 1, 3, 1, 3, 3, 0, 7]);
    engine.remove(3);
    expect(engine.bucketsOf(10)).toEqual([2, 0, 7, 1, 4, 1, 5, 6, 0, 7]);
    engine.remove(8);
    engine.remove(0);
    expect(engine.bucketsOf(10)).toEqual([2, 5, 7, 1, 4, 1, 5, 6, 6, 7]);
  });

  const file = readVectors('dx-supsi.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    expect(file?.removals.length).toBe(4);
    for (const each of file?.removals ?? []) {
      const engine = new DxEngine(each.size, each.capacity);
      replay(engine, () => engine.bucketsOf(60), each);
    }
  });

  it('does not care in which order shards went', () => {
    const keys = knownKeys('text', tenantTexts(500));
    const all = buildFor(dx, 6, keys);
    const firstOne = buildFor(dx, 6, keys, { previous: all, weights: [1, 0, 1, 1, 1, 1] });
    const firstFour = buildFor(dx, 6, keys, { previous: all, weights: [1, 1, 1, 1, 0, 1] });
    const weights = [1, 0, 1, 1, 0, 1];
    const direct = shardsOf(buildFor(dx, 6, keys, { weights }), keys);
    for (const previous of [firstOne, firstFour]) {
      expect(shardsOf(buildFor(dx, 6, keys, { previous, weights }), keys)).toEqual(direct);
    }
  });

  it('has room for its capacity and no more, and says what to do', () => {
    const keys = knownKeys('text', tenantTexts(50));
    const full = buildFor(dx, 6, keys, { parameter: 6 });
    expect(new Set(shardsOf(full, keys)).size).toBe(6);
    expect(() => buildFor(dx, 7, keys, { parameter: 6 })).toThrow('dx:6 has no room for 7 shards');
    expect(() => buildFor(dx, 6, keys, { parameter: 8, previous: full })).toThrow('capacity');
  });

  it('warns of a capacity that makes routing slow', () => {
    const keys = knownKeys('text', []);
    expect(buildFor(dx, 4, keys, { parameter: 65_536 }).warnings).toEqual([
      expect.stringContaining('dx:65536 with 4 shards draws 16384 numbers for each key'),
    ]);
    expect(buildFor(dx, 1, keys).warnings).toEqual([]);
  });
});
