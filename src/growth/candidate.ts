import type { Placed } from '../placement/movement.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Strategy } from '../scenario/types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import type { Workload } from '../workload/types.ts';
import { type Demand, demandOf, effectiveShards, mixOf, type OperationWork } from './demand.ts';
import { type GrowthContext, isTenantKey, shardsInUse } from './growth-case.ts';
import { type PlacedKey, rowShares, touches } from './touches.ts';

/** One way to store the workload: a strategy on so many shards, or one instance. */
export interface Candidate {
  /** null: one unsharded instance. */
  readonly strategy: Strategy | null;
  /** Shards that take keys. */
  readonly shardCount: number;
  readonly mix: readonly OperationWork[];
  readonly demand: Demand;
  /** Share of all rows on each shard. */
  readonly rows: Float64Array;
  /** Operations of the mix that one database takes which holds everything. */
  readonly databaseQps: number;
  /** Operations of the mix that all of them take. */
  readonly capacityQps: number;
  /** How many databases' work they do, and which one is the fullest. */
  readonly effectiveShards: number;
  readonly hottest: number;
  /** Whether new tenants bring new values of the shard key, which spread anew. */
  readonly keyIsTenant: boolean;
}

/** A workload, and what its operations cost. */
interface Loading {
  readonly workload: Workload;
  readonly plan: ArrivalPlan;
  readonly costs: readonly OperationCost[];
  /** topology.weights of the mean present shard. */
  readonly unitWeight: number;
}

/** What a placement of a shard key makes each shard do and hold. */
export function placedDemand(
  { workload, plan, costs, unitWeight }: Loading,
  key: PlacedKey,
  { router, topology }: Placed,
): Pick<Candidate, 'mix' | 'demand' | 'rows'> {
  const mix = mixOf(workload.operations, costs, key.name, key.split?.by ?? null);
  const rows = rowShares(workload, key, router);
  const touched = touches(workload, plan, key, router);
  return { mix, rows, demand: demandOf(mix, touched, rows, topology.weights, unitWeight) };
}

/** What a strategy makes of a topology. */
export function shardedCandidate(
  { workload, plan, scenario, database, now }: GrowthContext,
  strategy: Strategy,
  key: PlacedKey,
  placed: Placed,
): Candidate {
  const costs = scenario.capacity.operations;
  const loading = { workload, plan, costs, unitWeight: now.unitWeight };
  const { mix, rows, demand } = placedDemand(loading, key, placed);
  const shardCount = shardsInUse(placed.topology.weights);
  const databaseQps = shardCount === 1 ? database.instanceQps : database.shardQps;
  const { shards, hottest } = effectiveShards(demand);
  return {
    strategy,
    shardCount,
    mix,
    demand,
    rows,
    databaseQps,
    capacityQps: databaseQps * shards,
    effectiveShards: shards,
    hottest,
    keyIsTenant: isTenantKey(workload, strategy.key),
  };
}

/** Everything on the instance that there is, or was before sharding. */
export function instanceCandidate({ workload, scenario, database }: GrowthContext): Candidate {
  const mix = mixOf(workload.operations, scenario.capacity.operations, null);
  const rows = Float64Array.of(1);
  const everything = mix.map(() => Float64Array.of(1));
  return {
    strategy: null,
    shardCount: 1,
    mix,
    demand: demandOf(mix, everything, rows, [1]),
    rows,
    databaseQps: database.instanceQps,
    capacityQps: database.instanceQps,
    effectiveShards: 1,
    hottest: 0,
    keyIsTenant: true,
  };
}
