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

function expectSame(generator: PlainGenerator, salt: number, row: number): void {
  const { maxBytes, write } = plainCopy(generator, salt, { ids }, count);
  const text = plainText(generator, salt, { ids }, count);
  const out = new Uint8Array(maxBytes + 8).fill(0x23);
  const tenant = row % ids.length;
  const end = write(tenant, row, out, 3);
  expect(decoder.decode(out.subarray(3, end))).toBe(decoder.decode(copyText(text(tenant, row))));
  expect(end - 3).toBeLessThanOrEqual(maxBytes);
  expect([...out.subarray(end)].every((byte) => byte === 0x23)).toBe(true);
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
  for (const row of rows) for (const salt of [1, 0xfedcba98]) expectSame(generator, salt, row);
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
    fc.property(number, fc.nat(), fc.nat(1e6), (generator, salt, row) =>
      expectSame(generator, salt, row),
    ),
    { numRuns: 500 },
  );
});

test('numbers of money, many rows', () => {
  const generator = { kind: 'number', min: -5, max: 5000, decimals: 2 } as const;
  for (let row = 0; row < 3000; row += 1) expectSame(generator, 7, row);
  const huge = { kind: 'number', min: 0, max: 1e22, decimals: 3 } as const;
  for (let row = 0; row < 100; row += 1) expectSame(huge, 7, row);
});
