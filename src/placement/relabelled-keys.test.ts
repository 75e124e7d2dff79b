import { describe, expect, test } from 'vitest';
import { encodeCompositeKey } from '../base/composite-keys.ts';
import { packKeys, type PackedKeys } from '../base/keys.ts';
import { relabelledKeys } from './relabelled-keys.ts';

const keyAt = ({ bytes, offsets }: PackedKeys, key: number): Uint8Array =>
  bytes.slice(offsets[key], offsets[key + 1]);

const keysOf = (keys: PackedKeys): string[] =>
  Array.from({ length: keys.count }, (_, key) => Buffer.from(keyAt(keys, key)).toString('hex'));

const uuids = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const composites = ['a', 'b'].map((text) => encodeCompositeKey([{ type: 'text', text }]));
const packed: readonly PackedKeys[] = [
  packKeys('text', ['', 'a', 'Zoë', 'a much longer key than the others']),
  packKeys('int8', ['0', '-1', '9223372036854775807']),
  packKeys('uuid', uuids),
  {
    type: 'composite',
    count: 2,
    bytes: Uint8Array.from(Buffer.concat(composites)),
    offsets: Uint32Array.of(0, 6, 12),
  },
];

describe.each(packed.map((keys) => [keys.type, keys] as const))('%s', (_, keys) => {
  test('as many distinct keys, none of them an old one, the same every time', () => {
    const other = relabelledKeys(keys, 3);
    expect(other).toMatchObject({ type: keys.type, count: keys.count });
    expect(other.offsets[keys.count]).toBe(other.bytes.length);
    const all = [...keysOf(keys), ...keysOf(other), ...keysOf(relabelledKeys(keys, 4))];
    expect(new Set(all).size).toBe(3 * keys.count);
    expect(relabelledKeys(keys, 3)).toEqual(other);
  });
});

const decoded = (key: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(key);

test('text becomes other text, without the braces that some systems look for', () => {
  const other = relabelledKeys(packKeys('text', ['Zoë', '{tag}a']), 0);
  for (const key of [0, 1]) expect(decoded(keyAt(other, key))).toMatch(/^[\da-f]{16}$/);
});

test('a composite key gets a column more', () => {
  const other = relabelledKeys(packed[3] ?? packKeys('text', []), 0);
  const key = keyAt(other, 1);
  const text = decoded(key.slice(-16));
  const parts = ['b', text].map((value) => ({ type: 'text', text: value }) as const);
  expect(key).toEqual(encodeCompositeKey(parts));
});

test('keys whose hashes differ by a linear code are drawn anew: no two draws are alike', () => {
  const two = packKeys('int8', ['1', '2']);
  const differences = Array.from({ length: 20 }, (_, index) => {
    const { bytes } = relabelledKeys(two, index);
    return String(bytes.slice(0, 8).map((byte, i) => byte ^ (bytes[8 + i] ?? 0)));
  });
  expect(new Set(differences).size).toBe(20);
});
