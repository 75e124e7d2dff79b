import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { tablesOf } from '../../workload/tables/column-text.ts';
import { shopWorkload } from '../../workload/tables/shop-fixture.ts';
import { recreateDatabase } from '../database.ts';
import { loadTables } from './load-tables.ts';
import { everyShard } from './table-rows.ts';
import { workloadRows } from './workload-rows.ts';

let fleet: RunningFleet;
let servers: readonly ShardAddress[];

beforeAll(async () => {
  ({ fleet, servers } = await startShards(3));
});
afterAll(() => fleet.stop());

test('the rows that the workload makes keep every key, on three shards and on one', async () => {
  const workload = shopWorkload();
  const { set, loaded } = tablesOf(workload);
  const byTenant = (shards: number) => (table: string) => {
    const index = set.tables.findIndex(({ name }) => name === table);
    const tenantOf = loaded[index]?.tenantOf ?? null;
    return (row: number): number =>
      tenantOf === null ? everyShard : (tenantOf[row] ?? 0) % shards;
  };
  const load = async (shards: number) => {
    const addresses = await Promise.all(
      servers.slice(0, shards).map((each) => recreateDatabase(each, 'generated')),
    );
    return loadTables(
      addresses,
      workloadRows(workload, { shardOf: byTenant(shards) }),
      tenantLayout,
    );
  };
  const three = await load(3);
  const one = await load(1);
  expect(three.checksums).toEqual(one.checksums);
  for (const [index, { table, rows }] of three.tables.entries()) {
    const total = rows.reduce((sum, each) => sum + each, 0);
    expect(total, table).toBe((loaded[index]?.count ?? 0) * (table === 'products' ? 3 : 1));
  }
});
