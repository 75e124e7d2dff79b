// Hyndman and Fan 1996, "Sample Quantiles in Statistical Packages": definition 7 (R's default).
import { assert } from '../assert.ts';

/** Quantile `p` (0 to 1) of values sorted ascending, interpolated between neighbours. */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  assert(sorted.length > 0, 'a quantile of no values');
  assert(p >= 0 && p <= 1, `quantile ${p} is outside 0 to 1`);
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (position - below) * (high - low);
}

/** The same of values in any order. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileSorted(Float64Array.from(values).toSorted(), p);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}
