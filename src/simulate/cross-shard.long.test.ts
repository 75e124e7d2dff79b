// The share of transactions of TPC-C that touch two shards or more, in closed form.
import { expect, test } from 'vitest';
import type { RoutePlan } from '../traffic/route-plan.ts';
import { cellTables } from '../traffic/tables/cell-tables.ts';
import { tablePlan } from '../traffic/tables/table-plan.ts';
import { tableRouters } from '../traffic/tables/table-routers.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { measurePhase } from '../workload/phases.ts';
import type { Workload } from '../workload/types.ts';
import { simulateCell } from './simulated-cell.ts';
import { warehouseLayout, warehouses } from './warehouses-fixture.ts';

const arrivals = 100_000;

/** Of New-Order over 5 to 15 lines, each of which is elsewhere with this probability. */
function linesElsewhere(probability: number): number {
  const lines = Array.from({ length: 11 }, (_, i) => 5 + i);
  return lines.reduce((sum, n) => sum + 1 - (1 - probability) ** n, 0) / lines.length;
}

/** Where a remote warehouse is on another shard with this probability. */
const crossing = (q: number): number => 0.45 * linesElsewhere(0.01 * q) + 0.43 * 0.15 * q;

/** For the placement that there is: so many warehouses on each shard. */
function crossingOf(warehousesByShard: readonly number[]): number {
  const all = warehousesByShard.reduce((sum, count) => sum + count, 0);
  return warehousesByShard.reduce(
    (sum, count) => sum + (count / all) * crossing((all - count) / (all - 1)),
    0,
  );
}

function routing(workload: Workload, shardCount: number) {
  const spec = { router: 'jump', parameter: null, hash: null, salt: '' };
  const topology = { shardCount, weights: Array.from({ length: shardCount }, () => 1) };
  const known = knownKeys(workload, 'w_id');
  const routers = tableRouters(spec, topology, workload, warehouseLayout, known);
  const tables = cellTables(workload, warehouseLayout, routers);
  const plan: RoutePlan = tablePlan(tables.trace());
  return {
    keyName: 'w_id',
    splitBy: null,
    plan,
    tables,
    shardOf: () => 0,
    placement: { idealMaxOverMean: null, tenantFloor: null, band: null },
  };
}

async function simulated(count: number, shardCount: number) {
  const { scenario, workload } = warehouses(count, arrivals);
  const routes = routing(workload, shardCount);
  const phase = measurePhase(workload, 0);
  const cell = await simulateCell(routes, {
    scenario,
    workload,
    phase,
    pause: async () => undefined,
  });
  return { cell, contents: routes.tables.contents() };
}

const standardErrors = (measured: number, expected: number): number =>
  (measured - expected) / Math.sqrt((expected * (1 - expected)) / arrivals);

test.each([
  [2, 5.42],
  [4, 8.09],
  [8, 9.41],
  [16, 10.07],
])('on %d shards and many warehouses: %f %%', async (shardCount, percent) => {
  const ideal = crossing((shardCount - 1) / shardCount);
  expect(100 * ideal).toBeCloseTo(percent, 2);
  const { cell } = await simulated(4000, shardCount);
  expect(cell.operations.reduce((sum, operation) => sum + operation.arrivals, 0)).toBe(arrivals);
  expect(Math.abs(standardErrors(cell.fanOut.crossShardFraction ?? 0, ideal))).toBeLessThan(3);
});

test.each([2, 8])('on %d shards and few warehouses: as they are placed', async (shardCount) => {
  const { cell, contents } = await simulated(12, shardCount);
  const [own] = contents;
  const expected = crossingOf(own?.rows ?? []);
  expect(own?.rows.reduce((sum, count) => sum + count, 0)).toBe(12);
  expect(Math.abs(standardErrors(cell.fanOut.crossShardFraction ?? 0, expected))).toBeLessThan(3);
  // Not what many warehouses would come to.
  expect(Math.abs(expected - crossing((shardCount - 1) / shardCount))).toBeGreaterThan(0.001);
});
