import { type PlacedKey, placedKey } from '../placement/placed-key.ts';
import { attempt } from '../placement/comparison.ts';
import { describeKey } from '../base/describe-key.ts';
import type { Placed } from '../placement/movement.ts';
import { fact } from '../result/finding.ts';
import type { RemedyFacts } from '../result/growth-document.ts';
import { buildRouter } from '../router/build-router.ts';
import { reaches } from '../router/overlays/overlay-thresholds.ts';
import type { Strategy } from '../scenario/types.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { type Candidate, capacityOf, shardedCandidate } from './candidate.ts';
import { dedicatedRouter } from './dedicated-router.ts';
import type { GrowthContext } from './growth-case.ts';
import { weightedMaxOverMean } from './rule-plan.ts';
import { splitColumn } from './split-column.ts';

/** A remedy with what it makes of the workload, for whoever weighs it against others. */
export interface WeighedRemedy {
  readonly remedy: RemedyFacts;
  readonly candidate: Candidate;
}

export interface Setting {
  readonly placed: Placed;
  readonly before: Candidate;
  readonly present: Candidate;
}

/** A dedicated shard and a split, on the shards of one placement. */
export function remediesAt(
  context: GrowthContext,
  strategy: Strategy,
  key: PlacedKey,
  heaviest: number,
  setting: Setting,
): WeighedRemedy[] {
  // A router may refuse one shard less, or an overlay: then there is no such remedy.
  const found = [
    attempt(() => dedicatedShard(context, strategy, key, heaviest, setting)),
    attempt(() => splitTenant(context, strategy, key.known, heaviest, setting)),
  ];
  return found.flatMap((each) => ('value' in each && each.value !== null ? [each.value] : []));
}

/** The last shard holds the one tenant, the others what the strategy makes of them without it. */
function dedicatedShard(
  context: GrowthContext,
  strategy: Strategy,
  key: PlacedKey,
  heaviest: number,
  { placed, before, present }: Setting,
): WeighedRemedy {
  const { known } = key;
  const { topology } = placed;
  const shardCount = topology.shardCount - 1;
  const weights = topology.weights.slice(0, shardCount);
  const rest = { ...known, weights: without(known, heaviest) };
  const inner = buildRouter(strategy, { shardCount, weights }, known.type, rest);
  const start = known.offsets[heaviest] ?? 0;
  const bytes = known.bytes.slice(start, known.offsets[heaviest + 1] ?? 0);
  const router = dedicatedRouter(inner, bytes);
  const candidate = shardedCandidate(context, strategy, key, { router, topology });
  const tenant = nameOf(known, heaviest);
  const how = fact('pin-alone', {
    numbers: { shard: shardCount, loadRatioMost: 1 / (known.weights[heaviest] ?? 1) },
    names: { tenant },
  });
  return {
    remedy: remedyOf(
      { kind: 'dedicated shard', tenant, by: null, over: null, how },
      known.weights[heaviest] ?? 0,
      { placed, before, present },
      candidate,
    ),
    candidate,
  };
}

function without({ weights }: LoadedKeys, key: number): Float64Array {
  const rest = Float64Array.from(weights);
  rest[key] = 0;
  return rest;
}

/** The tenant's rows over several shards by a second column; null where no column will do. */
function splitTenant(
  context: GrowthContext,
  strategy: Strategy,
  known: LoadedKeys,
  heaviest: number,
  setting: Setting,
): WeighedRemedy | null {
  const share = known.weights[heaviest] ?? 0;
  const column = splitColumn(context.workload, strategy.key);
  if (column === null) return null;
  const { topology } = setting.placed;
  const usable = topology.weights.filter((weight) => weight > 0).length;
  // Each piece no larger than an even share; four at least, so that it can grow.
  const over = Math.min(usable, Math.max(4, Math.ceil(share * usable)));
  if (over < 2) return null;
  const split = { tenants: [], above: share, by: column.name, over };
  const splitting: Strategy = { ...strategy, split };
  const router = buildRouter(splitting, topology, known.type, known);
  const key = placedKey(context.workload, splitting);
  const candidate = shardedCandidate(context, splitting, key, { router, topology });
  const tenant = nameOf(known, heaviest);
  const isAlone = known.weights.filter((weight) => reaches(weight, share)).length === 1;
  const lost = column.singleBefore - column.singleAfter;
  const how = fact('split-rows', {
    numbers: {
      over,
      aboveFraction: isAlone ? null : rounded(share),
      scatterFraction: lost > 0 ? lost : null,
    },
    names: { tenant, by: column.name },
  });
  return {
    remedy: remedyOf(
      { kind: 'split', tenant, by: column.name, over, how },
      share,
      setting,
      candidate,
    ),
    candidate,
  };
}

/** Down, so that the tenant itself reaches it. */
const rounded = (share: number): number => Math.floor(share * 1e4) / 1e4;

type Described = Pick<RemedyFacts, 'kind' | 'tenant' | 'by' | 'over' | 'how'>;

function remedyOf(
  described: Described,
  loadFraction: number,
  { placed, before, present }: Setting,
  after: Candidate,
): RemedyFacts {
  const { weights } = placed.topology;
  const { how, ...rest } = described;
  return {
    ...rest,
    loadFraction,
    shardCount: before.shardCount,
    maxOverMean: { before: imbalance(before, weights), after: imbalance(after, weights) },
    capacityQps: capacityOf(after)?.low ?? null,
    capacityRatio: after.instances / present.instances,
    how,
  };
}

/** max/mean of the work that the shard key directs; 1 where a remedy leaves it none. */
function imbalance({ demand }: Candidate, weights: readonly number[]): number {
  if (demand.keyed.every((load) => load === 0)) return 1;
  return weightedMaxOverMean(demand.keyed, weights);
}

/** As messages show it. */
export function nameOf({ type, bytes, offsets }: LoadedKeys, key: number): string {
  return describeKey(type, bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
}
