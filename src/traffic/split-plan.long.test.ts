import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { strategySplit } from '../placement/strategy-split.ts';
import { writesByShard } from '../placement/write-placement.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Binding, Operation, Statement, Strategy } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import { classify } from '../workload/classify.ts';
import { knownKeys, writesByKey } from '../workload/key-usage.ts';
import { createReferences } from '../workload/references.ts';
import { buildWorkload } from '../workload/workload.ts';
import { routePlan, shardOfRow } from './route-plan.ts';
import { measurePhase } from '../workload/phases.ts';

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
const operation = (
  name: string,
  kind: Operation['kind'],
  ...statements: Statement[]
): Operation => ({ name, kind, weight: 1, statements });

const tenant = binding('tenant_id');
const event = binding('event_id');
const operations = [
  operation('row', 'write', statement(tenant, event)),
  operation('tenant', 'read', statement(tenant)),
  operation('listed', 'read', statement(tenant, binding('event_id', { by: 'list', count: 3 }))),
  operation('event', 'read', statement(event)),
  operation('touch', 'write', statement(tenant)),
  operation(
    'other',
    'write',
    statement(tenant, event),
    statement(binding('tenant_id', { other: true })),
  ),
];
const [row, whole, listed, byEvent, touch, other] = [0, 1, 2, 3, 4, 5] as const;

const workload = buildWorkload(
  tinyScenario({
    tenants: { distribution: 'hotspot', hotFraction: 0.3, hot: 1, count: 200, idType: 'text' },
    data: { totalBytes: 2_560_000, rowBytes: 512 },
    operations,
  }),
  null,
);
const shardCount = 5;
const over = 3;
const topology = { shardCount, weights: [1, 1, 1, 1, 1] };
const known = knownKeys(workload, 'tenant_id');

const strategyOf = (router: string): Strategy => ({
  name: router,
  key: 'tenant_id',
  router,
  parameter: null,
  hash: ['range', 'directory'].includes(router) ? null : 'xxh64',
  salt: '',
  split: { tenants: [], above: 0.1, by: 'event_id', over },
});

function routing(name: string) {
  const strategy = strategyOf(name);
  const router = buildRouter(strategy, topology, 'text', known);
  const split = strategySplit(workload, strategy, known);
  const plan = routePlan(workload, router, 'tenant_id', split);
  const shards = new Int32Array(shardCount);
  const masks = new Int32Array(shardCount);
  return {
    router,
    split,
    shardOf: shardOfRow(workload, router, 'tenant_id', split),
    touched: (op: number, at: number, of = workload.rows.tenantOf[at] ?? 0): number[] => [
      ...shards.subarray(0, plan.route(op, of, at, shards, masks)),
    ],
  };
}

const hot = 0;
const sorted = (shards: readonly number[]): number[] =>
  [...new Set(shards)].toSorted((a, b) => a - b);
const rowsOf = (of: number): number[] => [
  ...workload.rows.order.subarray(workload.rows.starts[of], workload.rows.starts[of + 1]),
];

