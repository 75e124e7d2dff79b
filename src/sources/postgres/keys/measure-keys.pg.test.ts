import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../database-evidence-fixture.ts';
import {
  candidate,
  type MeasuredDatabase,
  sampling,
  startMeasured,
} from './measured-keys-fixture.ts';

let database: MeasuredDatabase;

beforeAll(async () => {
  database = await startMeasured();
});
afterAll(() => database.stop());

test('a small table is counted: shares, NULLs, quantiles', async () => {
  await database.write(
    'create table sizes (kind text, note jsonb, "Odd ""Name" int)',
    `insert into sizes select 'a', '{"x": 1}', 1 from generate_series(1, 6)`,
    `insert into sizes select 'b', '{"x": 2}', null from generate_series(1, 3)`,
    `insert into sizes select null, null, 7`,
    'analyze sizes',
  );
  const kinds = await database.values('sizes', ['kind']);
  expect(kinds).toMatchObject({
    basis: 'exact',
    rows: 10,
    looked: 10,
    distinct: 2,
    distinctDoubtful: false,
    nullFraction: 0.1,
    top: [
      { value: 'a', share: 6 / 9 },
      { value: 'b', share: 3 / 9 },
    ],
  });
  expect(kinds.sumOfSquares).toBeCloseTo((36 + 9) / 81, 12);
  expect([kinds.rowsPerValue[0], kinds.rowsPerValue[50], kinds.rowsPerValue[100]]).toEqual([
    3, 4.5, 6,
  ]);
  expect(await database.values('sizes', ['note'])).toMatchObject({
    distinct: 2,
    nullFraction: 0.1,
  });
  expect(await database.values('sizes', ['Odd "Name'])).toMatchObject({
    distinct: 2,
    nullFraction: 0.3,
  });
});

test('a pair lacks a value where one of its columns does', async () => {
  await database.write(
    'create table pairs (a text, b int)',
    `insert into pairs values ('x', 1), ('x', 1), ('x', 2), ('x', null), (null, 1)`,
  );
  expect(await database.values('pairs', ['a', 'b'])).toMatchObject({
    rows: 5,
    distinct: 2,
    nullFraction: 0.4,
    top: [
      { value: 'x\u001F1', share: 2 / 3 },
      { value: 'x\u001F2', share: 1 / 3 },
    ],
  });
});

test('pairs are told apart where their texts joined are the same', async () => {
  await database.write(
    'create table separators (a text, b text)',
    String.raw`insert into separators values (e'x\x1fy', 'z'), ('x', e'y\x1fz')`,
  );
  expect(await database.values('separators', ['a', 'b'])).toMatchObject({ distinct: 2 });
});

test.each([
  ['nothing', 0, 0, 0],
  ['one row', 1, 1, 1],
  ['all equal', 50, 1, 1],
])('%s', async (name, rows, distinct, sumOfSquares) => {
  const table = name.replaceAll(' ', '_');
  await database.write(
    `create table ${table} (a int, b int)`,
    `insert into ${table} select 1, 2 from generate_series(1, ${rows})`,
  );
  for (const options of [{}, { ...sampling, small: { rows: -1, bytes: -1 } }]) {
    await database.write(`analyze ${table}`);
    expect(await database.values(table, ['a', 'b'], options)).toMatchObject({
      rows,
      distinct,
      sumOfSquares,
      basis: 'exact',
    });
  }
});

test('types without an order are compared by their text', async () => {
  await database.write(
    'create table orderless (a json, b point, c int[], d xid8)',
    `insert into orderless values ('{"a":1}', '(1,2)', '{1,2}', '5')`,
    `insert into orderless values ('{"a":1}', '(1,2)', '{1}', '6')`,
  );
  for (const [column, distinct] of [
    ['a', 1],
    ['b', 1],
    ['c', 2],
    ['d', 2],
  ] as const) {
    expect([column, (await database.values('orderless', [column])).distinct]).toEqual([
      column,
      distinct,
    ]);
  }
});

