import { Recorder } from '../metrics/recorder.ts';
import { timedMs } from '../metrics/percentiles.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import type { RoutePlan } from '../traffic/route-plan.ts';
import { runsForMs } from '../workload/phases.ts';
import type { Phase, Workload } from '../workload/types.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { shardServers } from './shard-servers.ts';

/** What is offered to shards whose answers are only asked for their p99. */
export interface TailLoad {
  readonly workload: Workload;
  readonly phase: Phase;
  readonly plan: RoutePlan;
  readonly simulation: Simulation;
  readonly seed: number;
  readonly connectionsPerShard: number;
  /** CPUs that one shard may use; null: as many as it has servers. */
  readonly quotaCpu: number | null;
  /** By shard and operation: how many times as long it takes there; absent: once. */
  readonly rowFactors?: readonly Float64Array[];
  readonly pause?: () => Promise<void>;
}

export interface ResponseTail {
  /** Of all operations; null: too few of them, or a shard that gets more work than it does. */
  readonly p99Ms: number | null;
  /** Work of the shard that has most of it, as a share of what it can do in that time. */
  readonly usedFraction: number;
}

/**
 * The p99 of one phase in virtual time. Nothing is turned away or given up: a shard that is offered
 * more than it does has no p99, however short the phase, and a large one without.
 */
export async function responseTail(load: TailLoad): Promise<ResponseTail> {
  const { workload, phase, plan, simulation, seed, quotaCpu, pause } = load;
  const { shardCount } = plan;
  const { operations } = workload;
  const { servers, cores } = simulation;
  const windowNs = runsForMs(phase) * 1e6;
  const shards = shardServers(shardCount, {
    simulation,
    operations,
    seed,
    quotaCpu,
    statementTimeoutNs: never,
    windowNs,
    ...(load.rowFactors !== undefined && { rowFactors: load.rowFactors }),
  });
  const kinds = operations.map(({ kind }) => kind);
  const recorder = new Recorder({ shardCount, kinds, windowNs, series: false });
  const limits = {
    operationTimeoutNs: never,
    shardTimeoutNs: never,
    connectionsPerShard: Math.max(load.connectionsPerShard, servers),
    queuePerShard: Number.MAX_SAFE_INTEGER,
  };
  const loop = { workload, phase, plan, tenantRoutes: null, shards, limits, recorder };
  const concurrency = await simulateOpenLoop({ ...loop, ...(pause !== undefined && { pause }) });
  const worked = shards.map(({ workedNs }) => workedNs / windowNs);
  const mostOfOne = Math.max(...worked) / Math.min(servers, quotaCpu ?? servers);
  const all = worked.reduce((sum, own) => sum + own, 0);
  const usedFraction = Math.max(mostOfOne, cores === null ? 0 : all / cores);
  const { overall } = recorder.samples(concurrency);
  return { p99Ms: usedFraction >= 1 ? null : timedMs(overall).p99, usedFraction };
}

/** A century in nanoseconds. */
const never = 100 * 365 * 86_400 * 1e9;
