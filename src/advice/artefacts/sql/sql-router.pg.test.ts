import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../../base/assert.ts';
import type { ShardAddress } from '../../../base/shard-address.ts';
import type { RunningFleet } from '../../../fleet/types.ts';
import { recreateDatabase, withClient } from '../../../postgres/database.ts';
import { startShards } from '../../../testing/embedded-shards.ts';
import { planned, plannedRouters } from '../artefact-routers-fixture.ts';
import { slotFunction, slotTypes, sqlRouter, sqlSelfTest } from './sql-router.ts';

// PostgreSQL runs the functions: each router on so many keys.
const vectorCount = 10_000;

let fleet: RunningFleet;
let server: ShardAddress;

beforeAll(async () => {
  const started = await startShards(1);
  fleet = started.fleet;
  server = present(started.servers[0], 'server');
});
afterAll(() => fleet.stop());

test.each(plannedRouters(vectorCount).map((router) => [router.name, router] as const))(
  '%s places as ours does',
  async (_, { plan, vectors }) => {
    const database = await recreateDatabase(server, 'artefacts');
    await withClient(database, async (client) => {
      await client.query(sqlRouter(plan, ['A router.']));
      await client.query(sqlSelfTest(plan, vectors.slice(0, 300)));
      const types = slotTypes(plan);
      const columns = [vectors.map(({ key }) => key), vectors.map(({ by }) => by ?? '')];
      const args = types.map((type, i) => `($${i + 1}::text[])[i]::${type}`).join(', ');
      const { rows } = await client.query<{ shards: number[] }>(
        `select array_agg(${slotFunction}(${args}) order by i) as shards
         from generate_series(1, ${vectors.length}) as i`,
        columns.slice(0, types.length),
      );
      expect(rows[0]?.shards).toEqual(vectors.map(({ shard }) => shard));
    });
  },
);

test('a router that places one key elsewhere is refused by its own test', async () => {
  const router = present(plannedRouters(20)[0], 'router');
  const wrong = router.vectors.map((vector, i) => (i === 3 ? { ...vector, shard: 6.5 } : vector));
  const database = await recreateDatabase(server, 'artefacts');
  await withClient(database, async (client) => {
    await client.query(sqlRouter(router.plan, []));
    await expect(client.query(sqlSelfTest(router.plan, wrong))).rejects.toThrow(
      '1 test vectors are placed elsewhere: do not use this router',
    );
  });
});

test('thousands of listed keys stand in a table', async () => {
  const { plan, vectors } = planned({ router: 'directory', type: 'text', keys: 5000 }, vectorCount);
  const text = sqlRouter(plan, []);
  expect(text).toContain('create table shardlab_listed');
  const database = await recreateDatabase(server, 'artefacts');
  await withClient(database, async (client) => {
    await client.query(text);
    await client.query(sqlSelfTest(plan, vectors));
  });
});
