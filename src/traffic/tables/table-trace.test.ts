import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import type {
  KeyValue,
  Layout,
  OperationLayout,
  StatementLayout,
  StatementRoute,
} from '../../scenario/layout-types.ts';
import type { Workload } from '../../workload/types.ts';
import {
  arrivalsOf,
  newest,
  orderOfTenant,
  otherLayout,
  placeOrder,
  shopTablesOn,
  shopWorkload,
  singleLayout,
} from './shop-fixture.ts';
import { tablePlan } from './table-plan.ts';
import type { OperationTrace } from './trace.ts';

const shardCount = 8;

/** What a trace says of the arrival that it has open. */
function stepsOf(trace: OperationTrace) {
  return Array.from({ length: trace.stepCount }, (_, step) => ({
    statement: trace.statementOf(step),
    repetition: trace.repetitionOf(step),
    shards: Array.from({ length: trace.shardCountOf(step) }, (__, i) => trace.shardOf(step, i)),
  }));
}

const shardsOf = (trace: OperationTrace): number[] =>
  Array.from({ length: trace.fanOut }, (_, i) => trace.shardAt(i));

const routed = (route: StatementRoute, locks = false): StatementLayout => ({
  fate: 'multi',
  route,
  locks,
});

const byKey = (...values: KeyValue[]): StatementRoute => ({
  to: 'keys',
  router: 'main',
  keys: values.map((value) => ({ values: [value] })),
});

/** The layout by tenant in which the statement of `order_of_tenant` goes another way. */
function readBy(route: StatementRoute, changes: Partial<Layout> = {}): Layout {
  const [place, , scatter] = tenantLayout.operations;
  const read: OperationLayout = { fate: 'multi', runs: 'own', statements: [routed(route)] };
  const operations = [present(place, 'place'), read, present(scatter, 'scatter')];
  return otherLayout('other', { operations, ...changes });
}

function traceOf(layout: Layout, router?: string): { workload: Workload; trace: OperationTrace } {
  const workload = shopWorkload([layout]);
  return { workload, trace: shopTablesOn(workload, layout, shardCount, router).trace() };
}

test('a statement with a key goes to the shard on which the row of the draw is loaded', () => {
  const workload = shopWorkload();
  const tables = shopTablesOn(workload, tenantLayout, shardCount);
  const trace = tables.trace();
  const shardOfOrder = tables.shardOf('orders');
  const met = new Set<number>();
  for (const { operation, tenant, number } of arrivalsOf(workload, orderOfTenant, 200)) {
    expect(trace.open(operation, tenant, number)).toBe(1);
    const shard = shardOfOrder(trace.rows.row(0, 0, 0));
    expect(stepsOf(trace)).toEqual([{ statement: 0, repetition: 0, shards: [shard] }]);
    met.add(shard);
  }
  expect(met.size).toBeGreaterThan(4);
});

test('groups repeat their statements in order; what any shard answers follows the others', () => {
  const { workload, trace } = traceOf(otherLayout('other', {}));
  const lengths = new Set<number>();
  for (const { operation, tenant, number } of arrivalsOf(workload, placeOrder, 100)) {
    trace.open(operation, tenant, number);
    const repetitions = trace.rows.repetitions(1);
    const shards = shardsOf(trace);
    const expected = [{ statement: 0, repetition: 0, shards }];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      for (const statement of [1, 2]) expected.push({ statement, repetition, shards });
    }
    expect(shards).toHaveLength(1);
    expect(stepsOf(trace)).toEqual(expected);
    expect(trace.crossShard).toBe(false);
    lengths.add(repetitions);
  }
  expect(lengths).toEqual(new Set([2, 3, 4]));
});

