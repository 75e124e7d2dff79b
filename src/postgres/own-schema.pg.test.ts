import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { RunningFleet } from '../fleet/types.ts';
import type { Schema } from '../scenario/types.ts';
import { startShards } from '../testing/embedded-shards.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { PooledConnection } from './connection.ts';
import { createSchema, finishCopy, recreateNamespace, withClient } from './database.ts';
import { serverFacts } from './server-facts.ts';

// A server of the user's own: a plain role, a database with a table in it, and a schema for the
// run.
let fleet: RunningFleet;
let admin: ShardAddress;
let maintenance: ShardAddress;

const schema: Schema = {
  ddl: ['create table t (id int primary key, v text)'],
  indexes: ['create index t_v on t (v)'],
  table: 't',
  columns: [],
};

beforeAll(async () => {
  const started = await startShards(1);
  fleet = started.fleet;
  const server = present(started.servers[0], 'server');
  await ask(server, 'create database app');
  admin = { ...server, database: 'app' };
  await ask(admin, `create role plain login password '${server.password}'`);
  await ask(admin, 'grant create on database app to plain');
  await ask(admin, 'grant create, usage on schema public to plain');
  maintenance = { ...admin, user: 'plain', schema: 'own' };
  await ask(maintenance, 'create table public.precious (id int)');
  await ask(maintenance, 'create schema own');
});

afterAll(() => fleet.stop());

async function ask(address: ShardAddress, text: string): Promise<string[]> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<string[]>({ text, rowMode: 'array' });
    return rows.map((row) => row.join());
  });
}

const tables = (): Promise<string[]> =>
  ask(
    admin,
    "select schemaname, tablename from pg_tables where schemaname !~ '^pg_|^info' order by 1, 2",
  );

test('a cell lives in the schema, starts empty, and leaves the rest alone', async () => {
  const address = await recreateNamespace(maintenance, 'ignored');
  await createSchema([address], schema);
  await ask(address, 'insert into t select i from generate_series(1, 100) i');
  const notes = await finishCopy([address], schema);
  expect(notes).toMatchObject([{ code: 'checkpoint-not-allowed', severity: 'warning' }]);
  expect(await tables()).toEqual(['own,t', 'public,precious']);
  expect(await ask(admin, "select reltuples from pg_class where oid = 'own.t'::regclass")).toEqual([
    '100',
  ]);
  await recreateNamespace(maintenance, 'ignored');
  expect(await tables()).toEqual(['public,precious']);
});

test.each([
  'create table public.mine (id int)',
  'create schema mine',
  'create function public.f() returns int language sql as $$ select 1 $$',
  "create type public.colour as enum ('red')",
  'drop table public.precious',
  'create table v as select * from public.precious',
])('DDL that reaches outside is undone: %s', async (statement) => {
  const address = await recreateNamespace(maintenance, 'ignored');
  const start = createSchema([address], { ...schema, ddl: [...schema.ddl, statement] });
  await expect(start).rejects.toThrow(
    /^the SQL of the scenario uses .*(public|mine|that it drops)/,
  );
  expect(await tables()).toEqual(['public,precious']);
});

test('DDL that rebuilds its own table is fine', async () => {
  const address = await recreateNamespace(maintenance, 'ignored');
  const rebuild = 'alter table t alter column id type bigint';
  await createSchema([address], { ...schema, ddl: [...schema.ddl, rebuild] });
  expect(await tables()).toEqual(['own,t', 'public,precious']);
});

test('a statement that names a table outside is refused before it runs', async () => {
  const address = await recreateNamespace(maintenance, 'ignored');
  await createSchema([address], schema);
  const connect = async (prepare: string): Promise<void> => {
    const limits = { statementTimeoutMs: 1e4, connectTimeoutMs: 1e4 };
    const options = { address, prepare: [prepare], reports: false, rollsBack: true, ...limits };
    const connection = new PooledConnection(0, 0, options, () => undefined);
    try {
      await connection.connect();
    } finally {
      await connection.close();
    }
  };
  await connect('prepare a as update t set v = $1 where id = $2');
  await expect(connect('prepare b as delete from public.precious where id = $1')).rejects.toThrow(
    'the SQL of the scenario uses public.precious, which is outside the schema of this run',
  );
  await expect(connect('prepare c as select * from t, public.precious')).rejects.toThrow(
    /public\.precious/,
  );
});

test('the facts of a server are what a session sees', async () => {
  const facts = await serverFacts({
    ...maintenance,
    options: '-c synchronous_commit=remote_write',
  });
  expect(facts.version).toMatch(/^18\.\d/);
  expect(facts.settings).toMatchObject({
    fsync: 'off',
    synchronous_commit: 'remote_write',
    shared_buffers: '64MB',
  });
});
