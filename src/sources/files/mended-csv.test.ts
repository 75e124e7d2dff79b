import fc from 'fast-check';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvRecords } from './csv-fields.ts';
import { mendCsv } from './mended-csv.ts';

let folder = '';
let number = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shardlab-mended-'));
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

async function mended(
  content: string | Buffer,
  { width = 2, gzip = false }: { width?: number; gzip?: boolean } = {},
): Promise<{ text: string; bad: [number, string, number][] }> {
  number += 1;
  const path = join(folder, `${number}.csv`);
  await writeFile(path, gzip ? gzipSync(content) : content);
  const names = Array.from({ length: width }, (_, index) => `c${index}`);
  const dialect = {
    preamble: 0,
    delimiter: ',',
    header: true,
    names,
    kinds: names.map(() => null),
  };
  const copy = `${path}.copy`;
  const { signal } = new AbortController();
  const unparsed = await mendCsv({ path, gzip, dialect }, copy, signal);
  const bad = unparsed
    .list(0)
    .map(({ line, reason, count }): [number, string, number] => [line ?? 0, reason, count]);
  return { text: await readFile(copy, 'utf8'), bad };
}

test('a quote that is not closed costs its own line', async () => {
  const lines = Array.from({ length: 50_000 }, (_, row) => `${row},v${row}`);
  const whole = ['a,b', ...lines];
  const broken = whole.with(1234, '1,"oops');
  const { text, bad } = await mended(broken.join('\n'));
  expect(bad).toEqual([[1235, 'a quote that is not closed', 1]]);
  expect(text).toBe(`${whole.toSpliced(1234, 1).join('\n')}\n`);
});

test('a quote that another one closes costs its own line, and not what lies between', async () => {
  const { text, bad } = await mended('a,b\n1,"oops\n2,x\n3,"y, z"\n4,w\n');
  expect(text).toBe('a,b\n2,x\n3,"y, z"\n4,w\n');
  expect(bad).toEqual([[2, 'text after a closing quote', 1]]);
});

test('wrong numbers of fields, bytes that are no UTF-8, and lines that are too long', async () => {
  const long = `7,${'x'.repeat(3_000_000)}`;
  const bytes = Buffer.concat([
    Buffer.from('\uFEFFa,b\r\n1,2\r\n3\r\n"4\r\n5",6\r\n7,8,9\r\n0,'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(`\r\n\r\n${long}\r\n10,11`),
  ]);
  const { text, bad } = await mended(bytes);
  expect(text).toBe('a,b\n1,2\n"4\r\n5",6\n10,11\n');
  expect(bad).toEqual([
    [3, '1 field, where 2 were expected', 1],
    [6, '3 fields, where 2 were expected', 1],
    [7, 'not UTF-8', 1],
    [9, 'a line of more than 1.9 MB', 1],
  ]);
});

test('of many lines with one fault the first are listed, and all are counted', async () => {
  const { bad } = await mended(`a,b\n${'x\n'.repeat(1000)}1,2\n`);
  expect(bad).toHaveLength(21);
  expect(bad.at(0)).toEqual([2, '1 field, where 2 were expected', 1]);
  expect(bad.at(-1)).toEqual([22, '1 field, where 2 were expected', 980]);
});

test('property: what is whole stays as it is, whatever ends its lines', async () => {
  const cell = fc.oneof(
    fc.stringMatching(/^[a-z]{0,5}$/),
    fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'é', ' '), maxLength: 6 }),
  );
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 });
  const ends = fc.array(fc.constantFrom('\n', '\r\n', '\r'), { minLength: 31, maxLength: 31 });
  const written = (value: string): string =>
    value === '' || /[",\r\n ]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  await fc.assert(
    fc.asyncProperty(rows, ends, fc.boolean(), async (table, lineEnds, gzip) => {
      const text = table
        .map((row, index) => `${row.map(written).join(',')}${lineEnds[index] ?? '\n'}`)
        .join('');
      const { text: copy, bad } = await mended(text, { gzip });
      expect(bad).toEqual([]);
      expect(csvRecords(copy, ',', { most: 100, whole: true })).toEqual(table);
    }),
    { numRuns: 20 },
  );
});
