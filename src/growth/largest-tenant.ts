import type { PlacedKey } from '../placement/placed-key.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { TenantFacts } from '../result/growth-document.ts';
import type { Strategy } from '../scenario/types.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import type { Candidate } from './candidate.ts';
import type { GrowthContext, GrowthStrategy } from './growth-case.ts';
import { nameOf, remediesAt, type WeighedRemedy } from './tenant-remedies.ts';

/** The largest value of a strategy's key, and what could be done about it. */
export interface LargestTenantStudy {
  readonly tenant: TenantFacts;
  readonly remedies: readonly WeighedRemedy[];
}

/**
 * How much one value of the shard key limits the shards: with a share p of the load, 1/p shards are
 * useful at most. null where every value is as good as any other (each row has its own).
 *
 * @param candidates of the strategy, the present one first, as its placements are
 * @param saltedAt the strategy with the salt of a placement
 */
export function largestTenant(
  context: GrowthContext,
  { strategy, placements }: GrowthStrategy,
  key: PlacedKey,
  candidates: readonly Candidate[],
  saltedAt: (step: number) => Strategy = () => strategy,
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
  const remedies =
    strategy.pin === undefined
      ? placements.flatMap((placed, index) => {
          const before = candidates[index];
          // With fewer shards than are useful the tenant limits nothing yet.
          if (before === undefined || before.shardCount < usefulShards) return [];
          const setting = { placed, before, present };
          const found = remediesAt(context, saltedAt(index), key, heaviest, setting);
          return found.filter(({ candidate }) => isOfUse(candidate, before));
        })
      : [];
  return {
    tenant: {
      strategy: strategy.name,
      tenant,
      loadFraction,
      usefulShards,
      noShardCountHelps,
      limit: limitOf({ key: strategy.key, tenant }, loadFraction, present.shardCount, most),
      remedies: remedies.map(({ remedy }) => remedy),
    },
    remedies,
  };
}

/** What buys less than a twentieth is not worth a special case. */
function isOfUse(candidate: Candidate, before: Candidate): boolean {
  return candidate.instances >= 1.05 * before.instances;
}

function limitOf(
  names: { readonly key: string; readonly tenant: string },
  loadFraction: number,
  shards: number,
  shardsMost: number,
): Fact {
  const usefulShards = 1 / loadFraction;
  const numbers = { loadFraction, usefulShards };
  if (shards >= usefulShards) {
    return fact('no-shard-count-helps', {
      severity: 'warning',
      numbers: { ...numbers, shards },
      names,
    });
  }
  const code = shardsMost >= usefulShards ? 'tenant-limits-shards' : 'tenant-limits-later-shards';
  return fact(code, { numbers, names });
}

function heaviestKey({ weights }: LoadedKeys): number {
  let heaviest = 0;
  for (let key = 1; key < weights.length; key += 1) {
    if ((weights[key] ?? 0) > (weights[heaviest] ?? 0)) heaviest = key;
  }
  return heaviest;
}
