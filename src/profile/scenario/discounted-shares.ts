// Absolute discounting: Ney, Essen & Kneser 1994, "On structuring probabilistic dependences".
import { assert } from '../../base/assert.ts';
import { sum } from '../../base/statistics/moments.ts';

/**
 * Shares behind counts that are draws from them. Counts alone are more uneven than the shares, for
 * luck is added: the sum of their squares is too large by about 1 / n. So each count gives up as
 * much as brings that sum to its unbiased estimate, and all values, those that were not drawn too,
 * get equal parts of it. The large ones hardly lose, and keep their order.
 *
 * @param counts of the values that were drawn, the largest first
 * @param values number of values in all
 * @param sumOfSquares of the shares, without bias
 * @returns of all values, the largest first; they add up to 1
 */
export function discountedShares(
  counts: ArrayLike<number>,
  values: number,
  sumOfSquares: number,
): Float64Array {
  assert(values >= counts.length && values > 0, 'as many values as counts, or more');
  const total = sum(counts);
  if (total === 0) return new Float64Array(values).fill(1 / values);
  const sharesAt = (discount: number): Float64Array => {
    const shares = new Float64Array(values);
    for (let i = 0; i < counts.length; i += 1) {
      shares[i] = Math.max(0, (counts[i] ?? 0) - discount) / total;
    }
    const rest = Math.max(0, 1 - sum(shares)) / values;
    return shares.map((share) => share + rest);
  };
  let low = 0;
  let high = counts[0] ?? 0;
  if (squares(sharesAt(low)) <= sumOfSquares) return sharesAt(low);
  for (let i = 0; i < bisections; i += 1) {
    const middle = (low + high) / 2;
    if (squares(sharesAt(middle)) > sumOfSquares) low = middle;
    else high = middle;
  }
  return sharesAt(high);
}

/** Each halves what the discount may be off by. */
const bisections = 40;

export const squares = (shares: Float64Array): number => sum(shares.map((share) => share ** 2));

/** From n draws, unbiased: pairs that agree, of all pairs. 1 of a single draw, of which no pair. */
export function unbiasedSquares(counts: ArrayLike<number>): number {
  const total = sum(counts);
  if (total < 2) return 1;
  const agreeing = sum(Float64Array.from(counts, (count) => count * Math.max(0, count - 1)));
  return agreeing / (total * (total - 1));
}
