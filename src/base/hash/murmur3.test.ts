import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { KeyHash } from './key-hash.ts';
import { murmur3x32 } from './murmur3-32.ts';
import { murmur3x128 } from './murmur3-128.ts';
import { hex64, readVectors } from './vectors.suite.ts';

const shape = z.object({
  spaolacci: z.array(
    z.object({
      seed: z.int(),
      x86_32: z.string(),
      x64_128_h1: z.string(),
      input_utf8: z.string(),
    }),
  ),
  guava_x64_128: z.array(z.object({ input: z.string(), seed: z.int(), h1: z.string() })),
  guava_x86_32_int32_le_bytes: z.array(z.object({ int32: z.int(), i32: z.int() })),
});

function hashOf(hash: KeyHash, bytes: Uint8Array): string {
  const out = { hi: 0, lo: 0 };
  hash.hash(bytes, 0, bytes.length, out);
  return hex64(out);
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('Murmur3', () => {
  // From spaolacci/murmur3, murmur_test.go, whose figures are those of the C++ original.
  it.each([
    ['', '00000000', '0000000000000000'],
    ['hello', '248bfa47', 'cbd8a7b341bd9b02'],
    ['hello, world', '149bbb7f', '342fac623a5ebc8e'],
    ['19 Jan 2038 at 3:14:07 AM', 'e31e8a70', 'b89e5988b737affc'],
    ['The quick brown fox jumps over the lazy dog.', 'd5c48bfc', 'cd99481f9ee902c9'],
  ])('of %j is %s and %s', (text, narrow, wide) => {
    expect(hashOf(murmur3x32, utf8(text))).toBe(`00000000${narrow}`);
    expect(hashOf(murmur3x128, utf8(text))).toBe(wide);
  });

  const file = readVectors('murmur3.json', shape);
  it.skipIf(file === null)('agrees with every vector of seed 0', () => {
    const unseeded = file?.spaolacci.filter(({ seed }) => seed === 0) ?? [];
    expect(unseeded.length).toBeGreaterThan(0);
    for (const { input_utf8, x86_32, x64_128_h1 } of unseeded) {
      expect(`0x${hashOf(murmur3x32, utf8(input_utf8)).slice(8)}`).toBe(x86_32);
      expect(`0x${hashOf(murmur3x128, utf8(input_utf8))}`).toBe(x64_128_h1);
    }
    for (const { input, h1 } of file?.guava_x64_128.filter(({ seed }) => seed === 0) ?? []) {
      expect(`0x${hashOf(murmur3x128, utf8(input))}`).toBe(h1);
    }
    for (const { int32, i32 } of file?.guava_x86_32_int32_le_bytes ?? []) {
      const bytes = new Uint8Array(Int32Array.of(int32).buffer);
      expect(Number.parseInt(hashOf(murmur3x32, bytes), 16) | 0).toBe(i32);
    }
  });
});
