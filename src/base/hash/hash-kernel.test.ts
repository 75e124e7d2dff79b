import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hash64, KeyHash } from './key-hash.ts';
import { keyHashes } from './key-hashes.ts';
import { hex64 } from './vectors.suite.ts';

const hashes = (['xxh64', 'murmur3-128', 'murmur3-32', 'fnv1a-64'] as const).map((name) => ({
  name,
  hash: keyHashes[name],
}));

function oneByOne(hash: KeyHash, first: number, keys: number) {
  const hi = new Uint32Array(keys);
  const lo = new Uint32Array(keys);
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  const out: Hash64 = { hi: 0, lo: 0 };
  for (let i = 0; i < keys; i += 1) {
    view.setUint32(0, first + i, true);
    hash.hash(bytes, 0, 8, out);
    hi[i] = out.hi;
    lo[i] = out.lo;
  }
  return { hi, lo };
}

function integersOf(hash: KeyHash, first: number, keys: number) {
  const words = { hi: new Uint32Array(keys), lo: new Uint32Array(keys) };
  hash.hashIntegers?.(first, keys, words.hi, words.lo);
  return words;
}

// Above 8,191 keys the kernel's memory is filled more than once; the last numbers have bit 31 set.
describe.each(hashes)('integers by the kernel are those of one call each: $name', ({ hash }) => {
  test.each([
    ['none', 0, 0],
    ['one', 42, 1],
    ['more than fit into its memory', 1_000_000, 20_001],
    ['the last of 32 bits', 2 ** 32 - 5000, 4999],
  ])('%s', (_, first, keys) => {
    expect(integersOf(hash, first, keys)).toEqual(oneByOne(hash, first, keys));
  });

  test('integers beyond 32 bits are a bug of the caller', () => {
    expect(() => integersOf(hash, 2 ** 32 - 1, 2)).toThrow('integers of 32 bits');
  });
});

/** The hash in four ways: short keys of a buffer often seen before or not, and at any offset. */
describe.each(hashes)('the way in which a key is read does not matter: $name', ({ hash }) => {
  const hashOf = (bytes: Uint8Array, start: number, end: number) => {
    const out: Hash64 = { hi: 0, lo: 0 };
    hash.hash(bytes, start, end, out);
    return hex64(out);
  };

  test('bytes of buffers of their own, of one buffer, and behind rubbish', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 89 + 7) & 0xff);
    const padded = new Uint8Array(new ArrayBuffer(300), 50, 240).fill(0xee);
    padded.set(bytes, 20);
    const alone: string[] = [];
    for (let length = 0; length <= 70; length += 1) {
      for (let start = 0; start < 9; start += 1) {
        const key = bytes.slice(start, start + length);
        alone.push(hashOf(key, 0, length));
      }
    }
    // Long enough in a row for a view of it to be made.
    for (const [buffer, offset] of [
      [bytes, 0],
      [padded, 20],
    ] as const) {
      const together: string[] = [];
      for (let length = 0; length <= 70; length += 1) {
        for (let start = 0; start < 9; start += 1) {
          together.push(hashOf(buffer, offset + start, offset + start + length));
        }
      }
      expect(together).toEqual(alone);
    }
  });

  test('keys longer than the memory, and short ones after them', () => {
    const property = fc.property(fc.integer({ min: 60_000, max: 300_000 }), (length) => {
      const bytes = new Uint8Array(length + 1).fill(1);
      const before = hashOf(bytes, 0, 12);
      const long = hashOf(bytes, 1, length + 1);
      expect(hashOf(bytes, 0, length)).toBe(long);
      expect(hashOf(bytes, 0, 12)).toBe(before);
    });
    fc.assert(property, { seed: 4, numRuns: 10 });
  });
});
