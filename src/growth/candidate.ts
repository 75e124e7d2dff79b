import type { PlacedKey } from '../placement/placed-key.ts';
import { sum } from '../base/statistics/moments.ts';
import type { Placed } from '../placement/movement.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Operation, Strategy } from '../scenario/types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import type { Workload } from '../workload/types.ts';
import { definitionOf, type RouterSpec } from '../router/build-router.ts';
import { inserts } from '../workload/arrivals.ts';
import type { RouterTopology } from '../router/contract.ts';
import type { DatabaseCapacity, RateBounds } from './database-capacity.ts';
import { type Demand, demandOf, effectiveShards, mixOf, type OperationWork } from './demand.ts';
import { type GrowthContext, shardsInUse } from './growth-case.ts';
import { newTenantShares, type NewTenantShares } from './new-tenants.ts';
import { keyShares, rowShares, type Touches, touches } from './touches.ts';
import { isTenantKey } from '../workload/tenant-key.ts';

/** One way to store the workload: a strategy on so many shards, or one instance. */
export interface Candidate {
  /** null: one unsharded instance. */
  readonly strategy: Strategy | null;
  /** Shards that take keys. */
  readonly shardCount: number;
  readonly mix: readonly OperationWork[];
  readonly demand: Demand;
  /** How often each operation touches each shard. */
  readonly touched: Touches;
  /** Share of all rows on each shard. */
  readonly rows: Float64Array;
  /** Share of the rows that are inserted on each shard; null where nothing inserts. */
  readonly inserted: Float64Array | null;
  /** Where new tenants go; null where they bring no new values of the shard key. */
  readonly newTenants: NewTenantShares | null;
  /** Operations of the mix that one database takes which holds everything; null: not known. */
  readonly database: RateBounds | null;
  /** How many databases' work they do, and which one is the fullest. */
  readonly effectiveShards: number;
  /** How many times the work of the unsharded instance they do. */
  readonly instances: number;
  readonly hottest: number;
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
): Pick<Candidate, 'mix' | 'touched' | 'demand' | 'rows' | 'inserted'> {
  const mix = mixOf(workload.operations, costs, key.name, key.split?.by ?? null);
  const rows = rowShares(workload, key, router);
  const touched = touches(workload, plan, key, router);
  const demand = demandOf(mix, touched, rows, topology.weights, unitWeight);
  return { mix, touched, rows, demand, inserted: insertedShares(workload, touched) };
}

/** Every insert makes one row, on each shard that it touches. */
export function insertedShares({ operations }: Workload, touched: Touches): Float64Array | null {
  const shares = new Float64Array(touched[0]?.length ?? 0);
  for (const [index, operation] of operations.entries()) {
    if (!makesRows(operation)) continue;
    for (const [shard, part] of (touched[index] ?? shares).entries()) {
      shares[shard] = (shares[shard] ?? 0) + operation.weight * part;
    }
  }
  const all = sum(shares);
  return all > 0 ? shares.map((share) => share / all) : null;
}

function makesRows(operation: Operation): boolean {
  const { script } = operation;
  return script === undefined
    ? inserts(operation)
    : script.draws.some(({ from }) => from.kind === 'new');
}

/** What a strategy makes of a topology. */
export function shardedCandidate(
  { workload, plan, scenario, database, now, newTenants }: GrowthContext,
  strategy: Strategy & RouterSpec,
  key: PlacedKey,
  placed: Placed,
): Candidate {
  const costs = scenario.capacity.operations;
  const loading = { workload, plan, costs, unitWeight: now.unitWeight };
  const placement = placedDemand(loading, key, placed);
  const hasTable = definitionOf(strategy).traits.table === true;
  const coming = isTenantKey(workload, strategy.key)
    ? newTenantShares(newTenants, placed, hasTable, keyShares(placed.router, key.known))
    : null;
  return candidateWith(database, strategy, placed.topology, { ...placement, newTenants: coming });
}

/** What follows from where everything is. */
export function candidateWith(
  database: DatabaseCapacity,
  strategy: Strategy,
  topology: RouterTopology,
  placement: Pick<Candidate, 'mix' | 'touched' | 'demand' | 'rows' | 'inserted' | 'newTenants'>,
): Candidate {
  const shardCount = shardsInUse(topology.weights);
  const { shards, hottest } = effectiveShards(placement.demand);
  return {
    ...placement,
    strategy,
    shardCount,
    database: shardCount === 1 ? database.instance : database.shard,
    effectiveShards: shards,
    instances: shards * (shardCount === 1 ? 1 : database.share),
    hottest,
  };
}

/** Operations of the mix a second that all of its databases take. */
export function capacityOf({ database, effectiveShards: shards }: Candidate): RateBounds | null {
  if (database === null) return null;
  return {
    low: database.low * shards,
    high: database.high === null ? null : database.high * shards,
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
    touched: everything,
    demand: demandOf(mix, everything, rows, [1]),
    rows,
    inserted: null,
    newTenants: null,
    database: database.instance,
    effectiveShards: 1,
    instances: 1,
    hottest: 0,
  };
}
