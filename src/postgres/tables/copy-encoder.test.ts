import { expect, test } from 'vitest';
import { CopyEncoder } from './copy-encoder.ts';

const encoded = (size: number, rows: readonly (readonly (string | null)[])[]): string => {
  const encoder = new CopyEncoder(size);
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, i) => (row: number) => rows[row]?.[i] ?? null);
  for (const row of rows.keys()) encoder.addRow(row, columns);
  expect(encoder.rows).toBe(rows.length);
  return encoder.take().toString('utf8');
};

test('columns are apart by tabs, rows by line feeds, and NULL is not the empty text', () => {
  expect(
    encoded(64, [
      ['1', null, 'x'],
      ['2', '', 'y'],
    ]),
  ).toBe('1\t\\N\tx\n2\t\ty\n');
});

test('syntax of COPY is escaped, in short texts and in long ones', () => {
  const odd = 'a\\b\tc\nd\re';
  const safe = 'a\\\\b\\tc\\nd\\re';
  const long = 'x'.repeat(40);
  expect(encoded(64, [[odd, `${long}${odd}`, '\\N', '\\.']])).toBe(
    `${safe}\t${long}${safe}\t\\\\N\t\\\\.\n`,
  );
});

test('Unicode arrives as UTF-8, whatever its length', () => {
  const texts = ['é', '漢字', '😀', `${'漢'.repeat(30)}😀`];
  expect(encoded(16, [texts])).toBe(`${texts.join('\t')}\n`);
});

test('the memory grows with what one row needs', () => {
  const long = 'é'.repeat(1000);
  expect(encoded(8, [[long, 'z'.repeat(5000)]])).toBe(`${long}\t${'z'.repeat(5000)}\n`);
});

test('what was given away stays as it is', () => {
  const encoder = new CopyEncoder(32);
  encoder.addRow(1, [String]);
  const first = encoder.take();
  encoder.addRow(2, [String]);
  expect(first.toString()).toBe('1\n');
  expect(encoder.take().toString()).toBe('2\n');
});
