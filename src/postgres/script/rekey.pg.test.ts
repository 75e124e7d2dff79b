import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import type { Recorder } from '../../metrics/recorder.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { rekeyScenario } from '../../scenario/tables/rekey-fixture.ts';
import { vocabularyFixture } from '../../scenario/vocabulary-fixture.ts';
import { layoutsOf } from '../../sql/layouts.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import { startShards } from '../../testing/embedded-shards.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import { shopTablesOn } from '../../traffic/tables/shop-fixture.ts';
import { columnText, tablesOf } from '../../workload/tables/column-text.ts';
import type { Workload } from '../../workload/types.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { recreateDatabase, withClient } from '../database.ts';
import { loadTables } from '../tables/load-tables.ts';
import { workloadRows } from '../tables/workload-rows.ts';
import { driveScripts } from './driven-scripts-fixture.ts';

const shardCount = 3;
const regions = ['eu', 'us', 'ap', 'sa', 'af', 'me'];
const changes = {
  durationMs: 1500,
  arrivals: { process: 'poisson', ratePerSecond: 400 },
  topology: { shards: shardCount, weights: [1, 1, 1], urls: [], quota: null },
} as const;

let fleet: RunningFleet;
let addresses: readonly ShardAddress[];
const cleanUps: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const started = await startShards(shardCount);
  ({ fleet } = started);
  addresses = await Promise.all(started.servers.map((each) => recreateDatabase(each, 'rekey')));
});
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
  await fleet.stop();
});

/** Only users who move, between regions on all shards. */
function movingWorkload() {
  const text = rekeyScenario
    .replace('choice: [eu, us, ap]', `choice: [${regions.join(', ')}]`)
    .replace('choice: { eu: 50, us: 30, ap: 20 }', `choice: [${regions.join(', ')}]`)
    .replaceAll(/weight: (60|30|10)$/gm, 'weight: 0')
    .replace('name: move_user\n    kind: write\n    weight: 0', 'name: move_user\n    kind: write');
  const { tables, operations, strategies } = parseScenario(text, 's.yaml', vocabularyFixture);
  const set = present(tables, 'tables');
  const layouts = layoutsOf({ set, operations, strategies, tenants: 60, reader });
  const layout = present(layouts.get('region'), 'layout');
  const scenario = tinyScenario({
    ...changes,
    tables: set,
    operations,
    tenants: { idType: 'int8', distribution: 'zipf', exponent: 0.8, count: 60 },
  });
  const workload = buildWorkload(scenario, null, undefined, layouts);
  return { workload, layout, tables: shopTablesOn(workload, layout, shardCount) };
}

const move = (workload: Workload, tables: CellTables): Promise<Recorder> =>
  driveScripts({ workload, tables, addresses, changes, cleanUps });

/** What each shard answers. */
const onEach = (sql: string): Promise<Record<string, unknown>[][]> =>
  Promise.all(
    addresses.map((address) =>
      withClient(
        address,
        async (client) => (await client.query<Record<string, unknown>>(sql)).rows,
      ),
    ),
  );

const keysOf = { users: 'id', orders: 'id', lines: `order_id || '/' || number` };

/** Rows of a table on all shards, by their primary keys, each as often as it is there. */
async function keysIn(table: keyof typeof keysOf): Promise<string[]> {
  const rows = (await onEach(`select (${keysOf[table]})::text as key from ${table}`)).flat();
  return rows.map(({ key }) => String(key)).toSorted();
}

const all = async () => ({
  users: await keysIn('users'),
  orders: await keysIn('orders'),
  lines: await keysIn('lines'),
});

const shardOfRegion = ({ routers }: CellTables, region: string): number => {
  const bytes = Buffer.from(region);
  return present(routers.main, 'router').route(bytes, 0, bytes.length);
};

/** Share of moves whose shards differ: a user of any region goes to each of them alike. */
function crossing(workload: Workload, tables: CellTables): number {
  const users = tablesOf(workload).set.tables.findIndex(({ name }) => name === 'users');
  const { count } = present(tablesOf(workload).loaded[users], 'users');
  const regionOf = columnText(workload, 'users')('region');
  const shards = regions.map((region) => shardOfRegion(tables, region));
  const ofRegion = new Map(regions.map((region, i) => [region, present(shards[i], 'shard')]));
  let sum = 0;
  for (let row = 0; row < count; row += 1) {
    const here = ofRegion.get(regionOf(row) ?? '');
    sum += shards.filter((shard) => shard !== here).length / shards.length / count;
  }
  return sum;
}

test('after 500 moves every row is on the shard of its region, none lost, none twice', async () => {
  const { workload, layout, tables } = movingWorkload();
  expect(new Set(regions.map((region) => shardOfRegion(tables, region))).size).toBe(shardCount);
  await loadTables(addresses, workloadRows(workload, tables), layout);
  const before = await all();
  const recorder = await move(workload, tables);
  expect(recorder.errors.samples()).toEqual([]);
  expect([...recorder.outcomes]).toEqual([recorder.arrivals, 0, 0, 0]);
  expect(recorder.arrivals).toBeGreaterThan(500);
  expect(await all()).toEqual(before);
  for (const table of ['users', 'orders', 'lines']) {
    const found = await onEach(`select distinct region from ${table}`);
    for (const [shard, rows] of found.entries()) {
      for (const region of rows.map((row) => String(row.region))) {
        expect(shardOfRegion(tables, region), `${table} ${region}`).toBe(shard);
      }
    }
  }
  // Those that no shard declares, because their columns are not the key's, hold as well.
  const orphans = `select 1 from orders where not exists (select from users
      where users.id = user_id and users.region = orders.region)
    union all select 1 from lines where not exists (select from orders
      where orders.id = order_id and orders.region = lines.region)`;
  expect((await onEach(orphans)).flat()).toEqual([]);
  const at = workload.operations.findIndex(({ name }) => name === 'move_user');
  const arrivals = present(recorder.arrivalsByOperation[at], 'moves');
  expect(arrivals).toBe(recorder.arrivals);
  // A user, and orders and lines, of which there are many.
  expect(recorder.affectedByOperation[at]).toBeGreaterThan(2 * before.users.length);
  const expected = crossing(workload, tables);
  const share = present(recorder.crossShardByOperation[at], 'crossing') / arrivals;
  const error = Math.sqrt((expected * (1 - expected)) / arrivals);
  expect(Math.abs(share - expected)).toBeLessThan(4 * error);
});
