import { expect, test } from 'vitest';
import { buildRouter, type RouterSpec } from '../router/build-router.ts';
import type { Router } from '../router/contract.ts';
import type { Binding, Operation, Statement } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { keyColumn } from '../workload/key-column.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { createReferences } from '../workload/references.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { routePlan, shardOfRow, singlePlan } from './route-plan.ts';

const binding = (column: string, changes: Partial<Binding> = {}): Binding => ({
  column,
  by: 'value',
  count: 1,
  other: false,
  ...changes,
});
const statement = (...binds: Binding[]): Statement => ({
  sql: 'select 1',
  text: 'select 1',
  parameters: [],
  binds,
  insert: false,
});
const operation = (name: string, ...statements: Statement[]): Operation => ({
  name,
  kind: 'read',
  weight: 1,
  statements,
});

const workload = buildWorkload(
  tinyScenario({
    operations: [
      operation('one', statement(binding('tenant_id'), binding('event_id'))),
      operation('all', statement()),
      operation('list', statement(binding('event_id', { by: 'list', count: 5 }))),
      operation('range', statement(binding('event_id', { by: 'range', count: 40 }))),
      operation(
        'transfer',
        statement(binding('tenant_id')),
        statement(binding('tenant_id', { other: true })),
      ),
    ],
  }),
  null,
);

const shardCount = 4;

function routerFor(router: string, key: string, from: Workload = workload): Router {
  const hash = ['range', 'directory'].includes(router) ? null : 'xxh64';
  const spec: RouterSpec = { router, parameter: null, hash, salt: '' };
  const topology = { shardCount, weights: [1, 1, 1, 1] };
  return buildRouter(spec, topology, keyColumn(from, key).type, knownKeys(from, key));
}

/** What the plan says, as pairs [shard, statements]. */
function routed(router: string, key: string, op: number, row: number): [number, number][] {
  const plan = routePlan(workload, routerFor(router, key), key);
  const shards = new Int32Array(shardCount);
  const masks = new Int32Array(shardCount);
  const tenant = workload.rows.tenantOf[row] ?? 0;
  const fanOut = plan.route(op, tenant, row, shards, masks);
  return Array.from({ length: fanOut }, (_, i) => [shards[i] ?? -1, masks[i] ?? -1]);
}

const rows = [0, 1, 17, 500, workload.rows.count - 1];
const shardOf = (router: string, key: string, row: number): number =>
  shardOfRow(workload, routerFor(router, key), key)(workload.rows.tenantOf[row] ?? 0, row);

test('an operation that binds the key goes to the shard that holds its row', () => {
  for (const row of rows) {
    expect(routed('jump', 'tenant_id', 0, row)).toEqual([[shardOf('jump', 'tenant_id', row), 1]]);
    expect(routed('jump', 'event_id', 0, row)).toEqual([[shardOf('jump', 'event_id', row), 1]]);
  }
});

test('an operation that does not bind the key goes to every shard', () => {
  const everywhere = [0, 1, 2, 3].map((shard) => [shard, 1]);
  expect(routed('jump', 'tenant_id', 1, 3)).toEqual(everywhere);
  expect(routed('jump', 'tenant_id', 2, 3)).toEqual(everywhere);
});

test('a list of keys touches exactly the shards that hold its rows', () => {
  const references = createReferences(workload);
  for (const row of rows) {
    const tenant = workload.rows.tenantOf[row] ?? 0;
    const listed = [0, 1, 2, 3, 4].map((i) => references.listRow(tenant, row, i));
    const expected = [...new Set(listed.map((each) => shardOf('jump', 'event_id', each)))];
    expect(routed('jump', 'event_id', 2, row).map(([shard]) => shard)).toEqual(
      expected.toSorted((a, b) => a - b),
    );
  }
});

test('a range touches few shards of an ordered router and all of a hashing one', () => {
  for (const row of rows) {
    const end = createReferences(workload).rangeEnd(row, 40);
    const between = Array.from({ length: end - row + 1 }, (_, i) => row + i);
    const expected = [...new Set(between.map((each) => shardOf('range', 'event_id', each)))];
    expect(routed('range', 'event_id', 3, row).map(([shard]) => shard)).toEqual(expected);
    expect(routed('jump', 'event_id', 3, row)).toHaveLength(shardCount);
  }
});

test('statements of one operation that bind two tenants run each on its own shard', () => {
  const references = createReferences(workload);
  let crossing = 0;
  for (let row = 0; row < 200; row++) {
    references.pickOther(row);
    const own = shardOf('jump', 'tenant_id', row);
    const other = shardOf('jump', 'tenant_id', references.otherRow);
    const expected =
      own === other
        ? [[own, 3]]
        : [
            [own, 1],
            [other, 2],
          ].toSorted(([a = 0], [b = 0]) => a - b);
    expect(routed('jump', 'tenant_id', 4, row)).toEqual(expected);
    if (own !== other) crossing += 1;
  }
  expect(crossing).toBeGreaterThan(50);
});

test('the baseline runs every statement on its one shard', () => {
  const plan = singlePlan(workload.operations);
  const [shards, masks] = [new Int32Array(1), new Int32Array(1)];
  expect(plan.route(4, 0, 0, shards, masks)).toBe(1);
  expect([...shards, ...masks]).toEqual([0, 3]);
});
