import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeCompositeKey, type KeyPart } from './composite-keys.ts';

const part: fc.Arbitrary<KeyPart> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: fc.string({ unit: 'grapheme-ascii' }) }),
  fc.record({ type: fc.constant('int8' as const), text: fc.nat().map(String) }),
  fc.record({ type: fc.constant('uuid' as const), text: fc.uuid() }),
  fc.record({ type: fc.constant('text' as const), text: fc.constant(null) }),
);

test('each part says its type, and text its length', () => {
  const parts: KeyPart[] = [
    { type: 'text', text: 'ab' },
    { type: 'int8', text: '-2' },
    { type: 'text', text: null },
  ];
  const bytes = [1, 2, 0, 0, 0, 0x61, 0x62, 2, 0xfe, 255, 255, 255, 255, 255, 255, 255, 0];
  expect([...encodeCompositeKey(parts)]).toEqual(bytes);
});

test('two keys share their bytes only if they are the same', () => {
  const keys = fc.array(part, { minLength: 1, maxLength: 3 });
  const property = fc.property(keys, keys, (a, b) => {
    const same = JSON.stringify(encodeCompositeKey(a)) === JSON.stringify(encodeCompositeKey(b));
    const values = (parts: readonly KeyPart[]): string =>
      JSON.stringify(parts.map(({ type, text }) => (text === null ? null : [type, text])));
    expect(same).toBe(values(a) === values(b));
  });
  fc.assert(property, { seed: 5, numRuns: 500 });
});

test('a value that is no key of its type is refused', () => {
  expect(() => encodeCompositeKey([{ type: 'int8', text: '1.5' }], 'line 3:')).toThrow(
    'line 3: "1.5" is not a whole number in plain decimal digits',
  );
});
