import { describeKey } from '../base/describe-key.ts';
import type { Placed } from '../placement/movement.ts';
import type { LargestTenant, TenantRemedy } from '../result/growth-document.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Strategy } from '../scenario/types.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { type Candidate, shardedCandidate } from './candidate.ts';
import { dedicatedRouter } from './dedicated-router.ts';
import { type GrowthContext, type GrowthStrategy, placedKey } from './growth-case.ts';
import { counted, percent, short } from './number-text.ts';
import { weightedMaxOverMean } from './rule-plan.ts';
import { splitColumn } from './split-column.ts';
import type { PlacedKey } from './touches.ts';

/** A remedy with what it makes of the workload, for whoever weighs it against others. */
export interface WeighedRemedy {
  readonly remedy: TenantRemedy;
  readonly candidate: Candidate;
}

/** The largest value of a strategy's key, and what could be done about it. */
export interface LargestTenantStudy {
  readonly tenant: LargestTenant;
  readonly remedies: readonly WeighedRemedy[];
}

/** With fewer useful shards than this, remedies are worked out: the largest path has about so many. */
const remediesBelow = 32;

/**
 * How much one value of the shard key limits the shards: with a share p of the load, 1/p shards are
 * useful at most. null where every value is as good as any other (each row has its own).
 *
 * @param candidates of the strategy, the present one first, as its placements are
 */
export function largestTenant(
  context: GrowthContext,
  { strategy, placements }: GrowthStrategy,
  key: PlacedKey,
  candidates: readonly Candidate[],
): LargestTenantStudy | null {
  const { known } = key;
  const heaviest = heaviestKey(known);
  const loadFraction = known.weights[heaviest] ?? 0;
  const isOneRow = known.rows.every((rows) => rows === 1);
  const isSplit = key.split !== null;
  const present = candidates[0];
  if (loadFraction <= 0 || isOneRow || isSplit || present === undefined) return null;
  const usefulShards = 1 / loadFraction;
  const most = Math.max(...candidates.map(({ shardCount }) => shardCount));
  const tenant = nameOf(known, heaviest);
  const noShardCountHelps = present.shardCount >= usefulShards;
  const isLimiting = usefulShards < Math.min(most, remediesBelow);
  const remedies = isLimiting
    ? placements.flatMap((placed, index) => {
        const before = candidates[index];
        if (before === undefined || before.shardCount === 1) return [];
        return remediesAt(context, strategy, key, heaviest, { placed, before, present });
      })
    : [];
  return {
    tenant: {
      strategy: strategy.name,
      tenant,
      loadFraction,
      usefulShards,
      noShardCountHelps,
      text: textOf(strategy.key, tenant, loadFraction, present.shardCount, most),
      remedies: remedies.map(({ remedy }) => remedy),
    },
    remedies,
  };
}

function textOf(key: string, tenant: string, share: number, present: number, most: number): string {
  const useful = short(1 / share);
  const largest = `${key} ${tenant} alone has ${percent(share)} of the load that the key directs`;
  const bound = `no more than ${useful} shards can be of use, however they are filled`;
  if (present >= 1 / share) {
    return (
      `No shard count helps: ${largest}, so ${bound}, and there are ${present} already. Further ` +
      'shards relieve only those that are not full.'
    );
  }
  if (most >= 1 / share) return `${largest}: ${bound}.`;
  return `${largest}: it allows up to ${useful} shards, more than are asked for here.`;
}

interface Setting {
  readonly placed: Placed;
  readonly before: Candidate;
  readonly present: Candidate;
}

/** A dedicated shard and a split, on the shards of one placement. */
function remediesAt(
  context: GrowthContext,
  strategy: Strategy,
  key: PlacedKey,
  heaviest: number,
  setting: Setting,
): WeighedRemedy[] {
  const share = key.known.weights[heaviest] ?? 0;
  const dedicated = dedicatedShard(context, strategy, key, heaviest, setting);
  const split = splitTenant(context, strategy, key.known, share, setting);
  return split === null ? [dedicated] : [dedicated, split];
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
  const how =
    `shard ${shardCount} holds ${tenant} alone (pin: { tenants: { ${tenant}: ${shardCount} } } in a ` +
    `router that sends no other key there); the others share ${counted(shardCount, 'shard')}. It ` +
    `grows no further than one shard does: ${short(1 / (known.weights[heaviest] ?? 1))} times its ` +
    'capacity in all.';
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
  share: number,
  setting: Setting,
): WeighedRemedy | null {
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
  const tenant = nameOf(known, heaviestKey(known));
  const lost = column.singleBefore - column.singleAfter;
  const how =
    `split: { tenants: [${tenant}], by: ${column.name}, over: ${over} } in the strategy: its rows lie ` +
    `on ${counted(over, 'shard')}` +
    (lost > 0
      ? `, and for this tenant the ${percent(lost)} of the operations that do not name ` +
        `${column.name} ask all of them`
      : '');
  return {
    remedy: remedyOf({ kind: 'split', tenant, by: column.name, over, how }, share, setting, candidate),
    candidate,
  };
}

type Described = Pick<TenantRemedy, 'kind' | 'tenant' | 'by' | 'over' | 'how'>;

function remedyOf(
  described: Described,
  loadFraction: number,
  { placed, before, present }: Setting,
  after: Candidate,
): TenantRemedy {
  const { weights } = placed.topology;
  const { how, ...rest } = described;
  return {
    ...rest,
    loadFraction,
    shardCount: before.shardCount,
    maxOverMean: { before: imbalance(before, weights), after: imbalance(after, weights) },
    capacityQps: after.capacityQps,
    capacityRatio: after.capacityQps / present.capacityQps,
    how,
  };
}

/** max/mean of the work that the shard key directs. */
function imbalance({ demand }: Candidate, weights: readonly number[]): number {
  return weightedMaxOverMean(demand.keyed, weights);
}

function heaviestKey({ weights }: LoadedKeys): number {
  let heaviest = 0;
  for (let key = 1; key < weights.length; key += 1) {
    if ((weights[key] ?? 0) > (weights[heaviest] ?? 0)) heaviest = key;
  }
  return heaviest;
}

function nameOf({ type, bytes, offsets }: LoadedKeys, key: number): string {
  return describeKey(type, bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
}
