import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CandidateKey, KeyValues } from '../../profile/evidence.ts';
import { type FileSource, openFile, openFiles } from './open-file.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shardlab-files-'));
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

const options = (signal = new AbortController().signal): Parameters<typeof openFile>[1] => ({
  memoryBytes: 200e6,
  threads: 2,
  temporaryFolder: join(folder, 'temporary'),
  signal,
  report: () => undefined,
});

async function written(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function opened(name: string, content: string | Buffer): Promise<FileSource> {
  const source = await openFile(await written(name, content), options());
  await source.close();
  return source;
}

const types = ({ table }: FileSource): string[] => table.columns.map(({ type }) => type);

const candidate = (table: string, ...columns: string[]): CandidateKey => ({
  key: columns.join('+'),
  columns: [{ table, columns }],
  root: null,
  because: ['file column'],
});

async function measured(source: FileSource, ...columns: string[]): Promise<KeyValues> {
  const { values } = await source.measure([candidate(source.table.name, ...columns)]);
  const [only] = values;
  if (only === undefined) throw new Error('no values');
  return only;
}

const rows = Array.from({ length: 2000 }, (_, row) => {
  const tenant = `t${Math.floor(Math.sqrt(row * 7)) % 40}`;
  return { id: row, tenant, region: row % 10 === 0 ? '' : `r${row % 3}` };
});
const csvOf = (all: typeof rows): string =>
  `id,tenant,region\n${all.map((row) => `${row.id},${row.tenant},${row.region}\n`).join('')}`;

describe('counts', () => {
  test('are those of the rows, and each of them says how it came about', async () => {
    const source = await openFile(await written('rows.csv', csvOf(rows)), options());
    expect(source.table).toMatchObject({
      name: 'rows',
      primary: ['id'],
      rows: { count: 2000, basis: 'exact' },
    });
    const byTenant = new Map<string, number>();
    for (const { tenant } of rows) byTenant.set(tenant, (byTenant.get(tenant) ?? 0) + 1);
    const counts = [...byTenant.values()].toSorted((a, b) => b - a);
    const tenant = await measured(source, 'tenant');
    expect(tenant).toMatchObject({ basis: 'exact', distinct: 40, nullFraction: 0, rows: 2000 });
    expect(tenant.top.map(({ share }) => share * 2000)).toEqual(
      counts.map((count) => expect.closeTo(count, 9)),
    );
    expect(tenant.sumOfSquares).toBeCloseTo(
      counts.reduce((sum, count) => sum + (count / 2000) ** 2, 0),
      12,
    );
    expect(tenant.rowsPerValue.at(0)).toBe(counts.at(-1));
    expect(tenant.rowsPerValue.at(100)).toBe(counts.at(0));
    expect(tenant.monotonic).toBe(false);
    const id = await measured(source, 'id');
    expect(id).toMatchObject({ distinct: 2000, monotonic: true });
    expect(id.physicalCorrelation).toBeCloseTo(1, 9);
    expect(id.top).toHaveLength(1000);
    const region = await measured(source, 'region');
    expect(region).toMatchObject({ distinct: 3, nullFraction: 0.1 });
    // 10 is no multiple of 3: of 1,800 rows each region has 600.
    expect(region.top.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    const pair = await measured(source, 'tenant', 'region');
    const pairs = rows
      .filter((row) => row.region !== '')
      .map((row) => `${row.tenant}\u001F${row.region}`);
    expect(pair.distinct).toBe(new Set(pairs).size);
    expect(pair.nullFraction).toBe(0.1);
    expect(pairs).toContain(pair.top[0]?.value);
    await source.close();
  });

  test('do not change with the order of rows, quotes, line ends or the format', async () => {
    const shuffled = rows.toSorted((a, b) => ((a.id * 7919) % 2000) - ((b.id * 7919) % 2000));
    const quoted = csvOf(rows).replaceAll(/[^,\n]+/g, '"$&"');
    const variants = [
      await written('a.csv', csvOf(rows)),
      await written('b.csv', csvOf(shuffled)),
      await written('c.csv', `\uFEFF${quoted.replaceAll('\n', '\r\n')}`),
      await written('d.tsv', csvOf(rows).replaceAll(',', '\t')),
      await written('e.csv.gz', gzipSync(csvOf(rows).replaceAll(',', ';'))),
      await parquetOf(join(folder, 'a.csv'), join(folder, 'f.parquet')),
    ];
    const sources = await openFiles(variants, options());
    const answers = [];
    for (const source of sources) {
      const { key: _, table: __, ...values } = await measured(source, 'tenant');
      answers.push({ ...values, physicalCorrelation: null, types: types(source) });
      expect(source.unparsed).toEqual([]);
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    const kinds = sources.map(({ evidence }) => evidence.kind);
    expect(kinds).toEqual(['csv', 'csv', 'csv', 'tsv', 'csv', 'parquet']);
    const unordered = sources[1];
    expect(unordered && (await measured(unordered, 'id')).monotonic).toBe(false);
    for (const source of sources) await source.close();
    expect(await readdir(folder)).not.toContain('temporary');
  });
});

async function parquetOf(csv: string, parquet: string, select = '*'): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `copy (select ${select} from read_csv('${csv}', nullstr = '')) to '${parquet}' (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return parquet;
}

describe('types', () => {
  test('a value that does not fit makes the column wider or a text, and no row is lost', async () => {
    const numbers = Array.from({ length: 20_000 }, (_, row) => `${row},${row},${row},2024-01-01`);
    const text = `id,amount,code,day\n${numbers.join('\n')}\nA17,5.5,007,2024-01-02 03:04\n`;
    const source = await openFile(await written('late.csv', text), options());
    expect(source.table.rows.count).toBe(20_001);
    expect(source.unparsed).toEqual([]);
    expect(types(source)).toEqual([
      'text',
      'double precision',
      'text',
      'timestamp without time zone',
    ]);
    // 007 is not 7, which is there too; and 5.5 is neither 5 nor 6.
    for (const [column, distinct] of [
      ['id', 20_001],
      ['amount', 20_001],
      ['code', 20_001],
      ['day', 2],
    ] as const) {
      expect((await measured(source, column)).distinct).toBe(distinct);
    }
    await source.close();
  });

  test('of Parquet, as Postgres calls them', async () => {
    await written('n.csv', 'i\n1\n2\n3\n');
    const select = `i::integer as id, i::decimal(12,2) as price, {'a': i} as doc, [i] as list,
      'x'::blob as raw, i::ubigint as big, timestamptz '2024-01-01 00:00:00+00' as at, uuid() as u`;
    const path = await parquetOf(join(folder, 'n.csv'), join(folder, 'n.parquet'), select);
    const source = await openFile(path, options());
    expect(types(source)).toEqual([
      'integer',
      'numeric(12,2)',
      'jsonb',
      'jsonb',
      'bytea',
      'numeric(20,0)',
      'timestamp with time zone',
      'uuid',
    ]);
    expect((await measured(source, 'doc')).top.map(({ value }) => value)).toContain('{"a":1}');
    expect((await measured(source, 'raw')).top).toEqual([{ value: '\\x78', share: 1 }]);
    await source.close();
  });
});

describe('what cannot be read', () => {
  test('is listed with its line, as an editor counts, and all other rows are there', async () => {
    const text = 'a,b\n1,2\n3\n4,5,6\n"x\ny",7\n8,"q\n9,10\n';
    const source = await opened('bad.csv', text);
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
    const source = await opened('lines.csv', Buffer.concat(parts.map((each) => Buffer.from(each))));
    expect(source.table.rows.count).toBe(5001);
    expect(source.unparsed).toEqual([
      { source: 0, line: 10_002, reason: '1 field, where 2 were expected', count: 1 },
      { source: 0, line: 10_003, reason: 'not UTF-8', count: 1 },
    ]);
  });

  test('lines that end in several ways, a field of 1 MB, equal names, names only', async () => {
    const mixed = await opened('mixed.csv', 'a,b\r\n1,2\n3,4\r\n5,6\r7,8\n');
    expect(mixed.table.rows.count).toBe(4);
    const big = await opened('big.csv', `a,b\n1,${'x'.repeat(1e6)}\n2,y\n`);
    expect([big.table.rows.count, big.unparsed]).toEqual([2, []]);
    const equal = await opened('equal.csv', 'a,a,\n1,2,3\n');
    expect(equal.table.columns.map(({ name }) => name)).toEqual(['a', 'a_2', 'unnamed']);
    const names = await opened('names.csv', 'a,b\n');
    expect(names.table).toMatchObject({ rows: { count: 0 }, primary: [] });
    expect(await openedAndMeasured('names.csv', 'a')).toMatchObject({ distinct: 0, top: [] });
  });

  test.each([
    ['nothing', '', /empty\.csv: the file is empty/],
    ['blank lines', '\n\n', /empty\.csv:1: there is nothing in it/],
    ['a NUL byte', 'a,b\n1,x\0y\n', /empty\.csv:2: found a NUL byte/],
    ['UTF-16', Buffer.from('\uFEFFa,b', 'utf16le'), /empty\.csv:1: the file is UTF-16/],
    ['no line like the first', 'a,b,c\n1,2\n3,4\n', /:2: 2 fields, where 3 were expected; no line/],
  ])('refused: %s', async (_, content, message) => {
    const path = await written('empty.csv', content);
    await expect(openFile(path, options())).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect(await readdir(folder)).not.toContain('temporary');
  });

  test('refused: a file that is not there, a folder, and Parquet that was cut off', async () => {
    await mkdir(join(folder, 'sub.csv'), { recursive: true });
    const path = await parquetOf(await written('p.csv', csvOf(rows)), join(folder, 'cut.parquet'));
    await truncate(path, (await readFile(path)).length - 500);
    for (const [name, message] of [
      ['none.csv', /there is no such file/],
      ['sub.csv', /is a folder/],
      ['cut.parquet', /cannot be read as Parquet/],
    ] as const) {
      await expect(openFile(join(folder, name), options())).rejects.toMatchObject({
        name: 'UserError',
        exitCode: 2,
        message: expect.stringMatching(message),
      });
    }
  });
});

async function openedAndMeasured(name: string, column: string): Promise<KeyValues> {
  const source = await openFile(join(folder, name), options());
  const values = await measured(source, column);
  await source.close();
  return values;
}

test('children a parent, between files', async () => {
  const customers = await written('customers.csv', 'customer_id,name\n1,a\n2,b\n3,c\n4,c\n');
  const orders = await written('orders.csv', 'order_id,customer_id\n1,1\n2,1\n3,3\n4,9\n5,1\n');
  const sources = await openFiles([customers, orders], options());
  const shapes = [];
  for (const source of sources) shapes.push(...(await source.measure([])).shapes);
  expect(shapes).toHaveLength(1);
  expect(shapes[0]).toMatchObject({
    parent: 'customers',
    child: 'orders',
    columns: ['customer_id'],
    basis: 'exact',
    parents: 4,
    childless: 0.5,
    mean: 1,
  });
  expect(shapes[0]?.quantiles.filter((_, q) => q % 25 === 0)).toEqual([0, 0, 0, 1, 3]);
  for (const source of sources) await source.close();
});

test('a list of tenants is recognised, and a table of rows is none', async () => {
  const list = await opened('list.csv', 'tenant,weight,bytes\na,5,100\nb,7,20\n');
  expect(list.tenants).toEqual({ id: 'tenant', weight: 'weight', bytes: 'bytes' });
  const below = await opened('below.csv', 'tenant,weight\na,5\nb,-7\n');
  expect(below.tenants).toBeNull();
  const twice = await opened('twice.csv', 'tenant,weight\na,5\na,7\n');
  expect(twice.tenants).toBeNull();
  const other = await opened('other.csv', 'order_id,quantity\n1,5\n2,7\n');
  expect(other.tenants).toBeNull();
});

test('an interrupt ends it soon, and removes the temporary files', async () => {
  const wide = Array.from({ length: 400_000 }, (_, row) => `${row},${row * 7919},x${row * 31}`);
  const path = await written('wide.csv', `a,b,c\n${wide.join('\n')}\n`);
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort('SIGINT');
  }, 100);
  await expect(openFile(path, options(controller.signal))).rejects.toThrow('interrupted');
  expect(performance.now() - aborted).toBeLessThan(1000);
  expect(await readdir(folder)).not.toContain('temporary');
});
