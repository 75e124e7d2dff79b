// Efron 1979, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7(1): the
// percentile method.
import { assert } from '../base/assert.ts';
import type { Rng } from '../base/rng.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';

/** The median of some values, and the medians of resamples of them. */
export class BootstrapMedian {
  readonly median: number;
  readonly count: number;
  /** Ascending. */
  private readonly medians: Float64Array;

  /** `resamples`: with 9,999 a level in whole ten-thousandths has an end of its own. */
  constructor(values: ArrayLike<number>, resamples: number, rng: Rng) {
    assert(values.length > 0, 'a median of something');
    const sorted = Float64Array.from(values).toSorted();
    this.count = sorted.length;
    this.median = quantileSorted(sorted, 0.5);
    this.medians = new Float64Array(resamples);
    const times = new Uint16Array(this.count);
    for (let i = 0; i < resamples; i += 1) this.medians[i] = drawnMedian(sorted, times, rng);
    this.medians.sort();
  }

  /** The one-sided p-value of "the median is `bound` or less". */
  pAbove(bound: number): number {
    return this.atLeastPossible(this.share(countWhere(this.medians, bound, true)));
  }

  /** The one-sided p-value of "the median is `bound` or more". */
  pBelow(bound: number): number {
    const below = countWhere(this.medians, bound, false);
    return this.atLeastPossible(this.share(this.medians.length - below));
  }

  /**
   * The end of the one-sided interval: `pAbove(bound) <= level` for just the bounds below it. null
   * where so few values have no end at that level.
   */
  low(level: number): number | null {
    const rank = this.rank(level);
    return rank === null ? null : (this.medians[rank - 1] ?? null);
  }

  /** `pBelow(bound) <= level` for just the bounds above it. */
  high(level: number): number | null {
    const rank = this.rank(level);
    return rank === null ? null : (this.medians[this.medians.length - rank] ?? null);
  }

  /** With the sample itself counted among its resamples, so that none is 0. */
  private share(medians: number): number {
    return (medians + 1) / (this.medians.length + 1);
  }

  private rank(level: number): number | null {
    if (this.atLeastPossible(0) > level) return null;
    // The tolerance: 0.3 * 10,000 is a hair below 3,000 or above.
    const rank = Math.floor(level * (this.medians.length + 1) + 1e-9);
    return rank < 1 ? null : rank;
  }

  /**
   * All n values lie on one side of their distribution's median with probability 2^-n; no p-value
   * is below that, however far they lie.
   */
  private atLeastPossible(p: number): number {
    return Math.max(p, 2 ** -this.count);
  }
}

/** The median of as many values drawn with replacement; `times` is scratch memory of that length. */
function drawnMedian(sorted: Float64Array, times: Uint16Array, rng: Rng): number {
  const { length } = sorted;
  times.fill(0);
  for (let i = 0; i < length; i += 1) {
    const drawn = Math.floor(rng.double() * length);
    times[drawn] = (times[drawn] ?? 0) + 1;
  }
  const lower = (length - 1) >> 1;
  const upper = length >> 1;
  let seen = 0;
  let low = NaN;
  for (let i = 0; i < length; i += 1) {
    const before = seen;
    seen += times[i] ?? 0;
    if (before <= lower && lower < seen) low = sorted[i] ?? NaN;
    if (before <= upper && upper < seen) return (low + (sorted[i] ?? NaN)) / 2;
  }
  return NaN;
}

/** How many of the ascending values are below `bound`, or `bound` itself where `orEqual`. */
function countWhere(ascending: Float64Array, bound: number, orEqual: boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = ascending[middle] ?? NaN;
    if (value < bound || (orEqual && value === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}
