import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { candidateKeys } from '../../../profile/candidates.ts';
import type { SchemaEvidence } from '../../../profile/evidence.ts';
import { keyBinder } from '../../../profile/key-binder.ts';
import { renamedSql } from '../../../profile/sql-names.ts';
import { loadGrammar } from '../../../sql/grammar.ts';
import { sqlReader } from '../../../sql/sql-reader.ts';
import { openPostgres, type PostgresSource } from '../../postgres/open-postgres.ts';
import { TestServer } from '../../postgres/test-server-fixture.ts';
import { openLog } from '../open-log.ts';
import { KeyObserver } from './key-observer.ts';
import { TemplateObserver } from './template-observer.ts';

const grammar = await loadGrammar();
const { signal } = new AbortController();
let server: TestServer;
let folder: string;
let database: PostgresSource;

/** Of the simple protocol, with literals of every kind. */
const simple = [
  "insert into orders values (1, 10, 1.5, 'it''s', '{a,b}', now()), (2, 20, -2, E'x', '{}', now())",
  "insert into orders values (3, 10, 1e3, $$text$$, array['a', 'b'], '2026-01-01')",
  'select * from orders where tenant = 10 and id in (1, 2, 3) order by 2 desc, placed limit 5',
  'select * from orders where tenant = -10 and id in (7, 8) order by 2 desc, placed limit 50',
  "select * from orders where placed > now() - interval '1 day' and tenant = 20",
  "select * from orders where placed > timestamp '2026-01-01 10:00' /* why */ and tenant = 30",
  'select count(*), tenant from orders where total between 0.5 and 1_000 group by 2 -- how many',
  "update orders set note = U&'\\0041', total = total * 1.10 where tenant = 10 and id = 3",
  "select note || 'x', total::numeric(10,1), upper(note) from orders where id = 0x1F",
  "select * from orders where (tenant, id) in ((1, 2), (3, 4)) and tags = array['a', 'b', 'c']",
  'with big as (select * from orders where total > 100) select count(*) from big where tenant = 5',
  "delete from orders where tenant = 99 and note like '%z' returning id",
  'select t.id from t12 t where t.id = 1 union all select t.id from t13 t where t.id = 2',
];

/** With parameters, in transactions. */
async function bound(client: pg.Client): Promise<void> {
  const read = "select total from orders where tenant = $1 and id = $2 and note <> 'gone'";
  for (let i = 0; i < 10; i += 1) await client.query(read, [String(i % 3), i]);
  for (const [first, second] of [
    [10, 10],
    [10, 20],
  ]) {
    await client.query('begin');
    await client.query('update orders set total = $1 where tenant = $2 and id = 1', ['7', first]);
    await client.query('select id from orders where tenant = $1', [second]);
    await client.query('commit');
  }
}

beforeAll(async () => {
  server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    log_min_duration_statement: '0',
    log_line_prefix: '%m [%p] %c ',
  });
  await server.ask(`
    create extension pg_stat_statements;
    create table t12 (id int); create table t13 (id int);
    create table orders (
      id int, tenant int, total numeric, note text, tags text[], placed timestamp,
      primary key (tenant, id))`);
  await server.ask('select pg_stat_statements_reset()');
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  for (const sql of simple) await client.query(sql);
  await bound(client);
  await client.end();
  database = await openPostgres(server.url(), { watchMs: null, signal, report: () => undefined });
  await database.session.close();
  folder = await mkdtemp(join(tmpdir(), 'shardlab-log-'));
  const lines = (await server.log()).split('\n');
  // What was done to make the tables, and to look at them, is no part of the workload.
  const from = lines.findIndex((line) => line.includes('pg_stat_statements_reset')) + 1;
  const to = lines.findLastIndex((line) => line.includes('commit')) + 1;
  await writeFile(join(folder, 'log'), `${lines.slice(from, to).join('\n')}\n`);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const schemaOf = ({ schema }: PostgresSource): SchemaEvidence => schema;

test('a log comes to the templates of pg_stat_statements, and to the load of keys', async () => {
  const schema = schemaOf(database);
  const renamed = (sql: string): string => renamedSql(sql, schema, grammar);
  const source = await openLog(join(folder, 'log'), { signal, report: () => undefined });
  const observer = new TemplateObserver({ grammar, renamed, source: 0, oneSession: false });
  for await (const batch of source.records()) for (const record of batch) observer.add(record);
  const { queries, unparsed, read, time } = observer.finish();
  expect([...unparsed, ...source.unparsed()]).toEqual([]);
  const callsOf = (all: PostgresSource['queries']): Record<string, number> =>
    Object.fromEntries((all?.templates ?? []).map(({ sql, calls }) => [sql, calls]));
  expect(callsOf(queries)).toEqual(callsOf(database.queries));
  expect(read).toMatchObject({ transactions: 2, utilityStatements: 4 });

  const reader = sqlReader(grammar);
  const candidates = candidateKeys(schema, queries.templates, reader);
  const binder = keyBinder(schema, candidates, reader);
  const keys = new KeyObserver(candidates, { grammar, renamed, binder, time, oneSession: false });
  for await (const batch of source.records()) for (const record of batch) keys.add(record);
  const load = keys.finish().find(({ key }) => key === 'tenant');
  const counts = (load?.top ?? []).map(({ value, count }) => [value, count]);
  expect(Object.fromEntries(counts)).toEqual({
    '-10': 1,
    '0': 4,
    '1': 4,
    '2': 3,
    '5': 1,
    '10': 6,
    '20': 1,
    '30': 1,
    '99': 1,
  });
  // The INSERT of two rows, the list of two rows, and the second transaction.
  expect(load?.transactions).toEqual({ several: 3, all: 22 });
});
