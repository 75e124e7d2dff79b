import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { shardOfRow } from '../traffic/route-plan.ts';
import { buildRouter } from '../router/build-router.ts';
import type { IdStyle } from '../scenario/id-styles.ts';
import { columnValue } from '../workload/attributes.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { createReferences } from '../workload/references.ts';
import {
  arrivalsOf,
  type Measured,
  measured,
  replay,
  sum,
  writesOf,
} from '../study/run/measured-scenario-fixture.ts';
import { cellOf } from './shardlab-fixture.ts';

/**
 * What the headers of shipped scenarios promise, on real shards, by counts and sizes: times are
 * those of the machine.
 */

describe('ids', () => {
  const runs = new Map<IdStyle, Promise<Measured>>();

  /** Each style is measured once, by the first test that asks for it. */
  async function ids(style: IdStyle) {
    const run = runs.get(style) ?? measured(`ids-${style}`, ['order_id/range'], '12MB');
    runs.set(style, run);
    const { loaded, result } = await run;
    const cell = cellOf(result, 'order_id/range');
    const writes = writesOf(cell);
    expect(sum(writes)).toBe(loaded.plan.measure.inserts);
    const rows = sum(cell.shards.map((shard) => shard.rows));
    return {
      writes,
      walBytesPerInsert: present(cell.server, 'server').walBytes / sum(writes),
      bytesPerRow: sum(cell.shards.map((shard) => shard.bytes)) / rows,
    };
  }

  test('a random UUID costs more WAL and more room than one that rises with time', async () => {
    const [random, rising] = [await ids('uuid4'), await ids('uuid7')];
    expect(random.walBytesPerInsert).toBeGreaterThan(1.5 * rising.walBytesPerInsert);
    // Index pages stay 70 % full instead of 90 %: of entries of 28 bytes that is 9 bytes a row.
    expect(random.bytesPerRow).toBeGreaterThan(rising.bytesPerRow + 4);
  }, 240_000);

  test('range sharding spreads new rows with random UUIDs alone', async () => {
    const random = await ids('uuid4');
    expect(Math.min(...random.writes)).toBeGreaterThan(sum(random.writes) / 8);
    for (const style of ['uuid7', 'serial', 'snowflake'] as const) {
      const { writes } = await ids(style);
      expect(writes.slice(0, 3), style).toEqual([0, 0, 0]);
    }
  }, 240_000);

  test('serial and Snowflake ids cost the same, and take less room than UUIDs', async () => {
    const [serial, snowflake] = [await ids('serial'), await ids('snowflake')];
    const uuid = await ids('uuid7');
    expect(Math.abs(serial.bytesPerRow / snowflake.bytesPerRow - 1)).toBeLessThan(0.01);
    // 8 bytes in the row and 8 in the index; COPY grows a table by several pages at once.
    expect(uuid.bytesPerRow - serial.bytesPerRow).toBeGreaterThan(8);
    const ratio = serial.walBytesPerInsert / snowflake.walBytesPerInsert;
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  }, 240_000);
});

test('burst: a second of rush before two of calm, and queries queue', async () => {
  const { loaded, result } = await measured('burst', ['tenant_id/jump']);
  const bySecond = [0, 0, 0];
  replay(loaded, (intendedNs) => {
    const second = Math.floor(intendedNs / 1e9);
    bySecond[second] = (bySecond[second] ?? 0) + 1;
  });
  for (const [second, expected] of [1500, 200, 200].entries()) {
    const within = 4 * Math.sqrt(expected);
    expect(Math.abs((bySecond[second] ?? 0) - expected)).toBeLessThan(within);
  }
  const pools = cellOf(result, 'tenant_id/jump').shards.map(({ pool }) => pool);
  expect(pools.map(({ max }) => max)).toEqual([2, 2, 2, 2]);
  // Which shards the rush finds busy depends on how fast this machine answers.
  expect(Math.max(...pools.map(({ maxQueued }) => maxQueued))).toBeGreaterThan(0);
});

test('read-mostly: 30 % of the operations ask all shards by seller, 55 % by buyer', async () => {
  const { loaded, result } = await measured('read-mostly', ['tenant_id/jump', 'user_id/jump']);
  const arrivals = arrivalsOf(loaded);
  const all = loaded.plan.measure.arrivals;
  expect(Math.abs(arrivals('place_order') / all - 0.05)).toBeLessThan(0.02);
  const scatters = {
    'tenant_id/jump': (arrivals('buyer_history') + arrivals('newest')) / all,
    'user_id/jump': (arrivals('seller_page') + arrivals('newest')) / all,
  };
  for (const [strategy, scatter] of Object.entries(scatters)) {
    const { fanOut } = cellOf(result, strategy);
    expect(fanOut).toMatchObject({ multiShardFraction: 0, crossShardWrites: 0 });
    expect(fanOut?.scatterFraction).toBeCloseTo(scatter, 9);
    expect(fanOut?.shardQueriesPerOperation).toBeCloseTo(1 + 3 * scatter, 9);
  }
  expect(Math.abs(scatters['tenant_id/jump'] - 0.3)).toBeLessThan(0.05);
  expect(Math.abs(scatters['user_id/jump'] - 0.55)).toBeLessThan(0.05);
});

