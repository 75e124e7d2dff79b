import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningFleet } from '../fleet/types.ts';
import { startShards } from '../testing/embedded-shards.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { recreateDatabase, withClient } from './database.ts';
import { shardStatistics, statisticsBetween } from './shard-statistics.ts';

let fleet: RunningFleet;
let addresses: readonly ShardAddress[];

beforeAll(async () => {
  const started = await startShards(1);
  ({ fleet } = started);
  addresses = await Promise.all(started.servers.map((each) => recreateDatabase(each, 'counted')));
});
afterAll(() => fleet.stop());

const run = async (...statements: string[]): Promise<void> => {
  for (const address of addresses) {
    await withClient(address, async (client) => {
      for (const text of statements) await client.query(text);
    });
  }
};

test('counts what sessions did between two looks once they have ended', async () => {
  await run(
    'create table kept (id int primary key, body text)',
    "insert into kept select n, repeat('x', 100) from generate_series(1, 5000) n",
    'vacuum (analyze) kept',
    'checkpoint',
  );
  const before = await shardStatistics(addresses);
  await run(
    "insert into kept select n, 'y' from generate_series(5001, 5100) n",
    "update kept set body = 'z' where id <= 10",
    'delete from kept where id <= 3',
    'select count(*) from kept',
  );
  const [server] = await statisticsBetween(addresses, before, 512e6);
  expect(server).toMatchObject({
    sharedBuffersBytes: 64 * 2 ** 20,
    memoryBytes: 512e6,
    rowsInserted: 100,
    rowsUpdated: 10,
    rowsDeleted: 3,
    blocksRead: 0,
    deadlocks: 0,
    tempFiles: 0,
  });
  // 5,000 rows of 128 bytes are about 80 pages, each of which the count reads once.
  expect(server?.blocksHit).toBeGreaterThan(80);
  expect(server?.bytes).toBeGreaterThan(5000 * 100);
  expect(server?.indexBytes).toBeLessThan(server?.bytes ?? 0);
});

test('a sort beyond work_mem is seen as a temporary file', async () => {
  const before = await shardStatistics(addresses);
  await run("set work_mem = '64kB'", 'select * from kept order by body, id');
  const [server] = await statisticsBetween(addresses, before, null);
  expect(server?.tempFiles).toBeGreaterThan(0);
  expect(server?.tempBytes).toBeGreaterThan(64 * 1024);
});

test('each page is written whole once after a checkpoint, however often it changes', async () => {
  await run('checkpoint');
  const before = await shardStatistics(addresses);
  // Three changes in place of the same row: its page is one, and so is its image.
  const change = 'update kept set body = body where id = 2000';
  await run('select count(*) from kept', change, change, change);
  const [server] = await statisticsBetween(addresses, before, null);
  const wal = server?.wal;
  expect(wal?.images).toBeGreaterThanOrEqual(1);
  expect(wal?.images).toBeLessThanOrEqual(wal?.pages ?? 0);
  expect(wal?.records).toBeGreaterThanOrEqual(6);
  expect(wal?.imageBytes).toBeLessThan(wal?.bytes ?? 0);
  expect(wal?.imageBytes).toBeLessThanOrEqual(8192 * (wal?.images ?? 0));
});

test('on servers that others use nothing is said of the whole server', async () => {
  await run('create schema if not exists ours', 'create table if not exists ours.t (id int)');
  const [own] = addresses;
  const shared = own === undefined ? [] : [{ ...own, schema: 'ours' }];
  const before = await shardStatistics(shared);
  await run('insert into ours.t values (1), (2)', 'insert into kept values (90000, null)');
  const [server] = await statisticsBetween(shared, before, null);
  expect(server).toMatchObject({ rowsInserted: 2, wal: null, deadlocks: null, tempFiles: null });
});
