import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fnv1a32 } from './fnv1a-32.ts';
import { fnv1a64 } from './fnv1a-64.ts';
import type { KeyHash } from './key-hash.ts';
import { hex64, readVectors } from './vectors.suite.ts';

const repeated = z.object({ unit_hex: z.string(), times: z.int() });
const shape = z.object({
  vectors: z.array(
    z.object({
      hex: z.string().nullable(),
      repeat: repeated.nullable(),
      fnv1a_32: z.string(),
      fnv1a_64: z.string(),
    }),
  ),
});

function hashOf(hash: KeyHash, bytes: Uint8Array): string {
  const out = { hi: 0, lo: 0 };
  hash.hash(bytes, 0, bytes.length, out);
  return hex64(out);
}

describe('FNV-1a', () => {
  // From the test suite of the authors' reference, lcn2/fnv test_fnv.c.
  it.each([
    ['', '811c9dc5', 'cbf29ce484222325'],
    ['a', 'e40c292c', 'af63dc4c8601ec8c'],
    ['foobar', 'bf9cf968', '85944171f73967e8'],
  ])('of %j is %s and %s', (text, narrow, wide) => {
    const bytes = new TextEncoder().encode(text);
    expect(hashOf(fnv1a32, bytes)).toBe(`00000000${narrow}`);
    expect(hashOf(fnv1a64, bytes)).toBe(wide);
  });

  const file = readVectors('fnv.json', shape);
  it.skipIf(file === null)('agrees with every vector of lcn2/fnv', () => {
    for (const { hex, repeat, fnv1a_32, fnv1a_64 } of file?.vectors ?? []) {
      const text = repeat === null ? (hex ?? '') : repeat.unit_hex.repeat(repeat.times);
      const bytes = Buffer.from(text, 'hex');
      expect(hashOf(fnv1a32, bytes)).toBe(`00000000${fnv1a_32}`);
      expect(hashOf(fnv1a64, bytes)).toBe(fnv1a_64);
    }
  });
});