test('geo: a region lies on one shard, which is as uneven as the regions are', async () => {
  const strategies = ['region/list', 'region/range', 'tenant_id/directory'];
  const { loaded, result } = await measured('geo', strategies);
  const region = columnValue(loaded.workload, 'region');
  const regions = ['ap', 'eu', 'us'];
  const rows = new Map(regions.map((name) => [name, 0]));
  const count = (counts: Map<string, number>, name: string) =>
    counts.set(name, present(counts.get(name), name) + 1);
  loaded.workload.rows.tenantOf.forEach((tenant, row) => count(rows, region(tenant, row)));
  const writes = new Map(regions.map((name) => [name, 0]));
  replay(loaded, (_, tenant, operation, row) => {
    if (loaded.workload.operations[operation]?.kind === 'write') count(writes, region(tenant, row));
  });

  const byRegion = cellOf(result, 'region/range');
  expect(byRegion.shards.map((shard) => shard.rows)).toEqual([...rows.values()]);
  expect(writesOf(byRegion)).toEqual([...writes.values()]);
  const { maxOverMean, tenantFloor } = present(byRegion.imbalance, 'imbalance').writeQps;
  expect(maxOverMean).toBeCloseTo(present(tenantFloor, 'floor'), 9);
  expect(maxOverMean).toBeGreaterThan(1.3);
  expect(byRegion.fanOut?.singleShardFraction).toBe(1);

  // The list says itself that Europe is on shard 0, America on 1 and the rest on 2.
  const listed = cellOf(result, 'region/list');
  const order = ['eu', 'us', 'ap'];
  expect(listed.shards.map((shard) => shard.rows)).toEqual(order.map((name) => rows.get(name)));
  expect(writesOf(listed)).toEqual(order.map((name) => writes.get(name)));
  expect(listed.fanOut?.singleShardFraction).toBe(1);

  const byTenant = cellOf(result, 'tenant_id/directory');
  expect(byTenant.imbalance?.writeQps.maxOverMean).toBeLessThan(1.15);
  const reports = arrivalsOf(loaded)('region_report') / loaded.plan.measure.arrivals;
  expect(byTenant.fanOut?.scatterFraction).toBeCloseTo(reports, 9);
  expect(reports).toBeGreaterThan(0.07);
});

test('hot-cold: by calendar the hot shards share the writes; of ranges one has all', async () => {
  const strategies = ['event_id/calendar', 'event_id/range', 'event_id/interleaved:16'];
  const { loaded, result } = await measured('hot-cold', strategies, '16MB');
  // Row r is of second r of 2026, and a period is five minutes; 06:00 is second 21,600.
  const shardOf = (row: number): number => (row < 21_600 ? 0 : 2) + (Math.floor(row / 300) % 2);
  const rows = [0, 0, 0, 0];
  for (let row = 0; row < loaded.workload.rows.count; row += 1) {
    rows[shardOf(row)] = (rows[shardOf(row)] ?? 0) + 1;
  }
  const writes = [0, 0, 0, 0];
  replay(loaded, (_, _tenant, operation, row) => {
    if (operation === 0) writes[shardOf(row)] = (writes[shardOf(row)] ?? 0) + 1;
  });
  const calendar = cellOf(result, 'event_id/calendar');
  expect(calendar.shards.map((shard) => shard.rows)).toEqual(rows);
  expect(writesOf(calendar)).toEqual(writes);
  expect(writes.slice(0, 2)).toEqual([0, 0]);
  expect(Math.abs((writes[2] ?? 0) - (writes[3] ?? 0))).toBeLessThanOrEqual(300);
  for (const strategy of strategies.slice(1)) {
    expect(writesOf(cellOf(result, strategy)).slice(0, 3), strategy).toEqual([0, 0, 0]);
  }
  for (const strategy of strategies) {
    // Fifty neighbours are on two shards at the most, and all else is on one.
    expect(cellOf(result, strategy).fanOut?.shardQueriesPerOperation).toBeLessThan(1.06);
  }
});

test('transfer: most transfers cross shards by tenant, none do on one shard', async () => {
  const { loaded, result } = await measured('transfer', ['single', 'tenant_id/jump']);
  const { workload, scenario } = loaded;
  const strategy = present(
    scenario.strategies.find(({ name }) => name === 'tenant_id/jump'),
    'strategy',
  );
  const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
  const router = buildRouter(strategy, topology, 'text', knownKeys(workload, 'tenant_id'));
  const shardOf = shardOfRow(workload, router, 'tenant_id');
  const references = createReferences(workload);
  const transfer = workload.operations.findIndex(({ name }) => name === 'transfer');
  let crossing = 0;
  replay(loaded, (_, tenant, operation, row) => {
    if (operation !== transfer) return;
    references.pickOther(row);
    const { otherTenant, otherRow } = references;
    if (shardOf(tenant, row) !== shardOf(otherTenant, otherRow)) crossing += 1;
  });
  const transfers = arrivalsOf(loaded)('transfer');
  expect(crossing / transfers).toBeGreaterThan(0.6);
  expect(crossing).toBeLessThan(transfers);
  const byTenant = cellOf(result, 'tenant_id/jump');
  expect(byTenant.fanOut?.crossShardWrites).toBe(crossing);
  expect(byTenant.fanOut?.multiShardFraction).toBeCloseTo(
    crossing / loaded.plan.measure.arrivals,
    9,
  );
  expect(sum(writesOf(byTenant))).toBe(transfers + crossing + loaded.plan.measure.inserts);
  expect(cellOf(result, 'single').fanOut?.crossShardWrites).toBe(0);
});