describe.each(['jump', 'mod', 'ring', 'range', 'directory', 'slots'])('%s', (name) => {
  const { router, split, shardOf, touched } = routing(name);
  const hotShards = sorted(rowsOf(hot).map((at) => shardOf(hot, at)));

  test('every row lies where the operations that bind its columns go', () => {
    const { tenantOf, count } = workload.rows;
    for (let at = 0; at < count; at += 1) {
      const of = tenantOf[at] ?? 0;
      const shard = shardOf(of, at);
      expect(touched(row, at)).toEqual([shard]);
      expect(touched(whole, at)).toEqual(of === hot ? hotShards : [shard]);
      expect(touched(byEvent, at)).toHaveLength(shardCount);
    }
  });

  test('a list of rows of a split tenant goes to their shards, and only there', () => {
    const references = createReferences(workload);
    for (const at of [...rowsOf(hot).slice(0, 200), ...rowsOf(7)]) {
      const of = workload.rows.tenantOf[at] ?? 0;
      const rows = [0, 1, 2].map((i) => references.listRow(of, at, i));
      const expected = sorted(rows.map((each) => shardOf(of, each)));
      expect(touched(listed, at)).toEqual(expected);
    }
  });

  test('the second row of a transaction may be of the split tenant', () => {
    const references = createReferences(workload);
    let met = 0;
    for (let at = 0; at < 300; at += 1) {
      const of = workload.rows.tenantOf[at] ?? 0;
      references.pickOther(at);
      const { otherTenant, otherRow } = references;
      if (otherTenant === hot) met += 1;
      const seconds = otherTenant === hot ? hotShards : [shardOf(otherTenant, otherRow)];
      const expected = sorted([shardOf(of, at), ...seconds]);
      expect(touched(other, at)).toEqual(expected);
    }
    expect(met).toBeGreaterThan(30);
  });

  test('the rows of the split tenant are spread evenly over its shards', () => {
    expect(hotShards).toHaveLength(over);
    const counts = hotShards.map(
      (shard) => rowsOf(hot).filter((at) => shardOf(hot, at) === shard).length,
    );
    const { p } = chiSquareTest(
      Uint32Array.from(counts),
      Float64Array.from(counts, () => 1 / over),
    );
    expect(rowsOf(hot).length).toBeGreaterThan(1000);
    expect(p).toBeGreaterThan(1e-3);
  });

  test('the writes of each shard are known before they run', () => {
    const arrivals = planArrivals(workload);
    const expected = new Float64Array(shardCount);
    const sent = new Float64Array(shardCount);
    visitArrivals(
      workload,
      measurePhase(workload, arrivals.measure.firstNewRow),
      (_, of, op, at) => {
        if (op !== row && op !== touch) return;
        for (const shard of touched(op, at, of)) sent[shard] = (sent[shard] ?? 0) + 1;
      },
    );
    // Without the transaction, which can write both of its rows on one shard.
    const writes = writesByKey(
      { ...workload, operations: operations.map((each, i) => (i === other ? asRead(each) : each)) },
      arrivals,
      'tenant_id',
      split,
    );
    writesByShard(router, writes, expected);
    expect([...sent]).toEqual([...expected]);
  });
});

const asRead = (of: Operation): Operation => ({ ...of, kind: 'read' });

test('an operation is single-shard when it fixes the second column too', () => {
  const kinds = operations.map((each) => classify(each, 'tenant_id', 'event_id'));
  expect(kinds).toEqual([
    'single-shard',
    'multi-shard',
    'multi-shard',
    'scatter-gather',
    'multi-shard',
    'multi-shard',
  ]);
  expect(operations.map((each) => classify(each, 'tenant_id'))).toEqual([
    'single-shard',
    'single-shard',
    'single-shard',
    'scatter-gather',
    'single-shard',
    'multi-shard',
  ]);
});

test('a threshold that nobody reaches splits nothing', () => {
  const strategy = strategyOf('jump');
  const split = { tenants: [], above: 0.4, by: 'event_id', over };
  expect(strategySplit(workload, { ...strategy, split }, known)).toBeNull();
});

test.each(['int8', 'uuid'] as const)('tenants of type %s are split alike', (idType) => {
  const typed = buildWorkload(
    tinyScenario({
      tenants: { distribution: 'hotspot', hotFraction: 0.3, hot: 1, count: 200, idType },
      operations,
    }),
    null,
  );
  const strategy = strategyOf('jump');
  const keys = knownKeys(typed, 'tenant_id');
  const router = buildRouter(strategy, topology, idType, keys);
  const split = strategySplit(typed, strategy, keys);
  const of = shardOfRow(typed, router, 'tenant_id', split);
  const bare = { ...strategy, split: { ...present(strategy.split, 'split'), above: 0.9 } };
  const plain = shardOfRow(typed, buildRouter(bare, topology, idType, keys), 'tenant_id');
  const hotShards = new Set<number>();
  const moved: number[] = [];
  for (const [at, own] of typed.rows.tenantOf.entries()) {
    const shard = of(own, at);
    if (own === hot) hotShards.add(shard);
    else if (shard !== plain(own, at)) moved.push(own);
  }
  expect(hotShards.size).toBe(over);
  expect(moved).toEqual([]);
});
