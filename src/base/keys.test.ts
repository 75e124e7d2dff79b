import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeKey, encodeKey, keyTypes, packKeys } from './keys.ts';

const int8 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\0'));
const texts = { text, int8, uuid: fc.uuid() };

describe('encodeKey', () => {
  it('gives the documented bytes', () => {
    expect([...encodeKey('text', 'Zoë')]).toEqual([0x5a, 0x6f, 0xc3, 0xab]);
    expect([...encodeKey('int8', '258')]).toEqual([2, 1, 0, 0, 0, 0, 0, 0]);
    expect([...encodeKey('int8', '-2')]).toEqual([254, 255, 255, 255, 255, 255, 255, 255]);
    expect([...encodeKey('int8', '-9223372036854775808')]).toEqual([0, 0, 0, 0, 0, 0, 0, 128]);
    const uuid = encodeKey('uuid', '00112233-4455-6677-8899-AABBCCDDEEFF');
    expect(Buffer.from(uuid).toString('hex')).toBe('00112233445566778899aabbccddeeff');
  });

  it.each([
    ['text', 'a\0b', 'holds a NUL'],
    ['text', 'a\ud800', 'surrogate'],
    ['int8', '', 'not a whole number'],
    ['int8', '007', 'not a whole number'],
    ['int8', '-0', 'not a whole number'],
    ['int8', '+1', 'not a whole number'],
    ['int8', '1.5', 'not a whole number'],
    ['int8', '٣', 'not a whole number'],
    ['int8', '9223372036854775808', 'outside'],
    ['int8', '-9223372036854775809', 'outside'],
    ['int8', '-99999999999999999999999', 'outside'],
    ['uuid', '00112233445566778899aabbccddeeff', 'not a UUID'],
    ['uuid', '0011223g-4455-6677-8899-aabbccddeeff', 'not a UUID'],
  ] as const)('refuses %s %j', (type, key, problem) => {
    expect(() => encodeKey(type, key)).toThrow(problem);
    expect(() => packKeys(type, [key])).toThrow(`key 1: ${JSON.stringify(key)}`);
  });

  it.each(keyTypes)('round-trips %s, alone and packed', (type) => {
    const property = fc.property(fc.array(texts[type]), (keys) => {
      const packed = packKeys(type, keys);
      expect(packed.count).toBe(keys.length);
      for (const [index, key] of keys.entries()) {
        const alone = encodeKey(type, key);
        const [start = 0, end = 0] = packed.offsets.subarray(index, index + 2);
        expect(packed.bytes.subarray(start, end)).toEqual(alone);
        expect(decodeKey(type, packed.bytes, start, end)).toBe(key);
      }
      expect(packed.bytes.length).toBe(packed.offsets[keys.length]);
    });
    fc.assert(property, { seed: 4, numRuns: 200 });
  });

  it('writes int8 as DataView does', () => {
    const property = fc.property(int8, (key) => {
      const expected = new Uint8Array(8);
      new DataView(expected.buffer).setBigInt64(0, BigInt(key), true);
      expect(encodeKey('int8', key)).toEqual(expected);
    });
    fc.assert(property, { seed: 5, numRuns: 500 });
  });
});