test('new rows have higher values: by the default, or by the order of transactions', async () => {
  await database.write(
    'create table rising (id serial, token uuid default gen_random_uuid(), at int, spread int)',
    'insert into rising (at, spread) select n, n * 7919 % 500 from generate_series(1, 500) n',
  );
  for (let n = 501; n <= 560; n += 1) {
    await database.write(`insert into rising (at, spread) values (${n}, ${(n * 7919) % 500})`);
  }
  const monotonic: Record<string, boolean | null> = {};
  for (const column of ['id', 'token', 'at', 'spread']) {
    monotonic[column] = (await database.values('rising', [column])).monotonic;
  }
  expect(monotonic).toEqual({ id: true, token: false, at: true, spread: false });
  // Old rows are updated as often as new ones come.
  for (let n = 561; n <= 600; n += 1) {
    await database.write(
      `insert into rising (at, spread) values (${n}, ${(n * 7919) % 500})`,
      `update rising set spread = spread where at = ${(n * 31) % 500}`,
    );
  }
  expect((await database.values('rising', ['at'])).monotonic).toBe(true);
  expect((await database.values('rising', ['spread'])).monotonic).toBe(false);
  // Loaded at once and sorted: that says nothing of what comes.
  await database.write(
    'create table sorted as select n / 50 as tenant from generate_series(1, 5000) n',
    'analyze sorted',
  );
  const sorted = await database.values('sorted', ['tenant']);
  expect(sorted).toMatchObject({ monotonic: null, physicalCorrelation: 1 });
});

test('a role that may not read a table is told so, and the rest is measured', async () => {
  await database.write(
    'create table closed (tenant int)',
    'create table open (tenant int)',
    'insert into open values (1), (2)',
    `create role reader login password 'reader'`,
    'grant select on open to reader',
  );
  const reader = await testDatabase({ ...database.server, user: 'reader', password: 'reader' });
  const columns = { closed: ['tenant'], open: ['tenant'], a_view: ['tenant'] };
  const { values, unseen } = await database.measured([candidate('tenant', columns)], {}, reader);
  await reader.close();
  expect(values.map(({ table, distinct }) => [table, distinct])).toEqual([['open', 2]]);
  const told = Object.fromEntries(unseen.map(({ code, names }) => [code, names.tables]));
  expect(told).toMatchObject({
    'key-unreadable': ['closed'],
    'key-unmeasured': ['closed'],
    'key-of-no-table': ['a_view'],
  });
});

test('measuring stops when it is told to', async () => {
  const stopped = database.measured([candidate('kind', { sizes: ['kind'] })], {
    signal: AbortSignal.abort(new Error('enough')),
  });
  await expect(stopped).rejects.toThrow('enough');
});

