import { sum } from '../base/statistics/moments.ts';

/** Divides by the sum, which must be positive; changes and returns the same array. */
export function normalised(weights: Float64Array): Float64Array {
  let total = sum(weights);
  if (!Number.isFinite(total)) {
    // Together they are beyond what a number can hold; their shares are not.
    const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
    for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) / largest;
    total = sum(weights);
  }
  for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) / total;
  return weights;
}
