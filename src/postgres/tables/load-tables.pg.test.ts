import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { recreateDatabase, recreateNamespace, withClient } from '../database.ts';
import { type LoadedTables, loadTables } from './load-tables.ts';
import type { TableRows } from './table-rows.ts';
import { filled, givenRows, shopRows } from './table-rows-fixture.ts';
import { TableChecksums } from './verify-tables.ts';

let fleet: RunningFleet;
let servers: readonly ShardAddress[];

beforeAll(async () => {
  ({ fleet, servers } = await startShards(3));
});
afterAll(() => fleet.stop());

const fresh = (shards: number): Promise<ShardAddress[]> =>
  Promise.all(servers.slice(0, shards).map((each) => recreateDatabase(each, 'tables')));

const query = async (address: ShardAddress | undefined, text: string): Promise<unknown[][]> =>
  withClient(present(address, 'shard'), async (client) => {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows;
  });

const constraints = async (address: ShardAddress | undefined): Promise<unknown[]> => {
  const found = await query(
    address,
    `select conname from pg_constraint where contype in ('p', 'u', 'f') and convalidated
      and connamespace = 'public'::regnamespace order by conname`,
  );
  return found.map(([name]) => name);
};

const onOneShard = (rows: TableRows, lost: Layout['lost'] = []): Layout => ({
  key: 'single',
  tables: rows.set.tables.map(({ name }) => ({
    table: name,
    placement: 'sharded',
    keyColumns: [],
    reason: 'key',
  })),
  operations: [],
  lost,
});

async function loadOnOne(rows: TableRows): Promise<[ShardAddress | undefined, LoadedTables]> {
  const addresses = await fresh(1);
  return [addresses[0], await loadTables(addresses, rows, onOneShard(rows))];
}

const shopKeys = [
  'lines_order_id_fkey',
  'lines_pkey',
  'lines_product_id_fkey',
  'orders_pkey',
  'orders_tenant_id_fkey',
  'orders_user_id_fkey',
  'products_pkey',
  'tenants_pkey',
  'users_pkey',
  'users_tenant_id_fkey',
];

test('the shop on three shards and on one: rows, keys and checksums', async () => {
  const checksums = new TableChecksums();
  const addresses = await fresh(3);
  const rows = shopRows(3);
  const loaded = await loadTables(addresses, rows, tenantLayout);
  expect(loaded.tables.map(({ table, placement, rows: by }) => [table, placement, by])).toEqual([
    ['tenants', 'sharded', [4, 3, 3]],
    ['users', 'sharded', [12, 9, 9]],
    ['products', 'reference', [50, 50, 50]],
    ['orders', 'sharded', [48, 36, 36]],
    ['lines', 'sharded', [96, 72, 72]],
  ]);
  for (const { bytes } of loaded.tables) expect(Math.min(...bytes)).toBeGreaterThan(8192);
  expect(loaded.contents.map((each) => each.rows)).toEqual([210, 170, 170]);
  expect(loaded.contents[1]?.bytes).toBe(
    loaded.tables.reduce((sum, { bytes }) => sum + (bytes[1] ?? 0), 0),
  );
  for (const address of addresses) expect(await constraints(address)).toEqual(shopKeys);
  checksums.check(rows.set, loaded.checksums);

  const [single, whole] = await loadOnOne(shopRows(1));
  expect(await constraints(single)).toEqual(shopKeys);
  expect(whole.checksums).toEqual(loaded.checksums);
  checksums.check(rows.set, whole.checksums);
  expect(await query(single, 'select name from tenants where id = 3')).toEqual([
    [`tenant\t3\\ "with" 'quotes' é漢😀`],
  ]);

  const other = shopRows(1, { 'lines.quantity': () => '7' });
  const [, changed] = await loadOnOne(other);
  expect(() => checksums.check(rows.set, changed.checksums)).toThrow(
    /the rows of lines have the checksum -?\d+, in the first cell they had -?\d+/,
  );
});

test('a lost foreign key is not declared; a unique one holds within each shard', async () => {
  const addresses = await fresh(2);
  const lost: Layout['lost'] = [
    { table: 'lines', kind: 'foreign', columns: ['product_id'], references: 'products' },
    { table: 'orders', kind: 'primary', columns: ['id'] },
  ];
  await loadTables(addresses, shopRows(2), { ...tenantLayout, lost });
  const declared = shopKeys.filter((name) => name !== 'lines_product_id_fkey');
  for (const address of addresses) expect(await constraints(address)).toEqual(declared);
});

test('rows of a key that is there twice: the table and the constraint are named', async () => {
  await expect(loadOnOne(shopRows(1, { 'users.id': () => '5' }))).rejects.toThrow(
    'tables.users: two of its rows have the same values in the primary key (id), users_pkey. ' +
      'Key (id)=(5) is duplicated.',
  );
});

