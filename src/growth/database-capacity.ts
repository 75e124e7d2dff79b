import { type Fact, fact } from '../result/finding.ts';
import type { CapacityBound } from '../result/growth-document.ts';
import type { Capacity, Uncertain } from '../scenario/growth-types.ts';
import { joinedFact } from './joined-fact.ts';

/** Operations of the mix a second: at least `low` and, where it is known, less than `high`. */
export interface RateBounds {
  readonly low: number;
  /** null: nobody knows how much more it may be. */
  readonly high: number | null;
}

export function boundOf(rate: RateBounds | null): CapacityBound {
  if (rate === null) return 'unknown';
  return rate.high === null ? 'at least' : 'known';
}

/** A capacity from outside the scenario. */
export interface StatedCapacity {
  /** One shard; null: it says nothing about shards. */
  readonly shard: RateBounds | null;
  /** The present instance, unsharded. */
  readonly instance: RateBounds | null;
  readonly source: 'given' | 'measured';
  /** Where it comes from. */
  readonly basis: Fact;
}

/** What one database takes that holds everything. */
export interface DatabaseCapacity extends Omit<StatedCapacity, 'source'> {
  readonly source: 'given' | 'measured' | 'unknown';
  /**
   * A shard's capacity over the instance's: of the two where both are known, else capacity.share.
   */
  readonly share: number;
  readonly isShareAssumed: boolean;
}

/** Anything between the ends of what was given. */
export const within = ({ value, spread }: Uncertain): RateBounds => ({
  low: value - spread,
  high: value + spread,
});

const middleOf = ({ low, high }: RateBounds): number => (low + (high ?? low)) / 2;

/**
 * What was measured comes first, then the scenario's own figures. Of a given capacity the other one
 * follows by capacity.share. A measured one says less about the other: that an instance takes as
 * much as one of its shards at least, and a shard that share of what the instance was seen to take.
 */
export function databaseCapacity(
  capacity: Capacity,
  stated: StatedCapacity | null,
): DatabaseCapacity {
  const shard = better(stated?.shard ?? null, capacity.shardPerSecond);
  const instance = better(stated?.instance ?? null, capacity.instancePerSecond);
  const areBothKnown = boundOf(shard) === 'known' && boundOf(instance) === 'known';
  const share =
    areBothKnown && shard !== null && instance !== null
      ? middleOf(shard) / middleOf(instance)
      : capacity.share;
  const isMeasured = stated?.source === 'measured';
  const follow = isMeasured ? leastOf : exactOf;
  const parts = {
    shard: shard ?? (instance === null ? null : follow(instance, capacity.share)),
    instance:
      instance ?? (shard === null ? null : follow(shard, isMeasured ? 1 : 1 / capacity.share)),
  };
  return {
    ...parts,
    source: parts.shard === null ? 'unknown' : (stated?.source ?? 'given'),
    basis: basisOf(capacity, stated, { shard, instance }),
    share,
    isShareAssumed: !areBothKnown,
  };
}

/** A given rate says more than a lower bound, unless more than that was seen. */
function better(measured: RateBounds | null, given: Uncertain | null): RateBounds | null {
  if (measured === null) return given === null ? null : within(given);
  const isBound = measured.high === null && given !== null && given.value >= measured.low;
  return isBound ? within(given) : measured;
}

const exactOf = ({ low, high }: RateBounds, factor: number): RateBounds => ({
  low: low * factor,
  high: high === null ? null : high * factor,
});
const leastOf = ({ low }: RateBounds, factor: number): RateBounds => {
  return { low: low * factor, high: null };
};

function basisOf(
  { shardPerSecond, instancePerSecond, share }: Capacity,
  stated: StatedCapacity | null,
  { shard, instance }: Pick<DatabaseCapacity, 'shard' | 'instance'>,
): Fact {
  if (shard === null && instance === null) return fact('capacity-nowhere-stated');
  const given = [
    shardPerSecond !== null && stated?.source !== 'given' ? 'capacity.shard' : '',
    instancePerSecond === null ? '' : 'capacity.instance',
  ].filter((part) => part !== '');
  const parts = [
    ...(stated === null ? [] : [stated.basis]),
    ...(given.length === 0 ? [] : [fact('capacity-in-scenario', { names: { given } })]),
    ...(shard !== null && instance !== null ? [] : [relationOf(stated, shard !== null, share)]),
  ];
  return joinedFact('capacity-basis', parts);
}

/** How the one that is not known follows from the other. */
function relationOf(stated: StatedCapacity | null, isShard: boolean, share: number): Fact {
  const numbers = { shareFraction: share };
  if (stated?.source !== 'measured') return fact('shard-assumed-share', { numbers });
  return isShard
    ? fact('instance-assumed-as-shard')
    : fact('shard-assumed-share-at-least', { numbers });
}
