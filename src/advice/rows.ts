import { quantileSorted } from '../base/statistics/quantile.ts';
import { tenantFloor } from '../metrics/imbalance.ts';
import type { AdvisedFacts } from '../result/advice-document.ts';
import type { Fact } from '../result/finding.ts';
import type { Judged } from './choose.ts';
import type { MeasuredCandidate, RefusedCandidate } from './candidate-figures.ts';
import { responsesOf } from './simulated-times.ts';
import { sortedDraws } from './sorted-draws.ts';

export type Row = Omit<AdvisedFacts, 'onFront' | keyof ReturnType<typeof responsesOf>>;

export function rowOf(
  { candidate, outlook }: Judged,
  status: AdvisedFacts['status'],
  reasons: readonly Fact[],
): Row {
  const { strategy, key, router, shardCount, asked, placed } = candidate;
  return {
    strategy,
    key: key.key,
    router,
    shardCount,
    instance: null,
    status,
    reasons: [...reasons],
    capacityQps: outlook.capacityQps?.p50 ?? null,
    capacityBandQps: outlook.capacityQps,
    capacityRatio: outlook.capacityRatio.p50,
    capacityRatioP5: outlook.capacityRatio.p5,
    monthsToFull: outlook.months,
    monthlyCost: candidate.monthlyCost,
    ...asked,
    everywhereFraction: candidate.work.everywhere + candidate.work.scanned / shardCount,
    notRunnableFraction: key.notRunnable.fraction,
    lostConstraints: key.lost.length,
    band: { ...outlook.maxOverMean, draws: placed.largest.length, over: placed.over },
    values: key.values,
    largestFraction: key.heaviest[0] ?? 0,
    tenantFloor: tenantFloor(key.heaviest, shardCount),
    usefulShards: usefulShards(key.heaviest),
    listedKeys: candidate.overlay?.keys ?? (candidate.traits.listed ? key.values : 0),
    movedFraction: candidate.nextStep?.movedFraction ?? null,
    nextStep: candidate.nextStep,
    chosenSalt: candidate.chosenSalt
      ? { ...candidate.chosenSalt, after: [...candidate.chosenSalt.after] }
      : null,
    blastRadius: blastRadius(candidate),
  };
}

/** What one shard's failure reaches, in the middle placement. */
function blastRadius({ placed }: MeasuredCandidate): Row['blastRadius'] {
  return {
    keysFraction: placed.keysFraction,
    loadFraction: quantileSorted(sortedDraws(placed.largest), 0.5),
  };
}

/** 1 / the share of the heaviest value: more shards than these have nothing to do. */
function usefulShards(heaviest: Float64Array): number {
  return 1 / Math.max(heaviest[0] ?? 1, Number.MIN_VALUE);
}

/** What only a candidate of shards that was placed has. */
export const unplaced = {
  capacityBandQps: null,
  monthsToFull: null,
  listedKeys: null,
  movedFraction: null,
  nextStep: null,
  chosenSalt: null,
} as const;

/** One that cannot be built has no more than its key. */
export function refusedRow(
  { strategy, router, shardCount, key, monthlyCost }: RefusedCandidate,
  reasons: readonly Fact[],
): AdvisedFacts {
  return {
    ...unplaced,
    strategy,
    key: key.key,
    router,
    shardCount,
    instance: null,
    status: 'excluded',
    reasons: [...reasons],
    capacityQps: null,
    capacityRatio: null,
    capacityRatioP5: null,
    monthlyCost,
    singleShardFraction: null,
    crossShardFraction: null,
    scatterFraction: null,
    fanOut: null,
    everywhereFraction: null,
    notRunnableFraction: key.notRunnable.fraction,
    lostConstraints: key.lost.length,
    band: null,
    values: key.values,
    largestFraction: key.heaviest[0] ?? 0,
    tenantFloor: tenantFloor(key.heaviest, shardCount),
    usefulShards: usefulShards(key.heaviest),
    blastRadius: null,
    ...responsesOf(null),
    onFront: false,
  };
}
