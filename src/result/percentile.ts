import type { Distribution, ResponseDistribution } from './types.ts';

export type Percentile = 'p50' | 'p95' | 'p99' | 'p999';

/** Samples below which a percentile is not given; the others need only a few. */
export const samplesNeeded: Readonly<Partial<Record<Percentile, number>>> = {
  p99: 1000,
  p999: 10_000,
};

/** Why a percentile of a distribution is null, in a few words; null when it is there. */
export function whyMissing(
  distribution: Distribution | ResponseDistribution,
  percentile: Percentile,
): string | null {
  if (distribution[percentile] !== null) return null;
  const { count } = distribution;
  if (count === 0) return 'no samples';
  const needed = samplesNeeded[percentile];
  if (needed !== undefined && count < needed) {
    return `too few samples: ${count} of the ${needed} needed`;
  }
  if ('censored' in distribution && distribution.censored) {
    return 'not known: it falls among operations that failed, timed out or were dropped';
  }
  return `too few samples: ${count}`;
}
