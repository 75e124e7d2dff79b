import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { shopWorkload } from '../../workload/tables/shop-fixture.ts';
import { recreateDatabase, withClient } from '../database.ts';
import { loadTables } from './load-tables.ts';
import { measureRowBytes } from './row-bytes.ts';
import { workloadRows } from './workload-rows.ts';

let fleet: RunningFleet;
let server: ShardAddress;

beforeAll(async () => {
  const started = await startShards(1);
  fleet = started.fleet;
  server = present(started.servers[0], 'server');
});
afterAll(() => fleet.stop());

test('bytes of a row from a sample are those of the whole table', async () => {
  const workload = shopWorkload({
    tenants: { distribution: 'uniform', count: 800, idType: 'int8' },
  });
  const rows = workloadRows(workload, { shardOf: () => () => 0 });
  const bytes = await measureRowBytes(server, rows);
  const address = await recreateDatabase(server, 'whole');
  const { tables } = await loadTables([address], rows, tenantLayout);
  for (const [index, { table, rows: counts, bytes: sizes }] of tables.entries()) {
    const count = counts[0] ?? 0;
    // What smaller tables take is mostly their first pages.
    if (count < 5000) continue;
    const found = present(bytes[index], table);
    const whole = (sizes[0] ?? 0) / count;
    expect(found / whole, table).toBeGreaterThan(0.85);
    expect(found / whole, table).toBeLessThan(1.15);
  }
  expect(tables.filter(({ rows: counts }) => (counts[0] ?? 0) >= 5000)).toHaveLength(2);
  const { rows: left } = await withClient(server, (client) =>
    client.query("select datname from pg_database where datname = 'shardlab_sample'"),
  );
  expect(left).toEqual([]);
});
