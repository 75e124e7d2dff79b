import { expect, it } from 'vitest';
import type { KeyHash } from '../../base/hash/key-hash.ts';
import { keyHash } from '../../base/hash/key-hashes.ts';
import { knownKeys } from './checked-router.ts';
import { rememberedHash } from './remembered-hash.ts';

it('hashes as the hash does, the keys where they lie only once', () => {
  let calls = 0;
  const xxh64 = keyHash('xxh64');
  const counted: KeyHash = {
    ...xxh64,
    hash: (...args) => {
      calls += 1;
      xxh64.hash(...args);
    },
  };
  const keys = knownKeys('text', ['', 'a', 'tenant-1', 'Zoë']);
  const remembered = rememberedHash(counted, keys);
  const expectSame = (bytes: Uint8Array, start: number, end: number): void => {
    const [found, due] = [
      { hi: 0, lo: 0 },
      { hi: 0, lo: 0 },
    ];
    remembered.hash(bytes, start, end, found);
    xxh64.hash(bytes, start, end, due);
    expect(found).toEqual(due);
  };
  for (let key = 1; key < keys.count; key += 1) {
    expectSame(keys.bytes, keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0);
  }
  expect(calls).toBe(keys.count);
  // No key of these, or another buffer.
  expectSame(keys.bytes, 0, 0);
  expectSame(keys.bytes, 1, 3);
  expectSame(keys.bytes.slice(), 0, 1);
  expectSame(keys.bytes, 0, keys.bytes.length);
  expect(calls).toBe(keys.count + 4);
});