test('a statement without a key goes to all shards, which is no transaction across them', () => {
  const workload = shopWorkload();
  const trace = shopTablesOn(workload, tenantLayout, shardCount).trace();
  const [arrival] = arrivalsOf(workload, newest, 1);
  const { operation, tenant, number } = present(arrival, 'arrival');
  expect(trace.open(operation, tenant, number)).toBe(shardCount);
  expect(shardsOf(trace)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(trace.crossShard).toBe(false);
});

test('what any shard answers alone is spread evenly', () => {
  const { workload, trace } = traceOf(readBy({ to: 'any' }));
  const counts = new Float64Array(shardCount);
  const arrivals = arrivalsOf(workload, orderOfTenant, 300);
  for (const { operation, tenant, number } of arrivals) {
    expect(trace.open(operation, tenant, number)).toBe(1);
    const shard = trace.shardAt(0);
    counts[shard] = (counts[shard] ?? 0) + 1;
  }
  // Binomial: 300 / 8 with a standard deviation of 5.7.
  for (const count of counts) expect(Math.abs(count - 300 / shardCount)).toBeLessThan(23);
});

test('several keys go to their shards, each once and ascending; constants are keys too', () => {
  const tenants = [7, 8, 9, 10].map((id): KeyValue => ({ constant: `${id}` }));
  const { workload, trace } = traceOf(readBy(byKey(...tenants, { parameter: 1 })));
  const [arrival] = arrivalsOf(workload, orderOfTenant, 1);
  const { operation, tenant, number } = present(arrival, 'arrival');
  const fanOut = trace.open(operation, tenant, number);
  expect(fanOut).toBeGreaterThan(1);
  expect(fanOut).toBeLessThanOrEqual(5);
  const [step] = stepsOf(trace);
  expect(step?.shards).toEqual(shardsOf(trace));
  expect(step?.shards).toEqual([...new Set(step?.shards)].toSorted((a, b) => a - b));
});

test('a range goes where an ordered router may hold it, and everywhere with any other', () => {
  const range: StatementRoute = {
    to: 'range',
    router: 'main',
    low: { parameter: 1 },
    high: { parameter: 1 },
  };
  for (const [router, fanOut] of [
    ['range', 1],
    ['jump', shardCount],
  ] as const) {
    const { workload, trace } = traceOf(readBy(range), router);
    for (const { operation, tenant, number } of arrivalsOf(workload, orderOfTenant, 20)) {
      expect(trace.open(operation, tenant, number)).toBe(fanOut);
    }
  }
});

test('tables at home are on shard 0; those by a key of their own have their own router', () => {
  const tables = tenantLayout.tables.map((each) => {
    if (each.table === 'products') return { ...each, placement: 'home' } as const;
    if (each.table !== 'lines') return each;
    return { ...each, placement: 'own-key', keyColumns: ['order_id'] } as const;
  });
  const own: StatementRoute = {
    to: 'keys',
    router: { ownKeyOf: 'lines' },
    keys: [{ values: [{ draw: 1, column: 'id' }] }],
  };
  const statements = [byKey({ parameter: 1 }), { to: 'home' } as const, own].map((route, i) =>
    routed(route, i !== 1),
  );
  const [, read, scatter] = tenantLayout.operations;
  const place: OperationLayout = { fate: 'single', runs: 'own', statements };
  const operations = [place, present(read, 'read'), present(scatter, 'scatter')];
  const layout = otherLayout('other', { tables, operations });
  const workload = shopWorkload([layout]);
  const cell = shopTablesOn(workload, layout, shardCount);
  const trace = cell.trace();
  const tenantShard = cell.shardOf('users');
  let crossing = 0;
  for (const { operation, tenant, number } of arrivalsOf(workload, placeOrder, 100)) {
    trace.open(operation, tenant, number);
    const [order, product, line] = stepsOf(trace);
    expect(order?.shards).toEqual([tenantShard(trace.rows.row(0, 0, 0))]);
    expect(product?.shards).toEqual([0]);
    expect(line?.shards).toHaveLength(1);
    const locked = new Set([...(order?.shards ?? []), ...(line?.shards ?? [])]);
    expect(trace.crossShard).toBe(locked.size > 1);
    if (locked.size > 1) crossing += 1;
  }
  // By two keys that know nothing of each other 7 of 8 do.
  expect(crossing).toBeGreaterThan(70);
  expect(cell.shardOf('products')(3)).toBe(0);
  expect(cell.routers.own.size).toBe(1);
});

test('an operation that does not run touches no shard', () => {
  const [place, read, scatter] = tenantLayout.operations;
  const none = { ...present(read, 'read'), fate: 'notRunnable', runs: 'none' } as const;
  const operations = [present(place, 'place'), none, present(scatter, 'scatter')];
  const { workload, trace } = traceOf(otherLayout('other', { operations }));
  for (const { operation, tenant, number } of arrivalsOf(workload, orderOfTenant, 5)) {
    expect(trace.open(operation, tenant, number)).toBe(0);
    expect(trace.script).toBeNull();
    expect(trace.stepCount).toBe(0);
  }
});

test('on one shard everything runs there', () => {
  const workload = shopWorkload();
  const trace = shopTablesOn(workload, singleLayout, 1).trace();
  for (const kind of [placeOrder, orderOfTenant, newest]) {
    for (const { operation, tenant, number } of arrivalsOf(workload, kind, 20)) {
      expect(trace.open(operation, tenant, number)).toBe(1);
      expect(trace.shardAt(0)).toBe(0);
      expect(trace.crossShard).toBe(false);
    }
  }
});

test('traces of the same arrivals agree in any order, and with the plan', () => {
  const workload = shopWorkload();
  const tables = shopTablesOn(workload, tenantLayout, shardCount);
  const [first, second] = [tables.trace(), tables.trace()];
  const plan = tablePlan(tables.trace());
  const shards = new Int32Array(shardCount);
  const masks = new Int32Array(shardCount);
  const arrivals = [placeOrder, orderOfTenant, newest].flatMap((kind) =>
    arrivalsOf(workload, kind, 30),
  );
  const forwards = arrivals.map(({ operation, tenant, number }) => {
    first.open(operation, tenant, number);
    // The one that is open already is not read again, and says the same.
    expect(first.open(operation, tenant, number)).toBe(first.fanOut);
    return stepsOf(first);
  });
  const backwards = arrivals.toReversed().map(({ operation, tenant, number }) => {
    second.open(operation, tenant, number);
    const fanOut = plan.route(operation, tenant, number, shards, masks);
    expect([...shards.subarray(0, fanOut)]).toEqual(shardsOf(second));
    expect(plan.crossShard).toBe(second.crossShard);
    for (const [i, shard] of shards.subarray(0, fanOut).entries()) {
      const here = stepsOf(second).filter((step) => step.shards.includes(shard));
      const mask = here.reduce((bits, { statement }) => bits | (1 << statement), 0);
      expect(masks[i]).toBe(mask);
    }
    return stepsOf(second);
  });
  expect(backwards.toReversed()).toEqual(forwards);
});
