import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgres, type PostgresSource } from '../open-postgres.ts';
import { TestServer } from '../test-server-fixture.ts';

let server: TestServer;
const setUp = `
  create schema tools; create extension pg_stat_statements schema tools;
  create table "Orders" ("Id" int primary key, tenant int, note text);
  create function twice(int) returns int language plpgsql as
    $$ begin perform count(*) from "Orders" where tenant = $1; return 2 * $1; end $$;
  create role other login password 'PASSWORD'; grant all on "Orders" to other;
  grant usage on schema tools to other;
  insert into "Orders" select i, i % 10, 'n' from generate_series(1, 100) i`;

beforeAll(async () => {
  server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.track': 'all',
  });
  await server.ask(setUp.replace('PASSWORD', server.password));
});

afterAll(() => server.stop());

async function read(
  options: { user?: string; database?: string; watchMs?: number; on?: TestServer } = {},
): Promise<PostgresSource> {
  const { watchMs = null, on = server, ...place } = options;
  const signal = new AbortController().signal;
  const source = await openPostgres(on.url(place), { watchMs, signal, report: () => undefined });
  await source.session.close();
  return source;
}

const callsOf = ({ queries }: PostgresSource): Record<string, number> =>
  Object.fromEntries((queries?.templates ?? []).map(({ sql, calls }) => [sql, calls]));

const codes = ({ unseen }: PostgresSource): string[] => unseen.map(({ code }) => code);

test('statements are templates in names of the scenario; what is none is counted', async () => {
  await server.ask('select tools.pg_stat_statements_reset()');
  for (let i = 1; i <= 5; i += 1) {
    await server.ask(
      `begin; select * from "Orders" where "Id" = ${i}; set work_mem = '8MB'; commit`,
    );
  }
  await server.ask(
    `select twice(3); update public."Orders" set note = 'secret' where tenant in (1, 2, 3);
     select count(*) from pg_class; select now() - interval '1 day'`,
  );
  const first = await read();
  const source = await read();
  expect(callsOf(source)).toEqual({
    'select * from orders where id = $1': 5,
    'select twice($1)': 1,
    'update orders set note = $1 where tenant = any ($2)': 1,
    'select now() - $1::interval': 1,
  });
  expect(source.queries?.templates[0]).toMatchObject({ rows: 5, source: 0, line: null });
  expect(source.queries?.seconds).toBeGreaterThan(0);
  expect(codes(source)).toContain('statements-nested');
  const { read: counts } = source.evidence;
  expect(counts['utilityCalls']).toBeGreaterThanOrEqual(15);
  expect(counts['nestedCalls']).toBe(1);
  // Of the first reading only: our own and that of pg_class.
  expect(counts['catalogCalls']).toBeGreaterThan(first.evidence.read['catalogCalls'] ?? 0);
  expect(JSON.stringify(source.queries)).not.toContain('secret');
});

test('what is watched is the difference of two looks', async () => {
  const watching = read({ watchMs: 1_500 });
  await sleep(700);
  await server.ask('select * from "Orders" where "Id" = 7; select max(note) from "Orders"');
  const source = await watching;
  expect(callsOf(source)).toEqual({
    'select * from orders where id = $1': 1,
    'select max(note) from orders': 1,
  });
  expect(source.queries?.seconds).toBeGreaterThan(1.4);
});

test('statements of other users are hidden from a role, and counted', async () => {
  const source = await read({ user: 'other' });
  expect(source.queries?.templates).toEqual([]);
  const hidden = source.unseen.find(({ code }) => code === 'statements-hidden');
  expect(hidden?.numbers['statements']).toBeGreaterThan(5);
  expect(hidden?.numbers['calls']).toBeGreaterThan(10);
  await server.ask('revoke select on tools.pg_stat_statements from public');
  const refused = await read({ user: 'other' });
  expect(refused.queries).toBeNull();
  expect(codes(refused)).toContain('statements-not-readable');
  await server.ask('grant select on tools.pg_stat_statements to public');
});

test('a database that does not have it says so', async () => {
  await server.ask('create database without');
  const source = await read({ database: 'without' });
  expect(source.queries).toBeNull();
  expect(codes(source)).toContain('statements-not-installed');
});

test.each([
  ['1.8', 'statements-since-unknown'],
  ['1.7', 'statements-outdated'],
])('version %s of it, as of older servers: %s', async (version, code) => {
  const database = `old_${version.replace('.', '_')}`;
  await server.ask(`create database ${database}`);
  await server.ask(`create extension pg_stat_statements version '${version}'`, database);
  await server.ask('create table t (a int); select * from t where a = 1', database);
  const source = await read({ database });
  expect(codes(source)).toContain(code);
  const found = version === '1.8' ? { 'select * from t where a = $1': 1 } : {};
  expect(callsOf(source)).toEqual(found);
});

test('a server that has not loaded it says so', async () => {
  const plain = await TestServer.start();
  try {
    await plain.ask('create extension pg_stat_statements');
    const source = await read({ on: plain });
    expect(source.queries).toBeNull();
    expect(codes(source)).toContain('statements-not-preloaded');
  } finally {
    await plain.stop();
  }
});
