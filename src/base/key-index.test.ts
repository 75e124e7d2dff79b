import { expect, test } from 'vitest';
import { KeyIndex } from './key-index.ts';
import { encodeKey } from './keys.ts';

const keyOf = (i: number): string => `key ${i % 7 === 0 ? '' : 'of some length '}${i}`;

test('numbers keys in the order in which they come, equal ones alike', () => {
  const index = new KeyIndex();
  const count = 5000;
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < count; i += 1) {
      const key = encodeKey('text', keyOf(i));
      expect(index.numberOf(key, key.length)).toBe(i);
    }
  }
  expect(index.count).toBe(count);
});

test('gives back the bytes of keys in the order asked for, the empty one too', () => {
  const index = new KeyIndex();
  const texts = ['b', '', 'a', 'ab'];
  for (const text of texts) {
    const key = encodeKey('text', text);
    index.numberOf(key, key.length);
  }
  const { type, count, bytes, offsets } = index.packed('text', [3, 1, 0]);
  expect({ type, count }).toEqual({ type: 'text', count: 3 });
  const read = [0, 1, 2].map((i) => bytes.slice(offsets[i], offsets[i + 1]));
  expect(read.map((key) => new TextDecoder().decode(key))).toEqual(['ab', '', 'b']);
});

test('reads as many bytes as it is told', () => {
  const index = new KeyIndex();
  const scratch = Uint8Array.of(1, 2, 3, 4);
  expect(index.numberOf(scratch, 2)).toBe(0);
  expect(index.numberOf(scratch, 3)).toBe(1);
  expect(index.numberOf(Uint8Array.of(1, 2, 9), 2)).toBe(0);
});
