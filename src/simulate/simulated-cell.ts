import type { DriverLimits } from '../traffic/ports.ts';
import type { RoutePlan } from '../traffic/route-plan.ts';
import { cellMetrics, type CellFacts } from '../metrics/cell-metrics.ts';
import { cycleNsOf } from '../metrics/course.ts';
import { Recorder } from '../metrics/recorder.ts';
import type { Cell } from '../result/types.ts';
import { alarmSettings } from '../scenario/alarm-settings.ts';
import type { Limits, Scenario } from '../scenario/types.ts';
import { classify } from '../workload/classify.ts';
import type { Workload } from '../workload/types.ts';
import { simulateDrivenLoop } from './driven-loop.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { rowFactors } from './row-factors.ts';
import { shardServers } from './shard-servers.ts';
import { rowsByShard } from './shard-rows.ts';
import { singleRoutes, type TenantRoutes, tenantRoutes } from './tenant-routes.ts';

/** A strategy on a topology, as it routes; `keyName` is null for the baseline on one shard. */
export interface SimulatedRouting {
  readonly keyName: string | null;
  /** The second column, where values of the shard key are split by one. */
  readonly splitBy: string | null;
  readonly plan: RoutePlan;
  readonly shardOf: (tenant: number, row: number) => number;
  readonly placement: CellFacts['placement'];
}

export interface CellLoad {
  readonly scenario: Scenario;
  readonly workload: Workload;
  /** Number of the first row that the measured phase adds. */
  readonly firstNewRow: number;
  /** Called now and then with the arrivals so far. */
  readonly pause: (arrivals: number) => Promise<void>;
}

/**
 * One cell in virtual time, from its routes to its part of the result. There is no warm-up: a
 * simulated shard has nothing that could be cold, and starts without a queue.
 */
export async function simulateCell(
  routing: SimulatedRouting,
  { scenario, workload, firstNewRow, pause }: CellLoad,
): Promise<Partial<Cell>> {
  const { keyName, splitBy, plan, shardOf, placement } = routing;
  const { loop, simulation, topology, seed, durationMs } = scenario;
  const { operations } = workload;
  const limits = driverLimits(scenario.limits);
  const windowNs = durationMs * 1e6;
  const quota = simulation.quota ? topology.quota : null;
  const routes = routesOf(routing, workload);
  const rows = rowsByShard(workload, plan.shardCount, routes, shardOf);
  const shards = shardServers(plan.shardCount, {
    simulation,
    operations,
    seed,
    quotaCpu: quota?.cpu ?? null,
    statementTimeoutNs: limits.shardTimeoutNs,
    windowNs,
    rowFactors: rowFactors(simulation, operations, { keyName, splitBy }, rows),
  });
  const kinds = operations.map(({ kind }) => kind);
  const { shardCount } = plan;
  const cycleNs = cycleNsOf(scenario.arrivals);
  const series = hasSeries(shardCount, durationMs);
  const recorder = new Recorder({ shardCount, kinds, windowNs, series, cycleNs });
  const run = { workload, firstNewRow, plan, shards, limits, recorder };
  // Shards that share cores depend on each other, so arrivals must not be taken shard by shard.
  const shortCut = simulation.cores === null ? routes : null;
  const concurrency =
    loop.kind === 'closed'
      ? await simulateDrivenLoop({ ...run, clients: loop.clients })
      : await simulateOpenLoop({ ...run, tenantRoutes: shortCut, pause });
  return cellMetrics(recorder, {
    operations: operations.map((operation) => ({
      name: operation.name,
      kind: operation.kind,
      routing: classify(operation, keyName, splitBy),
      rollsBack: operation.rollsBack === true,
      mayBeEmpty: operation.expect?.empty === true,
    })),
    errorFraction: scenario.limits.errorFraction,
    arrivals: scenario.arrivals,
    connectionsPerShard: limits.connectionsPerShard,
    contents: rows.map((own) => ({ rows: own, bytes: own * scenario.data.rowBytes })),
    throttledFractions: shards.map(({ throttledFraction }) => throttledFraction),
    placement,
    generator: null,
    concurrency,
    alarms: alarmSettings(scenario),
  });
}

/** The short way of each tenant, where there is one. */
function routesOf(
  { keyName, splitBy, shardOf }: SimulatedRouting,
  workload: Workload,
): TenantRoutes | null {
  if (keyName === null) return singleRoutes(workload);
  return tenantRoutes(workload, keyName, splitBy !== null, shardOf);
}

/** Rows of each shard as they would be loaded. */
export function shardRows(routing: SimulatedRouting, workload: Workload): readonly number[] {
  const { plan, shardOf } = routing;
  return rowsByShard(workload, plan.shardCount, routesOf(routing, workload), shardOf);
}

/** More rows than a report can show, and most of the document. */
const seriesRowsMax = 20_000;

/** Whether a cell has a row for every shard and second. */
export function hasSeries(shardCount: number, durationMs: number): boolean {
  return shardCount * Math.ceil(durationMs / 1000) <= seriesRowsMax;
}

function driverLimits(limits: Limits): DriverLimits {
  return {
    operationTimeoutNs: limits.operationTimeoutMs * 1e6,
    shardTimeoutNs: limits.shardTimeoutMs * 1e6,
    connectionsPerShard: limits.connectionsPerShard,
    queuePerShard: limits.queuePerShard,
  };
}
