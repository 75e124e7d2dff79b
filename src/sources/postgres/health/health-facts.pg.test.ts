import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShardAddress } from '../../../base/shard-address.ts';
import type { RunningFleet } from '../../../fleet/types.ts';
import type { HealthFact } from '../../../profile/evidence.ts';
import { startShards } from '../../../testing/embedded-shards.ts';
import { type TestDatabase, testDatabase } from '../database-evidence-fixture.ts';
import { healthCodes } from './health-codes.ts';
import { healthFacts } from './health-facts.ts';

let fleet: RunningFleet;
let server: ShardAddress;
let database: TestDatabase;

beforeAll(async () => {
  const started = await startShards(1);
  ({ fleet } = started);
  const [first] = started.servers;
  if (first === undefined) throw new Error('no server');
  server = first;
  database = await testDatabase(server);
});
afterAll(async () => {
  await database.close();
  await fleet.stop();
});

async function facts(): Promise<ReadonlyMap<string, HealthFact>> {
  const { facts: all } = await healthFacts(database, await database.schema());
  return new Map(all.map((each) => [each.code, each]));
}

test('each fact stands once, in its order, and a quiet database argues for nothing', async () => {
  const { facts: all, unseen } = await healthFacts(database, await database.schema());
  expect(unseen).toEqual([]);
  expect(all.map(({ code }) => code)).toEqual(healthCodes);
  expect(all.filter(({ arguesFor }) => arguesFor !== null)).toEqual([]);
  for (const { code, value } of all) expect([code, Number.isFinite(value)]).toEqual([code, true]);
});

test('what the server did is in the numbers', async () => {
  const before = await facts();
  await database.write(
    'create table written (id int, filler text)',
    `insert into written select n, repeat('x', 500) from generate_series(1, 20000) n`,
    'select pg_stat_force_next_flush()',
    'checkpoint',
  );
  const after = await facts();
  const grown = (code: string, name: string): number =>
    (after.get(code)?.numbers[name] ?? 0) - (before.get(code)?.numbers[name] ?? 0);
  expect(grown('write-rate', 'inserted')).toBeGreaterThanOrEqual(20_000);
  expect(grown('wal-rate', 'bytes')).toBeGreaterThan(20_000 * 500);
  expect(grown('requested-checkpoints', 'requested')).toBeGreaterThanOrEqual(1);
  expect(grown('database-size', 'heap')).toBeGreaterThan(20_000 * 500);
  const wal = after.get('wal-rate');
  expect(wal?.value).toBeCloseTo((wal?.numbers.bytes ?? 0) / (wal?.numbers.seconds ?? 1), 6);
});

test('open transactions and waiting sessions are seen', async () => {
  const [holder, waiter] = [new pg.Client({ ...server }), new pg.Client({ ...server })];
  await Promise.all([holder.connect(), waiter.connect()]);
  await database.write('create table held (id int)', 'insert into held values (1)');
  await holder.query('begin');
  await holder.query('update held set id = 2');
  const waiting = waiter.query('update held set id = 3');
  await holder.query('select pg_sleep(0.3)');
  const found = await facts();
  await holder.query('commit');
  await waiting;
  await Promise.all([holder.end(), waiter.end()]);
  expect(found.get('waits')).toMatchObject({ value: 1, numbers: { lock: 1, io: 0, active: 1 } });
  expect(found.get('long-transactions')?.value).toBeGreaterThan(0.3);
  expect(found.get('long-transactions')?.numbers).toEqual({ idle: 1 });
  // The reader, the writer of this test, and the two above.
  expect(found.get('connections')?.numbers.connections).toBe(4);
});

test('what a role may not see is told', async () => {
  await database.write(`create role stranger login password 'stranger'`);
  const stranger = await testDatabase({ ...server, user: 'stranger', password: 'stranger' });
  const { facts: all, unseen } = await healthFacts(stranger, { tables: [], views: [] });
  await stranger.close();
  expect(unseen).toEqual([
    {
      code: 'health-sessions-hidden',
      names: { facts: ['connections', 'waits', 'long-transactions'] },
      numbers: { sessions: 2 },
    },
  ]);
  expect(all.map(({ code }) => code)).toContain('wal-rate');
});
