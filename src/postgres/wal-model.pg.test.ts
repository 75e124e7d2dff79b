import { afterAll, beforeAll, expect, test } from 'vitest';
import { distinctPages } from '../base/statistics/distinct-pages.ts';
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
  addresses = await Promise.all(started.servers.map((each) => recreateDatabase(each, 'logged')));
});
afterAll(() => fleet.stop());

async function run(...statements: string[]): Promise<void> {
  for (const address of addresses) {
    await withClient(address, async (client) => {
      for (const text of statements) await client.query(text);
    });
  }
}

/** Rows whose ids are a hash of their number: random, and the same in every run. */
const inserted = (table: string, from: number, to: number): string =>
  `insert into ${table} select md5(n::text)::uuid from generate_series(${from}, ${to}) n`;

async function imagesOf(table: string, id: string, from: number, to: number): Promise<number> {
  await run('vacuum (analyze)', 'checkpoint');
  const before = await shardStatistics(addresses);
  await run(
    id === 'uuid'
      ? inserted(table, from, to)
      : `insert into ${table} select n from generate_series(${from}, ${to}) n`,
  );
  const [server] = await statisticsBetween(addresses, before, null);
  return server?.wal?.images ?? 0;
}

async function pagesOf(index: string): Promise<number> {
  const [address] = addresses;
  if (address === undefined) return 0;
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ pages: string }>(
      `select (pg_relation_size($1::regclass) / 8192)::text as pages`,
      [index],
    );
    return Number(rows[0]?.pages ?? 0);
  });
}

test.each([0.3, 1, 3])(
  'whole pages of random inserts follow the closed form, at %d inserts for each page',
  async (share) => {
    const table = `random_${String(share).replace('.', '_')}`;
    await run(`create table ${table} (id uuid primary key)`, inserted(table, 1, 100_000));
    const pages = await pagesOf(`${table}_pkey`);
    const inserts = Math.round(pages * share);
    const images = await imagesOf(table, 'uuid', 100_001, 100_000 + inserts);
    const expected = distinctPages(pages, inserts);
    // Besides the index: the last page of the table, the index's root, and pages of the catalogue.
    expect(images).toBeGreaterThan(expected * 0.93);
    expect(images).toBeLessThan(expected * 1.07 + 20);
  },
);

test('ids in order touch the last page alone: a handful of whole pages', async () => {
  // Random ids would touch more than 200 of its 276 pages.
  await run('create table ordered (id int8 primary key)');
  await run('insert into ordered select n from generate_series(1, 100000) n');
  expect(await imagesOf('ordered', 'int8', 100_001, 100_500)).toBeLessThan(30);
});
