import { expect, test } from 'vitest';
import type { Hash64 } from './key-hash.ts';
import { xxh64 } from './xxh64.ts';
import { xxh64Integers } from './xxh64-integers.ts';

function oneByOne(first: number, keys: number): { hi: Uint32Array; lo: Uint32Array } {
  const hi = new Uint32Array(keys);
  const lo = new Uint32Array(keys);
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  const out: Hash64 = { hi: 0, lo: 0 };
  for (let i = 0; i < keys; i += 1) {
    view.setUint32(0, first + i, true);
    xxh64.hash(bytes, 0, 8, out);
    hi[i] = out.hi;
    lo[i] = out.lo;
  }
  return { hi, lo };
}

// Above 8,192 keys the kernel's memory is filled more than once; the last numbers have bit 31 set.
test.each([
  ['none', 0, 0],
  ['one', 42, 1],
  ['more than fit into its memory', 1_000_000, 20_001],
  ['the last of 32 bits', 2 ** 32 - 5000, 4999],
])('the kernel hashes as xxh64 does: %s', (_, first, keys) => {
  const hi = new Uint32Array(keys);
  const lo = new Uint32Array(keys);
  xxh64Integers(first, keys, hi, lo);
  expect({ hi, lo }).toEqual(oneByOne(first, keys));
});

test('integers beyond 32 bits are a bug of the caller', () => {
  expect(() => xxh64Integers(2 ** 32 - 1, 2, new Uint32Array(2), new Uint32Array(2))).toThrow(
    'integers of 32 bits',
  );
});
