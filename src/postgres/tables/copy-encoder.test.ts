import { expect, test } from 'vitest';
import { CopyEncoder } from './copy-encoder.ts';
import { columnOf } from './table-rows-fixture.ts';

const decoder = new TextDecoder();

const encoderOf = (
  rows: readonly (readonly (string | null)[])[],
  chunkBytes: number,
): CopyEncoder => {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, i) =>
    columnOf((row) => rows[row]?.[i] ?? null, rows.length),
  );
  return new CopyEncoder(columns, chunkBytes);
};

const encoded = (rows: readonly (readonly (string | null)[])[]): string => {
  const encoder = encoderOf(rows, 1000);
  for (const row of rows.keys()) encoder.addRow(row);
  expect(encoder.rows).toBe(rows.length);
  return decoder.decode(encoder.take());
};

test('columns are apart by tabs, rows by line feeds, and NULL is not the empty text', () => {
  const rows = [
    ['1', null, 'x'],
    ['2', '', 'y'],
    [null, '\\N', null],
  ];
  expect(encoded(rows)).toBe('1\t\\N\tx\n2\t\ty\n\\N\t\\\\N\t\\N\n');
});

test('it is full when another row might not fit, and never grows', () => {
  const rows = [['12345'], ['é漢😀'], [null]];
  const encoder = encoderOf(rows, 12);
  expect(encoder.full).toBe(false);
  encoder.addRow(0);
  expect(encoder.full).toBe(false);
  encoder.addRow(1);
  expect(encoder.full).toBe(true);
  expect(decoder.decode(encoder.take())).toBe('12345\né漢😀\n');
  expect(encoder.full).toBe(false);
});

test('what was given away stays as it is', () => {
  const encoder = encoderOf([['1'], ['2']], 32);
  encoder.addRow(0);
  const first = encoder.take();
  encoder.addRow(1);
  expect(decoder.decode(first)).toBe('1\n');
  expect(decoder.decode(encoder.take())).toBe('2\n');
});
