import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { TableEvidence, Unseen } from '../../profile/evidence.ts';
import { openPostgres, type PostgresSource } from './open-postgres.ts';
import { richAnalyze, richSchema } from './rich-schema-fixture.ts';
import { TestServer } from './test-server-fixture.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    wal_level: 'replica',
    autovacuum: 'off',
  });
  await server.ask('create database rich');
  await server.ask(richSchema, 'rich');
  await server.ask(richAnalyze, 'rich');
});

afterAll(() => server.stop());

const never = new AbortController().signal;

async function read(
  options: { user?: string; database?: string; watchMs?: number; on?: TestServer } = {},
): Promise<PostgresSource> {
  const { watchMs = null, on = server, ...place } = options;
  const url = on.url({ database: 'rich', ...place });
  const source = await openPostgres(url, { watchMs, signal: never, report: () => undefined });
  await source.session.close();
  return source;
}

const tableOf = ({ schema }: PostgresSource, name: string): TableEvidence =>
  present(
    schema.tables.find((table) => table.name === name),
    name,
  );

const codes = (source: PostgresSource): string[] => source.unseen.map(({ code }) => code);

const unseenOf = (source: PostgresSource, code: string): Unseen =>
  present(
    source.unseen.find((each) => each.code === code),
    code,
  );

test('tables have names of the scenario: public first, what is taken by its schema', async () => {
  const source = await read();
  expect(
    source.schema.tables.map(({ name, stored }) => `${stored.schema}.${stored.name} ${name}`),
  ).toEqual([
    'public.Tenants tenants',
    'public.employees employees',
    'public.events events',
    'public.orders orders',
    'public.people people',
    'audit.Empty empty',
    'audit.log log',
    'sales.order_lines order_lines',
    'sales.orders sales_orders',
  ]);
  expect(tableOf(source, 'sales_orders').columns.map(({ name }) => name)).toEqual([
    'id',
    'order',
    'select',
    'select_',
  ]);
  expect(source.evidence).toMatchObject({
    kind: 'postgres',
    name: `postgres://127.0.0.1:${server.port}/rich`,
    about: { role: 'primary', version: expect.stringMatching(/^18\.\d+$/) },
  });
});

test('columns have their types, and what these are made of', async () => {
  const { columns } = tableOf(await read(), 'orders');
  const parts = columns.map((each) => [each.name, each.type, each.typeKind, each.base]);
  expect(parts).toEqual([
    ['tenant_id', 'integer', 'base', 'integer'],
    ['id', 'bigint', 'base', 'bigint'],
    ['status', 'order_status', 'enum', 'order_status'],
    ['tags', 'text[]', 'array', 'text'],
    ['history', 'order_status[]', 'array', 'order_status'],
    ['total', 'money', 'domain', 'numeric(12,2)'],
    ['tax', 'numeric(12,2)', 'base', 'numeric(12,2)'],
    ['label', 'text', 'base', 'text'],
    ['note', 'character varying(20)', 'base', 'character varying(20)'],
    ['active', 'daterange', 'range', 'daterange'],
  ]);
  const column = (name: string) => columns.find((each) => each.name === name);
  expect(column('history')?.enumLabels).toEqual(['new', 'paid', 'sent']);
  expect(column('id')?.identity).toBe('by default');
  expect(column('tax')?.generated).toMatchObject({ stored: true });
  expect(column('label')).toMatchObject({ generated: { stored: false }, default: null });
  expect(column('status')?.default).toContain("'new'");
  const lines = tableOf(await read(), 'order_lines').columns;
  // A domain over a domain, which refuses NULL.
  expect(lines.find(({ name }) => name === 'price')).toMatchObject({
    typeKind: 'domain',
    base: 'numeric(12,2)',
    notNull: true,
  });
});