test('a row without its parent: the table and the foreign key are named', async () => {
  const wrong = { 'orders.user_id': (row: number) => String(row === 7 ? 999 : 1) };
  await expect(loadOnOne(shopRows(1, wrong))).rejects.toThrow(
    'tables.orders: a row points to none in the foreign key (user_id), orders_user_id_fkey. ' +
      'Key (user_id)=(999) is not present in table "users".',
  );
});

test('values that the columns do not take: table, line and column are named', async () => {
  await expect(loadOnOne(shopRows(1, { 'users.id': () => 'five' }))).rejects.toThrow(
    'tables.users: loading its rows failed: invalid input syntax for type bigint: "five" ' +
      '(COPY users, line 1, column id: "five")',
  );
});

test('quoted names, NULLs, defaults, views, and a table without a primary key', async () => {
  const odd = 'Order "x" é';
  const rows = givenRows(
    [
      {
        name: odd,
        columns: [
          filled('Id', 'int8'),
          filled('select', 'text', 0.5),
          { name: 'state', type: 'text', generator: null, default: "'new'", nulls: 0 },
          { name: 'made', type: 'timestamptz', generator: null, default: 'now()', nulls: 0 },
          { name: 'never', type: 'text', generator: null, default: null, nulls: 0 },
        ],
        primary: ['Id'],
        unique: [['select']],
      },
      { name: 'log', columns: [filled('at', 'date'), filled('what', 'json', 0.1)] },
      { name: 'none', columns: [filled('a', 'int4')], primary: ['a'] },
    ],
    {
      [odd]: [
        ['1', null],
        ['2', ''],
        ['3', 'NULL'],
        ['4', '\\N'],
      ],
      log: [
        ['2024-01-01', '{"a": 1}'],
        ['2024-01-01', '{"a": 1}'],
        ['2024-01-02', null],
      ],
    },
    { views: [{ name: 'New', sql: `select * from "Order ""x"" é" where state = 'new'` }] },
  );
  const [address, loaded] = await loadOnOne(rows);
  expect(await query(address, 'select "Id", "select", state, never from "New" order by 1')).toEqual(
    [
      ['1', null, 'new', null],
      ['2', '', 'new', null],
      ['3', 'NULL', 'new', null],
      ['4', '\\N', 'new', null],
    ],
  );
  expect(loaded.tables.map(({ rows: by }) => by)).toEqual([[4], [3], [0]]);
  const [, again] = await loadOnOne(rows);
  expect(again.checksums).toEqual(loaded.checksums);
});

test('a view or a type that Postgres refuses is quoted with its place', async () => {
  const table = { name: 'a', columns: [filled('x', 'no_such_type')] };
  await expect(loadOnOne(givenRows([table], {}))).rejects.toThrow(
    /tables\.a: Postgres says: type "no_such_type" does not exist.*create table "a"/s,
  );
  const views = [{ name: 'v', sql: 'select * from nowhere' }];
  await expect(loadOnOne(givenRows([], {}, { views }))).rejects.toThrow(
    /views\.v: Postgres says: relation "nowhere" does not exist/,
  );
});

test('in a schema of ours on the user’s own server, and never outside of it', async () => {
  const maintenance = present(servers[0], 'server');
  const database = await recreateDatabase(maintenance, 'users_own');
  await withClient(database, async (client) => {
    await client.query('create schema ours');
    await client.query('create table theirs (id int8 primary key)');
  });
  const address = await recreateNamespace({ ...database, schema: 'ours' }, 'ignored');
  const rows = shopRows(1);
  await loadTables([address], rows, onOneShard(rows));
  const tables = "select count(*)::int from pg_tables where schemaname = 'ours'";
  expect(await query(database, tables)).toEqual([[5]]);
  const stranger = givenRows(
    [],
    {},
    { views: [{ name: 'v', sql: 'select * from public.theirs' }] },
  );
  const empty = await recreateNamespace({ ...database, schema: 'ours' }, 'ignored');
  await expect(loadTables([empty], stranger, onOneShard(stranger))).rejects.toThrow(
    'the SQL of the scenario uses public.theirs, which is outside the schema of this run',
  );
});

test('lost rows, rows on a wrong shard and a reference table that differs are found', async () => {
  const rows = shopRows(2);
  const turned = { ...rows, shardOf: turnedOnce(rows) };
  await expect(loadTables(await fresh(2), turned, tenantLayout)).rejects.toThrow(
    /row \d+ of tenants is not on shard [01]/,
  );
  const partial = { ...rows, shardOf: () => () => 0 };
  await expect(loadTables(await fresh(2), partial, tenantLayout)).rejects.toThrow(
    /shard 1 holds 0 rows of the reference table products/,
  );
});

/** Says another shard after the load than it did for it. */
function turnedOnce(rows: TableRows): TableRows['shardOf'] {
  const asked = new Set<number>();
  return (table) => {
    const shardOf = rows.shardOf(table);
    if (!asked.has(table)) {
      asked.add(table);
      return shardOf;
    }
    return (row) => (shardOf(row) < 0 ? shardOf(row) : 1 - shardOf(row));
  };
}
