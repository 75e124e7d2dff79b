import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TableGenerator } from '../../scenario/table-types.ts';
import { copyText } from './copy-texts.ts';
import { plainCopy } from './copy-values.ts';
import { type PlainGenerator, plainText } from './plain-values.ts';

const decoder = new TextDecoder();
const ids = ['plain', 'tab\there', 'back\\slash', 'line\nend\r', 'é漢😀', ''];
const count = 3000;
const rows = [0, 1, 2, 9, 99, 999, 1000, 2999, 3000, 86_399, 86_400, 1e7, 4e8];

/** Values as bytes and as text of which it was not the same, or more bytes than were said. */
function differing(
  generator: PlainGenerator,
  salt: number,
  among: readonly number[],
): readonly (readonly string[])[] {
  const { maxBytes, write } = plainCopy(generator, salt, { ids }, count);
  const text = plainText(generator, salt, { ids }, count);
  const out = new Uint8Array(maxBytes + 8);
  return among.flatMap((row) => {
    const tenant = row % ids.length;
    out.fill(0x23);
    const end = write(tenant, row, out, 3);
    const found = decoder.decode(out.subarray(3, end));
    const expected = decoder.decode(copyText(text(tenant, row)));
    const kept = out.subarray(end).every((byte) => byte === 0x23) && end - 3 <= maxBytes;
    return found === expected && kept ? [] : [[String(row), found, expected]];
  });
}

const generators: readonly PlainGenerator[] = [
  { kind: 'tenant' },
  { kind: 'user', perTenant: 5 },
  { kind: 'id', style: 'serial' },
  { kind: 'id', style: 'snowflake' },
  { kind: 'id', style: 'uuid4' },
  { kind: 'id', style: 'uuid7' },
  { kind: 'choice', values: ['a', 'b\\', 'é'], weights: [0.5, 0.3, 0.2], per: 'row' },
  { kind: 'choice', values: ['a', 'b'], weights: [0.5, 0.5], per: 'tenant' },
  { kind: 'timestamp' },
  { kind: 'date', fromDay: -400, toDay: 20_000 },
  { kind: 'text', bytes: 21 },
  { kind: 'text', bytes: 0 },
  { kind: 'padded', length: 6 },
  { kind: 'padded', length: 15 },
  { kind: 'padded', length: 1 },
  { kind: 'words', words: ['bar', 'ought', 'ä\t'], count: 3 },
  ...[0, 2, 9, 40, 200].map((bytes) => ({ kind: 'json', bytes }) as const),
];

test.each(generators)('bytes of %o are those of its text', (generator) => {
  expect(differing(generator, 1, rows)).toEqual([]);
  expect(differing(generator, 0xfedcba98, rows)).toEqual([]);
});

test('values follow one another in any order', () => {
  const { write } = plainCopy({ kind: 'date', fromDay: 0, toDay: 9 }, 1, { ids }, 10);
  const out = new Uint8Array(10);
  const days = [0, 5, 5, 0].map((row) => decoder.decode(out.subarray(0, write(0, row, out, 0))));
  expect(days).toEqual(['1970-01-01', '1970-01-06', '1970-01-06', '1970-01-01']);
});

test('numbers with any limits and decimals', () => {
  const limit = fc.oneof(
    fc.integer({ min: -1e6, max: 1e6 }),
    fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );
  const number = fc
    .tuple(limit, limit, fc.integer({ min: 0, max: 6 }))
    .map(([a, b, decimals]): Extract<TableGenerator, { kind: 'number' }> => {
      return { kind: 'number', min: Math.min(a, b), max: Math.max(a, b), decimals };
    });
  fc.assert(
    fc.property(number, fc.nat(), fc.nat(1e6), (generator, salt, row) => {
      expect(differing(generator, salt, [row])).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('numbers of money, many rows', () => {
  const generator = { kind: 'number', min: -5, max: 5000, decimals: 2 } as const;
  const many = Array.from({ length: 3000 }, (_, row) => row);
  expect(differing(generator, 7, many)).toEqual([]);
  const huge = { kind: 'number', min: 0, max: 1e22, decimals: 3 } as const;
  expect(differing(huge, 7, many.slice(0, 100))).toEqual([]);
});
