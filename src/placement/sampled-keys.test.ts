import { expect, test } from 'vitest';
import { decodeKey, packKeys } from '../base/keys.ts';
import { sampledAmounts } from './sampled-keys.ts';

const texts = Array.from({ length: 1000 }, (_, i) => 'x'.repeat(i % 7) + i);
const numbers = Float64Array.from({ length: 1000 }, (_, i) => i);
const all = { keys: packKeys('text', texts), rows: numbers, bytes: numbers, load: numbers };

test('evenly spread keys, each still with what it stands for', () => {
  const { keys, rows, bytes, load } = sampledAmounts(all, 300);
  expect(keys.count).toBe(300);
  const found = Array.from({ length: 300 }, (_, i) =>
    decodeKey('text', keys.bytes, keys.offsets[i] ?? 0, keys.offsets[i + 1] ?? 0),
  );
  expect(found).toEqual(Array.from(rows, (row) => texts[row]));
  expect(new Set(found).size).toBe(300);
  expect([bytes, load]).toEqual([rows, rows]);
  expect([rows[0], rows[150], rows[299]]).toEqual([0, 500, 996]);
});

test('few keys are all taken', () => {
  expect(sampledAmounts(all, 1000)).toBe(all);
});
