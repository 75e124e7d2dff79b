import { sum } from '../base/statistics/moments.ts';
import type { Skew } from '../result/types.ts';

/**
 * Shares of the whole that the largest value, the largest ten and the largest hundredth (rounded
 * up) have. Of nothing at all, everything is 0.
 */
export function skewOf(values: ArrayLike<number>): Skew {
  const descending = Float64Array.from(values).toSorted().toReversed();
  const total = sum(descending);
  const top = (count: number): number =>
    total > 0 ? Math.min(1, sum(descending.subarray(0, count)) / total) : 0;
  return { top1: top(1), top10: top(10), top1pct: top(Math.ceil(descending.length / 100)) };
}
