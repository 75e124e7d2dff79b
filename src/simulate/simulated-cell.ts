import type { DriverLimits } from '../load/ports.ts';
import type { RoutePlan } from '../load/route-plan.ts';
import { cellMetrics, type CellFacts } from '../metrics/cell-metrics.ts';
import { Recorder } from '../metrics/recorder.ts';
import type { Cell } from '../result/types.ts';
import { alarmSettings } from '../scenario/alarm-settings.ts';
import type { Limits, Scenario } from '../scenario/types.ts';
import { classify } from '../workload/classify.ts';
import type { Workload } from '../workload/types.ts';
import { simulateDrivenLoop } from './driven-loop.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { shardServers } from './shard-servers.ts';
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
  const shards = shardServers(plan.shardCount, {
    simulation,
    operations,
    seed,
    quotaCpu: quota?.cpu ?? null,
    statementTimeoutNs: limits.shardTimeoutNs,
    windowNs,
  });
  const kinds = operations.map(({ kind }) => kind);
  const { shardCount } = plan;
  const series = hasSeries(shardCount, durationMs);
  const recorder = new Recorder({ shardCount, kinds, windowNs, series });
  const run = { workload, firstNewRow, plan, shards, limits, recorder };
  const routes =
    keyName === null
      ? singleRoutes(workload)
      : tenantRoutes(workload, keyName, splitBy !== null, shardOf);
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
    })),
    errorFraction: scenario.limits.errorFraction,
    connectionsPerShard: limits.connectionsPerShard,
    contents: rowsByShard(workload, plan.shardCount, routes, shardOf).map((rows) => ({
      rows,
      bytes: rows * scenario.data.rowBytes,
    })),
    throttledFractions: shards.map(({ throttledFraction }) => throttledFraction),
    placement,
    generator: null,
    concurrency,
    alarms: alarmSettings(scenario),
  });
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

/** Rows of each shard as they would be loaded. */
function rowsByShard(
  { rows }: Workload,
  shardCount: number,
  routes: TenantRoutes | null,
  shardOf: (tenant: number, row: number) => number,
): number[] {
  const counts = Array.from({ length: shardCount }, () => 0);
  const add = (shard: number, own: number): void => {
    counts[shard] = (counts[shard] ?? 0) + own;
  };
  if (routes === null) {
    for (let row = 0; row < rows.count; row += 1) add(shardOf(rows.tenantOf[row] ?? 0, row), 1);
  } else {
    for (const [tenant, shard] of routes.shards.entries()) {
      add(shard, (rows.starts[tenant + 1] ?? 0) - (rows.starts[tenant] ?? 0));
    }
  }
  return counts;
}
