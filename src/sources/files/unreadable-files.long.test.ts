import { mkdir, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeyValues } from '../../profile/evidence.ts';
import { openFile } from './open-file.ts';
import { measured, RowFiles } from './row-files-fixture.ts';

let files: RowFiles;

beforeAll(async () => {
  files = await RowFiles.make();
});

afterAll(async () => files.remove());

describe('what cannot be read', () => {
  test('is listed with its line, as an editor counts, and all other rows are there', async () => {
    const text = 'a,b\n1,2\n3\n4,5,6\n"x\ny",7\n8,"q\n9,10\n';
    const source = await files.opened('bad.csv', text);
    expect(source.table.rows.count).toBe(3);
    expect(source.unparsed).toEqual([
      { source: 0, line: 3, reason: '1 field, where 2 were expected', count: 1 },
      { source: 0, line: 4, reason: '3 fields, where 2 were expected', count: 1 },
      { source: 0, line: 7, reason: 'a quote that is not closed', count: 1 },
    ]);
  });

  test('lines of DuckDB’s own rejects, after records of several lines', async () => {
    const parts = [
      '\uFEFFa,b\n',
      '"1\n1",2\n'.repeat(5000),
      '7\n',
      Buffer.from([0x38, 0x2c, 0xff, 0x0a]),
      '9,9\n',
    ];
    const source = await files.opened(
      'lines.csv',
      Buffer.concat(parts.map((each) => Buffer.from(each))),
    );
    expect(source.table.rows.count).toBe(5001);
    expect(source.unparsed).toEqual([
      { source: 0, line: 10_002, reason: '1 field, where 2 were expected', count: 1 },
      { source: 0, line: 10_003, reason: 'not UTF-8', count: 1 },
    ]);
  });

  test('lines that end in several ways, a field of 1 MB, equal names, names only', async () => {
    const mixed = await files.opened('mixed.csv', 'a,b\r\n1,2\n3,4\r\n5,6\r7,8\n');
    expect(mixed.table.rows.count).toBe(4);
    const big = await files.opened('big.csv', `a,b\n1,${'x'.repeat(1e6)}\n2,y\n`);
    expect([big.table.rows.count, big.unparsed]).toEqual([2, []]);
    const equal = await files.opened('equal.csv', 'a,a,\n1,2,3\n');
    expect(equal.table.columns.map(({ name }) => name)).toEqual(['a', 'a_2', 'unnamed']);
    const names = await files.opened('names.csv', 'a,b\n');
    expect(names.table).toMatchObject({ rows: { count: 0 }, primary: [] });
    expect(await measuredOnce('names.csv', 'a')).toMatchObject({ distinct: 0, top: [] });
  });

  test('lines before the names, and what is missing of a file that was zipped', async () => {
    const text = '# exported, today\nsep=;\na;b\n1;2\n3;4\n5\n6;"q\n7;8\n';
    const before = 'a line before the names of the columns';
    const source = await files.opened('preamble.csv', text);
    expect(source.table.rows.count).toBe(3);
    expect(source.unparsed.map(({ line, reason }) => [line, reason])).toEqual([
      [1, before],
      [2, before],
      [6, '1 field, where 2 were expected'],
      [7, 'a quote that is not closed'],
    ]);
    const rows = Array.from({ length: 50_000 }, (_, row) => `${row},${(row * 7919) % 99_991}\n`);
    const zipped = gzipSync(`a,b\n${rows.join('')}`);
    const cut = await files.opened('cut.csv.gz', zipped.subarray(0, zipped.length / 2));
    const read = cut.table.rows.count;
    expect(read).toBeGreaterThan(1000);
    expect(read).toBeLessThan(40_000);
    expect(cut.unparsed.map(({ reason }) => reason)).toEqual([
      'the gzip file is cut off or damaged from here on',
    ]);
    // The names are line 1, and the last row that was read may be half a row.
    const line = cut.unparsed[0]?.line ?? 0;
    expect(line).toBeGreaterThanOrEqual(read + 1);
    expect(line).toBeLessThanOrEqual(read + 2);
  });

  test.each([
    ['nothing', '', /empty\.csv: the file is empty/],
    ['blank lines', '\n\n', /empty\.csv:1: there is nothing in it/],
    ['a NUL byte', 'a,b\n1,x\0y\n', /empty\.csv:2: found a NUL byte/],
    ['UTF-16', Buffer.from('\uFEFFa,b', 'utf16le'), /empty\.csv:1: the file is UTF-16/],
    ['no line like the first', 'a,b,c\n1,2\n3,4\n', /:2: 2 fields, where 3 were expected; no line/],
  ])('refused: %s', async (_, content, message) => {
    const path = await files.write('empty.csv', content);
    await expect(openFile(path, files.options())).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect(await readdir(files.folder)).not.toContain('temporary');
  });

  test('refused: a file that is not there, a folder, and Parquet that was cut off', async () => {
    await mkdir(join(files.folder, 'sub.csv'), { recursive: true });
    const path = await files.writeParquet(
      'cut.parquet',
      await files.write('p.csv', `id\n${'1\n'.repeat(5000)}`),
    );
    await truncate(path, Math.floor((await readFile(path)).length / 2));
    for (const [name, message] of [
      ['none.csv', /there is no such file/],
      ['sub.csv', /is a folder/],
      ['cut.parquet', /cannot be read as Parquet/],
    ] as const) {
      await expect(openFile(join(files.folder, name), files.options())).rejects.toMatchObject({
        name: 'UserError',
        exitCode: 2,
        message: expect.stringMatching(message),
      });
    }
  });
});

async function measuredOnce(name: string, column: string): Promise<KeyValues> {
  const source = await openFile(join(files.folder, name), files.options());
  const values = await measured(source, column);
  await source.close();
  return values;
}
