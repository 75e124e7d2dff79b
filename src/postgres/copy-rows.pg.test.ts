import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { UserError } from '../base/user-error.ts';
import type { RunningFleet } from '../fleet/types.ts';
import type { Schema } from '../scenario/types.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { ShardAddress } from '../base/shard-address.ts';
import { createSchema, finishCopy, recreateDatabase, withClient } from './database.ts';
import { copyRows } from './copy-rows.ts';
import { countersBetween, serverCounters } from './server-statistics.ts';
import { watchServers } from './server-watch.ts';
import { verifyCopy } from './verify-copy.ts';

const scenario = tinyScenario();
const workload = buildWorkload(scenario, null);
/** Odd tenants on shard 1, even ones on shard 0. */
const shardOf = (tenant: number): number => tenant % 2;

let fleet: RunningFleet;
let servers: readonly ShardAddress[];

beforeAll(async () => {
  ({ fleet, servers } = await startShards(2));
});
afterAll(() => fleet.stop());

async function fresh(schema: Schema = scenario.schema): Promise<ShardAddress[]> {
  const addresses = await Promise.all(servers.map((each) => recreateDatabase(each, 'loading')));
  await createSchema(addresses, schema);
  return addresses;
}

const load = (addresses: readonly ShardAddress[], from: Workload = workload): Promise<number[]> =>
  copyRows(addresses, from, 'events', shardOf);

test('rows go where the router says, and the counts add up', async () => {
  const addresses = await fresh();
  const sent = await load(addresses);
  expect(sent.reduce((sum, rows) => sum + rows, 0)).toBe(workload.rows.count);
  await finishCopy(addresses, scenario.schema);
  const contents = await verifyCopy(addresses, workload, 'events', sent, shardOf);
  expect(contents.map(({ rows }) => rows)).toEqual(sent);
  const tenants = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const { rows } = await client.query<{ tenant_id: string }>(
          'select distinct tenant_id from events',
        );
        return rows.map(({ tenant_id: id }) => workload.tenants.ids.indexOf(id));
      }),
    ),
  );
  expect(tenants[0]?.every((tenant) => tenant % 2 === 0)).toBe(true);
  expect(tenants[1]?.every((tenant) => tenant % 2 === 1)).toBe(true);
});

test('a row on the wrong shard and a lost row are found', async () => {
  const addresses = await fresh();
  const sent = await load(addresses);
  const wrong = (tenant: number): number => 1 - (tenant % 2);
  await expect(verifyCopy(addresses, workload, 'events', sent, wrong)).rejects.toThrow(
    /row \d+ is not on shard/,
  );
  await withClient(addresses[0] as ShardAddress, (client) =>
    client.query('delete from events where ctid = (select min(ctid) from events)'),
  );
  await expect(verifyCopy(addresses, workload, 'events', sent, shardOf)).rejects.toThrow(
    /shard 0 holds \d+ rows after \d+ were loaded/,
  );
});

test('ids that COPY could take for syntax arrive as they are', async () => {
  const odd = ['back\\slash', 'tab\there', 'line\nend', '\\N', '\\.', "quote'", 'emoji 😀'];
  const rows = ['id,weight', ...odd.map((id) => `"${id.replaceAll('"', '""')}",1`)].join('\n');
  const tenants = {
    distribution: 'file',
    file: 'odd.csv',
    idColumn: 'id',
    weightColumn: 'weight',
    bytesColumn: null,
    idType: 'text',
  } as const;
  const strange = buildWorkload(tinyScenario({ tenants }), { text: rows, path: 'odd.csv' });
  const addresses = await fresh();
  await load(addresses, strange);
  const found = await Promise.all(
    addresses.map((address) =>
      withClient(address, async (client) => {
        const result = await client.query<{ tenant_id: string }>(
          'select distinct tenant_id from events',
        );
        return result.rows.map(({ tenant_id: id }) => id);
      }),
    ),
  );
  expect(found.flat().toSorted()).toEqual(odd.toSorted());
});

test('DDL that Postgres refuses is quoted with its place in the scenario', async () => {
  const broken = { ...scenario.schema, ddl: ['create table good (a int)', 'create tabel bad ()'] };
  await expect(fresh(broken)).rejects.toThrow(UserError);
  await expect(fresh(broken)).rejects.toThrow(/schema\.ddl\[1\].*syntax error.*create tabel bad/s);
});

test('a table that does not fit the columns is the user’s mistake', async () => {
  const other = { ...scenario.schema, ddl: ['create table events (tenant_id int)'] };
  const addresses = await fresh(other);
  await expect(load(addresses)).rejects.toThrow(/loading the rows failed/);
});

test('every cell starts from the same, empty database', async () => {
  const addresses = await fresh();
  await load(addresses);
  const again = await fresh();
  const { rows } = await withClient(again[0] as ShardAddress, (client) =>
    client.query<{ n: string }>('select count(*) as n from events'),
  );
  expect(rows).toEqual([{ n: '0' }]);
});

test('DDL that differs from shard to shard is noticed', async () => {
  const port = "select 'create table t_' || current_setting('port') || ' (a int)'";
  const differing = { ...scenario.schema, ddl: [`do $$ begin execute (${port}); end $$`] };
  await expect(fresh(differing)).rejects.toThrow(/shard 1 has a different schema from shard 0/);
});

test('a checkpoint and the log are seen by the watch on the shard that wrote them', async () => {
  const addresses = await fresh();
  const seen = [0, 0];
  const walBytes = [0, 0];
  const stop = await watchServers(addresses, (shard, now) => {
    seen[shard] = (seen[shard] ?? 0) + now.checkpoints;
    walBytes[shard] = (walBytes[shard] ?? 0) + (now.walBytes ?? 0);
  });
  await withClient(addresses[1] as ShardAddress, (client) => client.query('checkpoint'));
  await vi.waitFor(() => expect(seen).toEqual([0, 1]), { timeout: 10_000 });
  await vi.waitFor(() => expect(walBytes[1]).toBeGreaterThan(50), { timeout: 10_000 });
  await stop();
});

test('checkpoints and WAL of the servers are counted', async () => {
  const addresses = await fresh();
  const before = await serverCounters(addresses);
  await load(addresses);
  await withClient(addresses[0] as ShardAddress, (client) => client.query('checkpoint'));
  const after = await serverCounters(addresses);
  const between = countersBetween(before, after);
  expect(between?.checkpoints).toBe(1);
  expect(between?.checkpointsTimed).toBe(0);
  expect(between?.walBytes).toBeGreaterThan(10_000);
  expect(countersBetween(null, after)).toBeNull();
});
