import { classedTenants } from '../traffic/classed-tenants.ts';
import { driverLimits } from '../traffic/driver-limits.ts';
import { type CellKey, knownFacts } from '../traffic/known-facts.ts';
import type { RoutePlan } from '../traffic/route-plan.ts';
import { watchedKinds } from '../traffic/running-limits.ts';
import { cellMetrics, type CellMetrics } from '../metrics/cell-metrics.ts';
import { cycleNsOf } from '../metrics/course.ts';
import type { PhaseRecord } from '../metrics/phase-record.ts';
import { Recorder } from '../metrics/recorder.ts';
import type { Scenario } from '../scenario/types.ts';
import { runsForMs } from '../workload/phases.ts';
import type { Phase, Workload } from '../workload/types.ts';
import type { CellTables } from '../traffic/tables/cell-tables.ts';
import { shardContents } from '../traffic/tables/table-contents.ts';
import { simulateDrivenLoop } from './driven-loop.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { rowFactors } from './row-factors.ts';
import { shardServers } from './shard-servers.ts';
import { rowsByShard } from './shard-rows.ts';
import { singleRoutes, type TenantRoutes, tenantRoutes } from './tenant-routes.ts';

/** A strategy on a topology, as it routes. */
export interface SimulatedRouting extends CellKey {
  readonly plan: RoutePlan;
  /** Of the one table of the short form. */
  readonly shardOf: (tenant: number, row: number) => number;
  /** Where the tables of a scenario lie; null in the short form. */
  readonly tables?: CellTables | null;
}

export interface CellLoad {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly phase: Phase;
  /** Called now and then with the share that is done. */
  readonly pause: (share: number) => Promise<void>;
}

/**
 * One phase in virtual time, from its routes to what it leaves. There is no warm-up: a simulated
 * shard has nothing that could be cold, and starts without a queue.
 */
export async function simulatePhase(
  routing: SimulatedRouting,
  { scenario, workload, phase, pause }: CellLoad,
): Promise<PhaseRecord> {
  const { keyName, splitBy, plan } = routing;
  const { loop, simulation, topology, seed } = scenario;
  const durationMs = runsForMs(phase);
  const { operations } = workload;
  const limits = driverLimits(scenario.limits);
  const windowNs = durationMs * 1e6;
  const quota = simulation.quota ? topology.quota : null;
  const routes = routesOf(routing, workload);
  const rows = loadedRows(routing, workload, routes);
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
  const cycleNs = cycleNsOf(phase.arrivals);
  const series = hasSeries(shardCount, durationMs);
  const tenantClasses = classedTenants(workload, routing);
  const watched = watchedKinds(scenario.thresholds ?? [], operations, shardCount);
  const recorder = new Recorder({
    shardCount,
    kinds,
    windowNs,
    series,
    cycleNs,
    tenantClasses,
    watched,
  });
  const run = { workload, phase, plan, shards, limits, recorder };
  // Shards that share cores depend on each other, so arrivals must not be taken shard by shard.
  const shortCut = simulation.cores === null ? routes : null;
  const concurrency =
    loop.kind === 'closed'
      ? await simulateDrivenLoop({ ...run, clients: loop.clients })
      : await simulateOpenLoop({ ...run, tenantRoutes: shortCut, pause });
  return {
    samples: recorder.samples(concurrency),
    contents: routing.tables
      ? shardContents(routing.tables.contents())
      : rows.map((own) => ({ rows: own, bytes: own * scenario.data.rowBytes })),
    throttledFractions: shards.map(({ throttledFraction }) => throttledFraction),
    generator: null,
    server: null,
    otherwise: null,
  };
}

/** One cell in virtual time, from its routes to its part of the result. */
export async function simulateCell(
  routing: SimulatedRouting,
  load: CellLoad,
): Promise<CellMetrics> {
  const record = await simulatePhase(routing, load);
  return cellMetrics([record.samples], { ...knownFacts(load, routing), ...record });
}

/** The short way of each tenant, where there is one. */
function routesOf(
  { keyName, splitBy, shardOf, tables }: SimulatedRouting,
  workload: Workload,
): TenantRoutes | null {
  if (tables) return null;
  if (keyName === null) return singleRoutes(workload);
  return tenantRoutes(workload, keyName, splitBy !== null, shardOf);
}

/** Rows of each shard as they would be loaded. */
export function shardRows(routing: SimulatedRouting, workload: Workload): readonly number[] {
  return loadedRows(routing, workload, routesOf(routing, workload));
}

function loadedRows(
  { plan, shardOf, tables }: SimulatedRouting,
  workload: Workload,
  routes: TenantRoutes | null,
): readonly number[] {
  if (tables) return shardContents(tables.contents()).map(({ rows }) => rows);
  return rowsByShard(workload, plan.shardCount, routes, shardOf);
}

/** More rows than a report can show, and most of the document. */
const seriesRowsMax = 20_000;

/** Whether a cell has a row for every shard and second. */
export function hasSeries(shardCount: number, durationMs: number): boolean {
  return shardCount * Math.ceil(durationMs / 1000) <= seriesRowsMax;
}
