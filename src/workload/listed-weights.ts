import { sum } from '../base/statistics/moments.ts';
import { normalised } from './normalised.ts';
import { valuesAt } from './quantile-values.ts';

/**
 * Shares by a list of the first ones, which stay as they are, and quantiles of the others, which
 * share the rest: the largest of these first. They add up to 1.
 *
 * @param quantiles null: all of the others alike
 */
export function listedWeights(
  count: number,
  top: readonly number[],
  quantiles: readonly number[] | null,
): Float64Array {
  const weights = new Float64Array(count);
  weights.set(top);
  const others = count - top.length;
  const rest = 1 - sum(top);
  // What is missing of 100 %, or too much, by rounding alone.
  if (others === 0 || rest <= 0) return normalised(weights);
  const values = valuesAt(quantiles ?? [1, 1], others).toReversed();
  // A table whose only value above 0 no tenant is at says nothing of who has the rest.
  const shares = normalised(values.some((value) => value > 0) ? values : values.fill(1));
  weights.set(
    shares.map((share) => share * rest),
    top.length,
  );
  return weights;
}
