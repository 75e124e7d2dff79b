import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import type { Scenario } from '../../scenario/types.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import {
  newest,
  otherLayout,
  placeOrder,
  shopTablesOn,
  shopWorkload,
} from '../../traffic/tables/shop-fixture.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import { everyShard } from '../../traffic/tables/table-contents.ts';
import { columnText } from '../../workload/tables/column-text.ts';
import type { Workload } from '../../workload/types.ts';
import { recreateDatabase, withClient } from '../database.ts';
import { driveScripts } from './driven-scripts-fixture.ts';

/** Lines lie by their product, so that most orders are on two shards. */
const byProduct: Layout = otherLayout('products', {
  tables: tenantLayout.tables.map((each) =>
    each.table === 'lines'
      ? { ...each, placement: 'own-key', keyColumns: ['product_id'], reason: 'stated' }
      : each,
  ),
  operations: tenantLayout.operations.map((each, operation) => {
    if (operation === newest) return each;
    if (operation !== placeOrder) return { ...each, fate: 'notRunnable', runs: 'none' };
    return {
      ...each,
      fate: 'multi',
      statements: each.statements.with(2, {
        fate: 'single',
        locks: true,
        route: {
          to: 'keys',
          router: { ownKeyOf: 'lines' },
          keys: [{ values: [{ parameter: 4 }] }],
        },
      }),
    };
  }),
  lost: [{ table: 'lines', kind: 'foreign', columns: ['order_id'], references: 'orders' }],
});

let fleet: RunningFleet;
let servers: readonly ShardAddress[];
let addresses: readonly ShardAddress[];
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ({ fleet, servers } = await startShards(2));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
afterAll(() => fleet.stop());

/** The rows of one shard, in one statement for each table. */
async function load(shard: number, workload: Workload, tables: CellTables): Promise<void> {
  const { set, loaded } = present(workload.tables, 'tables');
  await withClient(present(addresses[shard], 'shard'), async (client) => {
    for (const [i, { name, columns, primary }] of set.tables.entries()) {
      const typed = columns.map((each) => `${each.name} ${each.type}`).join(', ');
      await client.query(`create table ${name} (${typed}, primary key (${primary.join(', ')}))`);
      const texts = columns.map((each) => columnText(workload, name)(each.name));
      const at = tables.shardOf(name);
      const numbers = Array.from({ length: loaded[i]?.count ?? 0 }, (_, row) => row);
      const rows = numbers
        .filter((row) => [shard, everyShard].includes(at(row)))
        .map((row) =>
          Object.fromEntries(columns.map((each, c) => [each.name, texts[c]?.(row) ?? null])),
        );
      await client.query(
        `insert into ${name} select * from json_populate_recordset(null::${name}, $1)`,
        [JSON.stringify(rows)],
      );
    }
  });
}

/** Loads the shop on both shards and lets its operations run for a second. */
async function run(layout: Layout, loop: Scenario['loop']) {
  const changes = {
    loop,
    durationMs: 1000,
    arrivals: { process: 'poisson', ratePerSecond: 200 },
  } as const;
  const workload = shopWorkload([byProduct], changes);
  const tables = shopTablesOn(workload, layout, 2);
  addresses = await Promise.all(servers.map((each) => recreateDatabase(each, 'shop')));
  for (const shard of addresses.keys()) await load(shard, workload, tables);
  const before = await counted();
  const recorder = await driveScripts({ workload, tables, addresses, changes, cleanUps });
  const after = await counted();
  return {
    recorder,
    orders: after.orders - before.orders,
    lines: after.lines - before.lines,
  };
}

async function onBoth(sql: string): Promise<Record<string, unknown>[]> {
  const answers = await Promise.all(
    addresses.map((address) =>
      withClient(
        address,
        async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
      ),
    ),
  );
  return answers.flat();
}

async function counted(): Promise<{ orders: number; lines: number }> {
  const rows = await onBoth(
    `select (select count(*) from orders)::int as orders,
      (select count(*) from lines)::int as lines`,
  );
  const sum = (name: string): number => rows.reduce((all, row) => all + Number(row[name]), 0);
  return { orders: sum('orders'), lines: sum('lines') };
}

/** Everything went well, and each order that was placed has its lines. */
function expectPlaced({ recorder, orders, lines }: Awaited<ReturnType<typeof run>>): void {
  expect(recorder.errors.samples()).toEqual([]);
  expect([...recorder.outcomes]).toEqual([recorder.arrivals, 0, 0, 0]);
  const placed = present(recorder.arrivalsByOperation[placeOrder], 'orders');
  expect(placed).toBeGreaterThan(30);
  expect(orders).toBe(placed);
  // An order, a price for each line, the line: what the operation says that it returned and wrote.
  expect(recorder.affectedByOperation[placeOrder]).toBe(orders + lines);
  expect(recorder.returnedByOperation[placeOrder]).toBe(lines);
  expect(lines / orders).toBeGreaterThan(2.5);
  expect(lines / orders).toBeLessThan(3.5);
}

describe.each([
  ['open', { kind: 'open' }],
  ['closed', { kind: 'closed', clients: 6 }],
] as const)('the shop on two shards, %s loop', (_, loop) => {
  test('by tenant every order is on one shard, and its lines with it', async () => {
    const seen = await run(tenantLayout, loop);
    expectPlaced(seen);
    const { recorder } = seen;
    expect([...recorder.crossShardByOperation]).toEqual([0, 0, 0]);
    expect(recorder.operationsTouchingAll).toBe(recorder.arrivalsByOperation[newest]);
    expect(Math.min(...recorder.shards.map(({ writesSent }) => writesSent))).toBeGreaterThan(5);
  });

  test('with lines by product most orders are transactions on both', async () => {
    const seen = await run(byProduct, loop);
    expectPlaced(seen);
    const { recorder } = seen;
    const [placed = 0] = recorder.arrivalsByOperation;
    const [crossing = 0] = recorder.crossShardByOperation;
    // Of 2 to 4 lines all on the order's shard: 1/4, 1/8 and 1/16, the mean of which is 0.146.
    expect(crossing / placed).toBeGreaterThan(0.6);
    expect(crossing / placed).toBeLessThan(1);
    expect(recorder.skippedByOperation[1]).toBeGreaterThan(0);
    const open = `select 1 from pg_stat_activity where state like 'idle in transaction%'`;
    expect(await onBoth(open)).toEqual([]);
  });
});
