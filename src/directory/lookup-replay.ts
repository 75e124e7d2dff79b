import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import { measurePhase, warmupPhase } from '../workload/phases.ts';
import type { Phase } from '../workload/types.ts';
import { type CacheCounts, CachedRoutes, type CachedRoutesOptions } from './cached-routes.ts';

export type ReplayOptions = Omit<CachedRoutesOptions, 'clock' | 'lookUp' | 'beginMove'>;

/**
 * What the measured arrivals come to when every look-up is answered at once, and the move takes no
 * time: the exact expectation of a measurement in an open loop, which differs where an entry's time
 * to live ends between two arrivals that were a little late. No database.
 */
export function replayLookups(options: ReplayOptions, plan: ArrivalPlan): Readonly<CacheCounts> {
  const { workload } = options;
  const clock = { now: 0, nowNs: () => clock.now };
  const routes: CachedRoutes = new CachedRoutes({
    ...options,
    clock,
    lookUp: (bytes, start, end) => {
      routes.answer(bytes, start, end, routes.current(bytes, start, end));
    },
    beginMove: () => routes.switched(),
  });
  const shards = new Int32Array(routes.shardCount);
  const statements = new Int32Array(routes.shardCount);
  let baseNs = 0;
  const run = (phase: Phase): void => {
    routes.enter(phase);
    visitArrivals(workload, phase, (intendedNs, tenant, operation, row) => {
      clock.now = baseNs + intendedNs;
      routes.route(operation, tenant, row, shards, statements);
    });
    baseNs += phase.durationMs * 1e6;
  };
  run(warmupPhase(workload));
  run(measurePhase(workload, plan.measure.firstNewRow));
  return routes.counts;
}

/** Sizes that a curve of hit rates is drawn over. */
const decades = [10, 100, 1000, 10_000, 100_000];

export interface CurvePoint {
  readonly cacheSize: number;
  readonly counts: Readonly<CacheCounts>;
}

/** Replays with other sizes of cache, up to one that holds all keys, and with the cell's own. */
export function replayCurve(
  options: ReplayOptions,
  plan: ArrivalPlan,
  keyCount: number,
): readonly CurvePoint[] {
  const enough = decades.find((size) => size >= keyCount) ?? Number.POSITIVE_INFINITY;
  const sizes = new Set([...decades.filter((size) => size <= enough), options.cacheSize]);
  return [...sizes]
    .toSorted((a, b) => a - b)
    .map((cacheSize) => ({ cacheSize, counts: replayLookups({ ...options, cacheSize }, plan) }));
}