describe('a table that is too large to be counted', () => {
  const looked = 20_000;
  const options = { ...sampling, sampleRows: looked };

  // Rows of a value lie side by side, as they do where tenants were loaded one after the other.
  beforeAll(async () => {
    await database.write(
      'create table large (id int primary key, tenant int, region text, part int)',
      `insert into large select n, (1000 * (n / 120000.0) ^ 4)::int, 'r' || n % 3, n / 10
        from generate_series(1, 120000) n`,
      `create table large_parts (tenant int, part int) partition by hash (tenant)`,
      ...[0, 1].map(
        (rest) =>
          `create table large_parts_${rest} partition of large_parts
            for values with (modulus 2, remainder ${rest})`,
      ),
      'insert into large_parts select tenant, part from large',
      'vacuum analyze',
    );
  });

  test('pairs are sampled: shares within 4 standard errors of what --exact counts', async () => {
    for (const columns of [['tenant'], ['tenant', 'region'], ['region', 'part']]) {
      const drawn = await database.values('large', columns, options);
      const exact = await database.values('large', columns, {
        ...options,
        exact: { rowsMost: 1e9, timeMs: 60_000 },
      });
      expect([drawn.basis, exact.basis]).toEqual(['sampled', 'exact']);
      expect(Math.abs(drawn.looked - looked)).toBeLessThan(4 * Math.sqrt(looked));
      expect(exact.rows).toBe(120_000);
      const shares = new Map(exact.top.map(({ value, share }) => [value, share]));
      for (const { value, share } of drawn.top.slice(0, 5)) {
        const truth = shares.get(value) ?? exact.top.at(-1)?.share ?? 0;
        const error = Math.sqrt((truth * (1 - truth)) / drawn.looked);
        expect(Math.abs(share - truth)).toBeLessThan(4 * error);
      }
      expect(drawn.sumOfSquares / exact.sumOfSquares).toBeGreaterThan(0.8);
      expect(drawn.sumOfSquares / exact.sumOfSquares).toBeLessThan(1.25);
      const isNear = Math.abs(Math.log2(drawn.distinct / exact.distinct)) < 1;
      expect([columns, isNear || drawn.distinctDoubtful]).toEqual([columns, true]);
    }
  });

  test('pages are drawn of a table too large to be read: neighbours do not mislead', async () => {
    // 652 pages with some 184 rows each, of one tenant or two.
    const drawn = await database.values('large', ['tenant'], {
      ...options,
      sampleRows: 600,
      pagesToRead: 1,
    });
    const exact = await database.values('large', ['tenant']);
    expect(drawn.basis).toBe('sampled');
    expect(drawn.looked).toBeGreaterThan(480);
    expect(drawn.looked).toBeLessThan(720);
    const [drawnLargest, largest] = [drawn.top[0]?.share ?? 0, exact.top[0]?.share ?? 0];
    expect(drawn.top[0]?.value).toBe(exact.top[0]?.value);
    const error = Math.sqrt((largest * (1 - largest)) / drawn.looked);
    expect(Math.abs(drawnLargest - largest)).toBeLessThan(4 * error);
    // All pages, and some rows of each.
    const thinned = await database.values('large', ['tenant'], {
      ...options,
      sampleRows: 20_000,
      pagesToRead: 100,
    });
    expect(thinned.sumOfSquares / exact.sumOfSquares).toBeGreaterThan(0.8);
    expect(thinned.sumOfSquares / exact.sumOfSquares).toBeLessThan(1.25);
  });

  test('statistics that say all are taken as they are', async () => {
    const regions = await database.values('large', ['region'], options);
    expect(regions).toMatchObject({ basis: 'estimated', distinct: 3, distinctDoubtful: false });
    expect(regions.top[0]?.share).toBeCloseTo(1 / 3, 1);
    expect(regions.sumOfSquares).toBeCloseTo(1 / 3, 2);
    expect(await database.values('large', ['id'], options)).toMatchObject({
      basis: 'estimated',
      distinct: 120_000,
      sumOfSquares: 1 / 120_000,
      top: [1, 2, 3, 4, 5].map((id) => ({ value: `${id}`, share: 1 / 120_000 })),
    });
    const exact = { ...options, exact: { rowsMost: 1e9, timeMs: 60_000 } };
    expect(await database.values('large', ['region', 'id'], exact)).toMatchObject({
      basis: 'exact',
      rows: 120_000,
      distinct: 120_000,
      top: [1, 2, 3, 4, 5].map((id) => ({ value: `r${id % 3}\u001F${id}` })),
    });
  });

  test('partitions are one table', async () => {
    const drawn = await database.values('large_parts', ['tenant', 'part'], options);
    const exact = await database.values('large_parts', ['tenant', 'part']);
    expect([drawn.basis, exact.basis, exact.rows]).toEqual(['sampled', 'exact', 120_000]);
  });

  test('limits of --exact are kept, and told', async () => {
    const { values, unseen } = await database.measured(
      [candidate('part', { large: ['tenant', 'part'] })],
      {
        ...options,
        exact: { rowsMost: 1_000, timeMs: 60_000 },
      },
    );
    expect(values[0]?.basis).toBe('sampled');
    expect(unseen).toContainEqual({
      code: 'exact-too-many-rows',
      names: { key: 'part', tables: ['large'] },
      numbers: { tables: 1, rowsMost: 1_000 },
    });
    const hasty = await database.measured([candidate('part', { large: ['tenant', 'part'] })], {
      ...options,
      exact: { rowsMost: 1e9, timeMs: 5 },
    });
    expect(hasty.values[0]?.basis).toBe('sampled');
    expect(hasty.unseen.map(({ code }) => code)).toContain('key-timed-out');
  });
});
