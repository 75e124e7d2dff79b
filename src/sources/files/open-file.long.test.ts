import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FileSource, openFile, openFiles } from './open-file.ts';
import { measured, RowFiles } from './row-files-fixture.ts';

let files: RowFiles;

beforeAll(async () => {
  files = await RowFiles.make();
});

afterAll(async () => files.remove());

const types = ({ table }: FileSource): string[] => table.columns.map(({ type }) => type);

const rows = Array.from({ length: 2000 }, (_, row) => {
  const tenant = `t${Math.floor(Math.sqrt(row * 7)) % 40}`;
  return { id: row, tenant, region: row % 10 === 0 ? '' : `r${row % 3}` };
});
const csvOf = (all: typeof rows): string =>
  `id,tenant,region\n${all.map((row) => `${row.id},${row.tenant},${row.region}\n`).join('')}`;

describe('counts', () => {
  test('are those of the rows, and each of them says how it came about', async () => {
    const source = await openFile(await files.write('rows.csv', csvOf(rows)), files.options());
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
      await files.write('a.csv', csvOf(rows)),
      await files.write('b.csv', csvOf(shuffled)),
      await files.write('c.csv', `\uFEFF${quoted.replaceAll('\n', '\r\n')}`),
      await files.write('d.tsv', csvOf(rows).replaceAll(',', '\t')),
      await files.write('e.csv.gz', gzipSync(csvOf(rows).replaceAll(',', ';'))),
      await files.writeParquet('f.parquet', join(files.folder, 'a.csv')),
    ];
    const sources = await openFiles(variants, files.options());
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
    expect(await readdir(files.folder)).not.toContain('temporary');
  });
});

describe('types', () => {
  test('a value that does not fit makes its column wider or text, and loses no row', async () => {
    const numbers = Array.from({ length: 20_000 }, (_, row) => `${row},${row},${row},2024-01-01`);
    const text = `id,amount,code,day\n${numbers.join('\n')}\nA17,5.5,007,2024-01-02 03:04\n`;
    const source = await openFile(await files.write('late.csv', text), files.options());
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
    await files.write('n.csv', 'i\n1\n2\n3\n');
    const select = `i::integer as id, i::decimal(12,2) as price, {'a': i} as doc, [i] as list,
      'x'::blob as raw, i::ubigint as big, timestamptz '2024-01-01 00:00:00+00' as at, uuid() as u`;
    const path = await files.writeParquet('n.parquet', join(files.folder, 'n.csv'), select);
    const source = await openFile(path, files.options());
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

test('children a parent, between files', async () => {
  const customers = await files.write('customers.csv', 'customer_id,name\n1,a\n2,b\n3,c\n4,c\n');
  const orders = await files.write('orders.csv', 'order_id,customer_id\n1,1\n2,1\n3,3\n4,9\n5,1\n');
  const sources = await openFiles([customers, orders], files.options());
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
  const list = await files.opened('list.csv', 'tenant,weight,bytes\na,5,100\nb,7,20\n');
  expect(list.tenants).toEqual({ id: 'tenant', weight: 'weight', bytes: 'bytes' });
  const below = await files.opened('below.csv', 'tenant,weight\na,5\nb,-7\n');
  expect(below.tenants).toBeNull();
  const twice = await files.opened('twice.csv', 'tenant,weight\na,5\na,7\n');
  expect(twice.tenants).toBeNull();
  const other = await files.opened('other.csv', 'order_id,quantity\n1,5\n2,7\n');
  expect(other.tenants).toBeNull();
});

test('an interrupt ends it soon, and removes the temporary files', async () => {
  const wide = Array.from({ length: 400_000 }, (_, row) => `${row},${row * 7919},x${row * 31}`);
  const path = await files.write('wide.csv', `a,b,c\n${wide.join('\n')}\n`);
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(() => {
    aborted = performance.now();
    controller.abort('SIGINT');
  }, 100);
  await expect(openFile(path, files.options(controller.signal))).rejects.toThrow('interrupted');
  expect(performance.now() - aborted).toBeLessThan(1000);
  expect(await readdir(files.folder)).not.toContain('temporary');
});

test('of a list of tenants shares are those of the weights', async () => {
  const csv = 'tenant,requests\na,60\nb,30\nc,5\nd,5\n';
  const source = await openFile(await files.write('weights.csv', csv), files.options());
  const { distinct, top, sumOfSquares, rowsPerValue } = await measured(source, 'tenant');
  await source.close();
  expect(distinct).toBe(4);
  expect(top.map(({ share }) => share)).toEqual([0.6, 0.3, 0.05, 0.05]);
  expect(sumOfSquares).toBeCloseTo(0.36 + 0.09 + 2 * 0.0025, 12);
  expect([rowsPerValue[0], rowsPerValue.at(-1), rowsPerValue.length]).toEqual([5, 60, 101]);
});