test('keys, checks and indexes are in names of the scenario', async () => {
  const source = await read();
  const orders = tableOf(source, 'orders');
  expect(orders).toMatchObject({
    primary: ['tenant_id', 'id'],
    unique: [['tenant_id', 'note']],
    exclusions: [{ name: 'orders_tenant_id_active_excl' }],
    foreign: [
      { columns: ['tenant_id'], table: 'tenants', references: ['id'], onDelete: 'cascade' },
    ],
  });
  expect(orders.checks).toHaveLength(1);
  const [expression, open] = orders.indexes;
  expect(expression?.columns).toEqual(['(lower(note::text))', 'id']);
  expect(open).toMatchObject({ columns: ['tenant_id'], unique: true, partial: true });
  expect(tableOf(source, 'tenants')).toMatchObject({
    unique: [['name']],
    foreign: [{ table: 'tenants', columns: ['parent_id'], onDelete: 'set null' }],
  });
  expect(tableOf(source, 'employees')).toMatchObject({ inherits: ['people'], primary: [] });
  expect(source.schema.views).toMatchObject([
    { name: 'paid_orders', materialized: false, sql: expect.stringContaining('t.name') },
    { name: 'totals', materialized: true },
  ]);
});

test('a partitioned table is one, with what all of its partitions have', async () => {
  const source = await read();
  const events = tableOf(source, 'events');
  const [[heap, indexes, rows] = []] = await server.ask(
    `select sum(pg_relation_size(relid))::int, sum(pg_indexes_size(relid))::int,
       (select count(*)::int from public.events)
     from pg_partition_tree('public.events') where isleaf`,
    'rich',
  );
  expect(events).toMatchObject({
    kind: 'partitioned',
    partitions: { count: 3, by: 'RANGE (at)' },
    rows: { count: rows, basis: 'estimated' },
    bytes: { heap, indexes },
    activity: { inserted: 3000 },
  });
  expect(events.indexes).toMatchObject([{ columns: ['tenant_id', 'at'], bytes: indexes }]);
  expect(unseenOf(source, 'partitioned-not-analyzed').names).toEqual({ names: ['events'] });
});

test('sizes, rows and statistics of columns', async () => {
  const source = await read();
  const orders = tableOf(source, 'orders');
  const [[heap, toast] = []] = await server.ask(
    `select pg_relation_size(oid)::int, pg_total_relation_size(reltoastrelid)::int
     from pg_class where oid = 'public.orders'::regclass`,
    'rich',
  );
  expect(orders.bytes).toMatchObject({ heap, toast });
  expect(orders.rows).toEqual({ count: 1000, basis: 'estimated' });
  expect(tableOf(source, 'empty').rows).toEqual({ count: 0, basis: 'exact' });
  const stats = (name: string) => orders.columns.find((each) => each.name === name)?.stats;
  expect(stats('tenant_id')).toMatchObject({ distinct: 6, nullFraction: 0 });
  expect(stats('tenant_id')?.mostCommon[0]?.fraction).toBeCloseTo(0.2, 6);
  expect(stats('status')?.mostCommon.map(({ value }) => value)).toEqual(['sent', 'paid']);
  expect(stats('total')).toMatchObject({ distinct: 1000, mostCommon: [] });
  expect(stats('total')?.histogram.map(Number)).toEqual(
    // Of 101 bounds of 1 to 1000, each fifth.
    Array.from({ length: 21 }, (_, i) => expect.closeTo(1 + (i * 999) / 20, -1)),
  );
  expect(stats('active')).toMatchObject({ nullFraction: 1, distinct: 0, histogram: [] });
  expect(stats('tags')?.mostCommon).toEqual([{ value: '{a,b}', fraction: 1 }]);
  expect(orders.distinctTogether).toEqual([{ columns: ['tenant_id', 'status'], distinct: 12 }]);
  expect(unseenOf(source, 'never-analyzed')).toMatchObject({
    names: { names: ['log', 'sales_orders'] },
    numbers: { count: 2 },
  });
  // Known by the counters alone.
  expect(tableOf(source, 'log').rows).toEqual({ count: 50, basis: 'estimated' });
});

test('rows that came after ANALYZE count by the pages that they fill', async () => {
  await server.ask('create database grown');
  await server.ask(
    `create table t (id int, pad text);
     insert into t select i, repeat('x', 100) from generate_series(1, 10000) i;
     analyze t; insert into t select i, repeat('x', 100) from generate_series(1, 10000) i`,
    'grown',
  );
  const { rows } = tableOf(await read({ database: 'grown' }), 't');
  expect(rows.count / 20_000).toBeCloseTo(1, 1);
});

