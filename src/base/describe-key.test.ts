import { expect, it } from 'vitest';
import { encodeCompositeKey, type KeyPart } from './composite-keys.ts';
import { describeKey } from './describe-key.ts';
import { encodeKey, type KeyType } from './keys.ts';

it.each([
  ['text', 'Zoë "x"\n', '"Zoë \\"x\\"\\n"'],
  ['text', '', '""'],
  ['text', 'a'.repeat(61), `"${'a'.repeat(60)}"... (61 characters)`],
  ['int8', '-9223372036854775808', '-9223372036854775808'],
  ['uuid', '0C0FFEE0-0000-4000-8000-00000000000A', '0c0ffee0-0000-4000-8000-00000000000a'],
] as const satisfies readonly (readonly [KeyType, string, string])[])(
  'shows the %s key %j',
  (type, text, shown) => {
    const key = encodeKey(type, text);
    const around = new Uint8Array([1, ...key, 2]);
    expect(describeKey(type, around, 1, 1 + key.length)).toBe(shown);
  },
);

it('shows the parts of a composite key', () => {
  const parts: readonly KeyPart[] = [
    { type: 'text', text: 'acme, inc' },
    { type: 'int8', text: null },
    { type: 'int8', text: '-7' },
    { type: 'uuid', text: '0c0ffee0-0000-4000-8000-00000000000a' },
  ];
  const key = encodeCompositeKey(parts);
  expect(describeKey('composite', key, 0, key.length)).toBe(
    '("acme, inc", NULL, -7, 0c0ffee0-0000-4000-8000-00000000000a)',
  );
});
