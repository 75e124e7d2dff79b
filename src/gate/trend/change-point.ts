// Page 1957, "On problems in which a change in a parameter occurs at an unknown point", as the
// likeliest split under normal noise; Besag and Clifford 1991, "Sequential Monte Carlo p-values".
import type { Rng } from '../../base/rng.ts';

/** Where a series changed. */
export interface ChangePoint {
  /** Index of the first value after it. */
  readonly from: number;
  /** Geometric means of the values before and after it. */
  readonly before: number;
  readonly after: number;
  readonly pValue: number;
}

export interface ChangeRules {
  /** Chance of seeing a change where there is none. */
  readonly level: number;
  /** More are not drawn, however clear the split. */
  readonly permutationsMax: number;
}

/** Of fewer values no split is clearer than what chance makes in one of a hundred orders. */
export const changesFrom = 12;

/** Fewer values at one end may be outliers. */
const leastBesides = 3;

/** So many orders that split as clearly say enough: chance does it. */
const enough = 20;

/**
 * The split into a part before and a part after whose means of logarithms differ most, as the
 * likelihood of normal noise weighs it. It counts where no more than `level` of the orders of the
 * same values have one as clear: that holds whatever the noise is, as long as each order is as
 * likely as the next (which slow drift is not). null where chance explains it, and for fewer than
 * `changesFrom` positive values.
 */
export function changePoint(
  values: readonly number[],
  { level, permutationsMax }: ChangeRules,
  rng: Rng,
): ChangePoint | null {
  if (values.length < changesFrom || values.some((value) => !(value > 0))) return null;
  const logs = values.map(Math.log);
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const centred = Float64Array.from(logs, (log) => log - mean);
  const { from, gain } = clearestSplit(centred);
  // What rounding makes of equal values is no change.
  if (gain < 1e-18 * values.length) return null;
  const pValue = pValueOf(centred, gain, permutationsMax, rng);
  if (pValue > level) return null;
  const [before, after] = [geometricMean(logs.slice(0, from)), geometricMean(logs.slice(from))];
  return { from, before, after, pValue };
}

const geometricMean = (logs: readonly number[]): number =>
  Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);

/** `gain`: how much of the sum of squares two means explain; values have a mean of 0. */
function clearestSplit(centred: Float64Array): { readonly from: number; readonly gain: number } {
  const { length } = centred;
  let [from, gain, sum] = [0, -1, 0];
  for (let k = 1; k <= length - leastBesides; k += 1) {
    sum += centred[k - 1] ?? 0;
    if (k < leastBesides) continue;
    const explained = (sum * sum * length) / (k * (length - k));
    if (explained > gain) [from, gain] = [k, explained];
  }
  return { from, gain };
}

/** Share of the orders that split as clearly, from as many as it takes to know. */
function pValueOf(values: Float64Array, gain: number, most: number, rng: Rng): number {
  const order = values.slice();
  // Sums of the same values in another order differ by their rounding.
  const least = gain * (1 - 1e-9);
  let clear = 0;
  for (let drawn = 1; drawn <= most; drawn += 1) {
    for (let i = order.length - 1; i > 0; i -= 1) {
      const j = Math.floor(rng.double() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    if (clearestSplit(order).gain >= least) clear += 1;
    if (clear === enough) return clear / drawn;
  }
  return (clear + 1) / (most + 1);
}
