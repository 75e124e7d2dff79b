import type { CostRow } from '../result/growth-document.ts';

/** A plan that costs more than this many times as much must do `capacityFactor` times the work. */
const costFactor = 3;
const capacityFactor = 2;
/** A unit of capacity that costs more than this many times the present one's is dear. */
export const dearFactor = 2;
/** A shard more that buys less than this buys nothing. */
const leastGain = 1.05;
/** Ratios are products of a few rounded factors. */
const rounding = 1e-9;

/** What a plan costs and does, against the present. */
export interface Worth {
  /** Infrastructure, and the whole bill. */
  readonly costRatio: number;
  readonly billRatio: number;
  /** null: what there is today is not known well enough to compare. */
  readonly capacityRatio: number | null;
  /** Share of its capacity that the fullest database uses today; null: not known. */
  readonly utilisation: {
    readonly atMost: number;
    /** 0 where nobody knows how much more it takes. */
    readonly atLeast: number;
  } | null;
  /** Whether it has more shards than there are. */
  readonly isLarger: boolean;
}

export type PlanStatus = Exclude<
  CostRow['verdict']['status'],
  'present' | 'depends on the placement'
>;

/** From the worst to the best: a dearer or smaller plan holds at most a worse place. */
export const planStatuses: readonly PlanStatus[] = [
  'wrong',
  'too small',
  'no gain',
  'dear',
  'unknown',
  'sound',
];

/**
 * The first that holds, from the worst on. Each holds all the more of a plan that costs more, or
 * takes less, so that neither ever improves a verdict.
 *
 * @param limit share of its capacity at which a database counts as full
 */
export function planStatus(worth: Worth, limit: number): PlanStatus {
  const { utilisation, capacityRatio, isLarger } = worth;
  if (isWrong(worth)) return 'wrong';
  if (utilisation !== null && utilisation.atLeast >= limit) return 'too small';
  if (isLarger && capacityRatio !== null && capacityRatio < leastGain) return 'no gain';
  if (unitCostRatio(worth) > dearFactor * (1 + rounding)) return 'dear';
  return utilisation === null || utilisation.atMost >= limit ? 'unknown' : 'sound';
}

/** Whether a plan more than triples the bill, or the infrastructure, without doubling capacity. */
export function isWrong({ costRatio: machines, billRatio: bill, capacityRatio }: Worth): boolean {
  return (
    capacityRatio !== null &&
    Math.max(machines, bill) > costFactor * (1 + rounding) &&
    capacityRatio < capacityFactor * (1 - rounding)
  );
}

/** How many times a unit of capacity costs what it does today; 0 where that is not known. */
export function unitCostRatio({
  billRatio,
  capacityRatio,
}: Pick<Worth, 'billRatio' | 'capacityRatio'>): number {
  return capacityRatio === null ? 0 : billRatio / capacityRatio;
}
