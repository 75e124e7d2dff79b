import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashBytesExtended, hashWordExtended, noSeed, type Seed64 } from './lookup3.ts';
import { readVectors } from './vectors.suite.ts';

const partitionSeed: Seed64 = { hi: 0x7a5b2236, lo: 0x7996dcfd };
const shape = z.object({
  text: z.array(
    z.object({
      key: z.string(),
      hashtext: z.string(),
      hashtextextended_seed0: z.string(),
      hashtextextended_partition_seed: z.string(),
    }),
  ),
});

const out = { hi: 0, lo: 0 };
/** As SQL prints it: signed. */
function hashOf(bytes: Uint8Array, seed: Seed64, start = 0, end = bytes.length): string {
  hashBytesExtended(bytes, start, end, seed, out);
  return String(BigInt.asIntN(64, (BigInt(out.hi) << 32n) | BigInt(out.lo)));
}

describe('hash_bytes_extended', () => {
  // What PostgreSQL 18 says: hashtextextended(key, 0) and with the seed of partitions.
  it.each([
    ['', '-6939563903564495251', '-5700645584453517373'],
    ['a', '3591986179850072241', '-6705225459120232837'],
    ['0123456789ab', '-300982144080685429', '-5633321544240525495'],
    ['Zoë', '4022497667079498591', '-283647318626596909'],
  ])('of %j is %s, with a seed %s', (text, plain, seeded) => {
    const bytes = new TextEncoder().encode(text);
    expect(hashOf(bytes, noSeed)).toBe(plain);
    expect(hashOf(bytes, partitionSeed)).toBe(seeded);
  });

  const file = readVectors('postgres-hash-partition.json', shape);
  it.skipIf(file === null)('agrees with every text vector, and its low word with hashtext', () => {
    for (const row of file?.text ?? []) {
      const bytes = new TextEncoder().encode(row.key);
      expect(hashOf(bytes, noSeed)).toBe(row.hashtextextended_seed0);
      expect(String(out.lo | 0)).toBe(row.hashtext);
      expect(hashOf(bytes, partitionSeed)).toBe(row.hashtextextended_partition_seed);
    }
  });

  it('reads its part of a buffer only, whatever lies around it', () => {
    for (let length = 0; length <= 40; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 73 + length) & 0xff);
      const wide = new Uint8Array(length + 17).fill(0xa5);
      wide.set(bytes, 5);
      expect(hashOf(wide, noSeed, 5, 5 + length)).toBe(hashOf(bytes, noSeed));
    }
  });
});

it('hash_bytes_uint32_extended is hash_bytes_extended of the word, little-endian', () => {
  for (const word of [0, 1, -1, 0x12345678, -0x7fffffff]) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(word);
    const expected = hashOf(bytes, partitionSeed);
    hashWordExtended(word, partitionSeed, out);
    expect(String(BigInt.asIntN(64, (BigInt(out.hi) << 32n) | BigInt(out.lo)))).toBe(expected);
  }
});
