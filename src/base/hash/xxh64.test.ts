import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hex64, readVectors } from './vectors.suite.ts';
import { xxh64 } from './xxh64.ts';

const seeded = { seed: z.string(), hash: z.string() };
const shape = z.object({
  buffer: z.object({ first_32_bytes_hex: z.string() }),
  xxh64: z.array(z.object({ len: z.int(), ...seeded })),
  xxh64_strings: z.array(z.object({ input: z.string(), ...seeded })),
});

function hashOf(bytes: Uint8Array): string {
  const out = { hi: 0, lo: 0 };
  xxh64.hash(bytes, 0, bytes.length, out);
  return hex64(out);
}

/** The buffer of xxHash's own sanity check: the top bytes of a multiplicative generator. */
function sanityBuffer(length: number): Uint8Array {
  let state = 2654435761n;
  return Uint8Array.from({ length }, () => {
    const byte = Number(state >> 56n);
    state = (state * 11400714785074694797n) & 0xffff_ffff_ffff_ffffn;
    return byte;
  });
}

describe('XXH64', () => {
  // From Cyan4973/xxHash, cli/xsum_sanity_check.c, seed 0.
  it.each([
    [0, 'ef46db3751d8e999'],
    [1, 'e934a84adb052768'],
    [4, '9136a0dca57457ee'],
    [14, '8282dcc4994e35c8'],
    [222, 'b641ae8cb691c174'],
  ])('of %i bytes of the sanity buffer is %s', (length, expected) => {
    expect(hashOf(sanityBuffer(length))).toBe(expected);
  });

  // From cespare/xxhash, xxhash_test.go.
  it.each([
    ['a', 'd24ec4f1a98c6e5b'],
    ['as', '1c330fb2d66be179'],
  ])('of %j is %s', (text, expected) => {
    expect(hashOf(new TextEncoder().encode(text))).toBe(expected);
  });

  const file = readVectors('xxhash.json', shape);
  it.skipIf(file === null)('agrees with every vector of seed 0', () => {
    const first = Buffer.from(sanityBuffer(32)).toString('hex');
    expect(first).toBe(file?.buffer.first_32_bytes_hex);
    for (const { len, hash } of file?.xxh64.filter(({ seed }) => seed === '0') ?? []) {
      expect(hashOf(sanityBuffer(len))).toBe(hash);
    }
    for (const { input, hash } of file?.xxh64_strings.filter(({ seed }) => seed === '0') ?? []) {
      expect(hashOf(new TextEncoder().encode(input))).toBe(hash);
    }
  });
});
