import { quantileSorted } from '../base/statistics/quantile.ts';
import { bandSalt } from '../metrics/placement-band.ts';
import type { CellWork } from '../result/cell-work.ts';
import type { ShardResult } from '../result/types.ts';
import { buildRouter, definitionOf, type RouterSpec } from '../router/build-router.ts';
import type { Router, RouterTopology } from '../router/contract.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Strategy } from '../scenario/types.ts';
import type { ArrivalPlan } from '../workload/arrival-plan.ts';
import type { Workload } from '../workload/types.ts';
import { demandOf, effectiveShards, mixOf, type OperationWork } from './demand.ts';
import type { PlacedKey } from '../placement/placed-key.ts';
import { rowShares, type Touches } from './touches.ts';
import { touchCounter } from './touch-counter.ts';

/** What is asked of the shards under one placement. */
interface Placement {
  readonly touched: Touches;
  /** Share of the rows on each shard; empty where no operation is a scan. */
  readonly rows: Float64Array;
}

/** A cell's placement and others that its router could have drawn, for any costs. */
export interface CellPlacements {
  readonly keyName: string | null;
  readonly splitBy: string | null;
  readonly weights: readonly number[];
  readonly own: Placement;
  /** One for each salt; empty for a router with one placement. */
  readonly drawn: readonly Placement[];
}

const saltsMax = 200;
/** Fewer tell nothing of a p5. */
const saltsMin = 20;
/** Look-ups and numbers kept for one band, at the most. */
const routesMax = 5_000_000;
const numbersMax = 4_000_000;

export function singlePlacement({ operations }: Workload): CellPlacements {
  const touched = operations.map(() => Float64Array.of(1));
  const own = { touched, rows: Float64Array.of(1) };
  return { keyName: null, splitBy: null, weights: [1], own, drawn: [] };
}

/** Routes the workload under a strategy, by its own salt and by those of a band. */
export function cellPlacements(
  { workload, plan }: { readonly workload: Workload; readonly plan: ArrivalPlan },
  strategy: RouterSpec & Strategy,
  key: PlacedKey,
  topology: RouterTopology,
  scans: boolean,
): CellPlacements {
  const { type } = key.known;
  const counter = touchCounter(workload, plan, key, topology.shardCount);
  const placementOf = (router: Router): Placement => ({
    touched: counter.touchesOf(router),
    rows: scans ? rowShares(workload, key, router) : new Float64Array(0),
  });
  const built = (salt: string): Placement =>
    placementOf(buildRouter({ ...strategy, salt }, topology, type, key.known));
  const overlaid = strategy.pin !== undefined || strategy.split !== undefined;
  const routes =
    counter.routes +
    (scans ? workload.rows.count : 0) +
    // An overlay asks for the loaded keys while it is built.
    (overlaid ? key.known.count : 0);
  const salts = drawsSalts(strategy) ? saltsOf(workload, routes, topology) : 0;
  return {
    keyName: key.name,
    splitBy: key.split?.by ?? null,
    weights: topology.weights,
    own: built(strategy.salt),
    drawn: Array.from({ length: salts }, (_, index) => built(bandSalt(index))),
  };
}

const drawsSalts = (spec: RouterSpec): boolean =>
  definitionOf(spec).traits.hashes && spec.hash !== 'identity';

/** As many as time and memory allow; 0 where those are too few for a band. */
function saltsOf({ operations }: Workload, routes: number, { shardCount }: RouterTopology): number {
  const byTime = routesMax / Math.max(1, routes);
  const byMemory = numbersMax / (shardCount * (operations.length + 1));
  if (byMemory < saltsMin) return 0;
  return Math.floor(Math.max(saltsMin, Math.min(saltsMax, byTime, byMemory)));
}

/** The work of a measured cell's shards, and how many databases' work they can do. */
export function cellWork(
  { operations }: Workload,
  placements: CellPlacements,
  costs: readonly OperationCost[],
  shards: readonly Pick<ShardResult, 'shard' | 'writeQps' | 'readQps' | 'byOperation' | 'rows'>[],
): CellWork {
  const { keyName, splitBy, weights, own, drawn } = placements;
  const mix = mixOf(operations, costs, keyName, splitBy);
  const demand = (one: Placement) => demandOf(mix, one.touched, one.rows, weights);
  const ownDemand = demand(own);
  const { shards: placement, hottest } = effectiveShards(ownDemand);
  const sorted = Float64Array.from(drawn, (one) => effectiveShards(demand(one)).shards).toSorted();
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  return {
    operations: mix.map((one) => costOf(one, costs)),
    shards: shards.map((shard) => ({
      shard: shard.shard,
      queriesPerSecond: shard.writeQps + shard.readQps,
      workPerSecond: shard.byOperation.reduce((sum, { operation, qps }) => {
        const known = costs.find(({ name }) => name === operation);
        const part = known?.scan === true && rows > 0 ? shard.rows / rows : 1;
        return sum + qps * (known?.cost ?? 1) * part;
      }, 0),
    })),
    relativeCapacity: { placement, band: bandOf(sorted) },
    fullest: {
      shard: hottest,
      keyed: ownDemand.keyed[hottest] ?? 0,
      scattered: ownDemand.scattered[hottest] ?? 0,
    },
  };
}

function costOf(
  { name, share, scan, costSource }: OperationWork,
  costs: readonly OperationCost[],
): CellWork['operations'][number] {
  const listed = costs.find((one) => one.name === name);
  const interval = listed?.interval ?? null;
  const cost = listed?.cost ?? 1;
  return { operation: name, share, cost, scan, costSource, costInterval: interval };
}

function bandOf(sorted: Float64Array): CellWork['relativeCapacity']['band'] {
  if (sorted.length === 0) return null;
  return {
    p5: quantileSorted(sorted, 0.05),
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
    salts: sorted.length,
  };
}
