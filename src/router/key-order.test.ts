import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCompositeKey, type KeyPart } from '../base/composite-keys.ts';
import { keyTexts } from './fixtures.suite.ts';
import { keyOrder } from './key-order.ts';

const order = keyOrder('composite');
const row = (first: string | null, second: string | null): readonly KeyPart[] => [
  { type: 'text', text: first },
  { type: 'int8', text: second },
];
const compare = (a: readonly KeyPart[], b: readonly KeyPart[]): number => {
  // Not at the start of their buffers, as keys seldom are.
  const [one, two] = [encodeCompositeKey(a), encodeCompositeKey(b)];
  const left = Uint8Array.of(9, 9, ...one, 7);
  const right = Uint8Array.of(3, ...two, 1, 1);
  return Math.sign(order(left, 2, 2 + one.length, right, 1, 1 + two.length));
};

describe('the order of composite keys', () => {
  it('goes column by column, NULL after every value', () => {
    const rows = [
      row('', '5'),
      row('a', '-9'),
      row('a', '10'),
      row('a', null),
      row('ab', '-1'),
      row('b', '-300'),
      row(null, '-9223372036854775808'),
      row(null, null),
    ];
    for (const [i, a] of rows.entries()) {
      for (const [j, b] of rows.entries()) expect(compare(a, b)).toBe(Math.sign(i - j));
    }
  });

  it('puts a prefix first', () => {
    expect(compare(row('a', '1').slice(0, 1), row('a', '1'))).toBe(-1);
    expect(compare(row('a', '1'), row('a', '1').slice(0, 1))).toBe(1);
  });

  it('agrees with comparing the columns by themselves', () => {
    const part = (type: 'text' | 'int8' | 'uuid') =>
      fc.option(keyTexts[type], { freq: 4 }).map((text): KeyPart => ({ type, text }));
    const rows = fc.tuple(part('uuid'), part('text'), part('int8'));
    const bySpecification = (a: KeyPart, b: KeyPart): number => {
      if (a.text === null || b.text === null) {
        return Number(a.text === null) - Number(b.text === null);
      }
      if (a.type === 'text') return Buffer.compare(Buffer.from(a.text), Buffer.from(b.text));
      const number = ({ type, text }: KeyPart): bigint =>
        type === 'int8' ? BigInt(text ?? 0) : BigInt(`0x${text?.replaceAll('-', '')}`);
      return number(a) < number(b) ? -1 : Number(number(a) > number(b));
    };
    const property = fc.property(rows, rows, fc.nat(3), (a, b, shared) => {
      const other = b.map((each, i) => (i < shared ? (a[i] ?? each) : each));
      const expected = a.map((each, i) => bySpecification(each, other[i] ?? each));
      expect(compare(a, other)).toBe(Math.sign(expected.find((each) => each !== 0) ?? 0));
    });
    fc.assert(property, { seed: 41, numRuns: 500 });
  });
});