test('a role that may read one table is told what it does not see', async () => {
  await server.ask(`create role one login password '${server.password}'`);
  await server.ask(
    `grant select on public.orders to one; grant usage on schema sales to one;
     grant select (tenant_id, number) on sales.order_lines to one`,
    'rich',
  );
  const source = await read({ user: 'one' });
  const readable = source.schema.tables.filter((table) => table.readable);
  expect(readable.map(({ name }) => name)).toEqual(['orders', 'order_lines']);
  expect(unseenOf(source, 'tables-unreadable').numbers).toEqual({ count: 7 });
  expect(unseenOf(source, 'columns-unreadable').names).toEqual({
    names: ['order_lines.order_id', 'order_lines.price', 'order_lines.spot'],
  });
  expect(tableOf(source, 'tenants').columns[0]).toMatchObject({ readable: false, stats: null });
  expect(tableOf(source, 'tenants').rows.count).toBe(20);
  expect(tableOf(source, 'orders').columns[0]?.stats).not.toBeNull();
  expect(codes(source)).toContain('statements-not-installed');
});

test('policies that hide rows are told', async () => {
  await server.ask('create database hiding');
  await server.ask(
    `create table t (id int); insert into t values (1); alter table t enable row level security;
     grant select on t to one`,
    'hiding',
  );
  const source = await read({ user: 'one', database: 'hiding' });
  expect(unseenOf(source, 'rows-hidden-by-policies').names).toEqual({ names: ['t'] });
  expect(codes(source)).not.toContain('never-analyzed');
});

test('a table that somebody has to themselves keeps nothing waiting', async () => {
  const client = new pg.Client({ connectionString: server.url({ database: 'rich' }) });
  await client.connect();
  await client.query('begin; lock table public.orders in access exclusive mode');
  const started = performance.now();
  const source = await read().finally(() => void client.end());
  // It does not even wait for its lock_timeout.
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(unseenOf(source, 'tables-locked').names).toEqual({ names: ['orders'] });
  expect(unseenOf(source, 'views-unread').names).toEqual({ names: ['paid_orders', 'totals'] });
  expect(tableOf(source, 'orders').bytes.heap).toBeGreaterThan(0);
});

test('a database without tables, and tables of extensions', async () => {
  await server.ask('create database nothing');
  const none = await read({ database: 'nothing' });
  expect(none.schema).toEqual({ tables: [], views: [] });
  await server.ask(
    `create extension pg_stat_statements; create table zero (); create table conf (id int);
     alter extension pg_stat_statements add table conf`,
    'nothing',
  );
  const source = await read({ database: 'nothing' });
  expect(source.schema).toEqual({ tables: [], views: [] });
  expect(unseenOf(source, 'tables-without-columns').names).toEqual({ names: ['public.zero'] });
  expect(unseenOf(source, 'extension-tables')).toMatchObject({
    names: { extensions: ['pg_stat_statements'] },
    numbers: { count: 1 },
  });
});

test('a hot standby is read like its primary, and its counters are its own', async () => {
  const standby = await server.startStandby();
  const [original, copy] = [await read(), await read({ on: standby })];
  expect(copy.evidence.about['role']).toBe('standby');
  expect(codes(copy)).toContain('standby-counters');
  const shape = ({ schema }: PostgresSource) =>
    schema.tables.map(({ name, columns, primary, foreign, bytes, checks }) => {
      return { name, columns, primary, foreign, bytes, checks };
    });
  expect(shape(copy)).toEqual(shape(original));
  expect(tableOf(copy, 'orders').activity?.inserted).toBe(0);
});

test('what is watched is what happens meanwhile', async () => {
  const watching = read({ watchMs: 2_500 });
  await sleep(1_000);
  await server.ask(
    `insert into public."Tenants" ("Name") values ('new 1'), ('new 2');
     update public.people set name = 'q' where id <= 7; delete from audit.log`,
    'rich',
  );
  const source = await watching;
  const { activity } = tableOf(source, 'tenants');
  expect(activity).toMatchObject({ inserted: 2, updated: 0, liveRows: 22 });
  expect(activity?.seconds).toBeGreaterThan(2.4);
  expect(activity?.seconds).toBeLessThan(6);
  expect(tableOf(source, 'people').activity).toMatchObject({ updated: 7, inserted: 0 });
  expect(tableOf(source, 'log').activity).toMatchObject({ deleted: 50 });
  expect(tableOf(source, 'orders').activity).toMatchObject({ inserted: 0, sequentialScans: 0 });
});
