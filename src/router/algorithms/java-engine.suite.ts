import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { fnvOfBytes, utf8 } from './reference-hashes.suite.ts';

const shape = z.object({ buckets_by_n: z.record(z.string(), z.array(z.int())) });

interface EngineVectors {
  /** For key-0, key-1, ... with FNV-1a-64: the buckets that the engine gives of so many. */
  readonly published: readonly (readonly [buckets: number, expected: readonly number[]])[];
  readonly file: string;
  readonly rowsInFile: number;
}

/**
 * Outputs of an engine of SUPSI-DTI-ISIN/java-consistent-hashing-algorithms (commit 68803f8), which
 * hashes keys with FNV-1a-64.
 */
export function agreesWithJavaEngine(
  bucketOfHash: (hi: number, lo: number, buckets: number) => number,
  { published, file, rowsInFile }: EngineVectors,
): void {
  const bucketOf = (key: number, buckets: number): number => {
    const { hi, lo } = fnvOfBytes(utf8(`key-${key}`));
    return bucketOfHash(hi, lo, buckets);
  };
  describe('with the hashes of the Java engine', () => {
    it.each(published)('of %i buckets agrees with it', (buckets, expected) => {
      expect(expected.map((_, key) => bucketOf(key, buckets))).toEqual(expected);
    });

    const vectors = readVectors(file, shape);
    it.skipIf(vectors === null)('agrees with every vector', () => {
      const rows = Object.entries(vectors?.buckets_by_n ?? {});
      expect(rows.length).toBe(rowsInFile);
      for (const [buckets, expected] of rows) {
        expect(expected.length).toBe(60);
        expect(expected.map((_, key) => bucketOf(key, Number(buckets)))).toEqual(expected);
      }
    });
  });
}
