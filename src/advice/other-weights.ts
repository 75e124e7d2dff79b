import { assert } from '../base/assert.ts';
import type { Rng } from '../base/rng.ts';
import { normalQuantile } from '../base/statistics/normal.ts';

/** Heaviest values that other weights are worked out of; all further ones are one rest. */
export const weighedMost = 2000;
/** Of more values the heaviest are drawn, and the rest by its normal limit. */
const drawnMost = 20_000;
const headOfMany = 5 * weighedMost;

/**
 * As many values with weights drawn from these, each as often as chance has it: the heaviest first,
 * as shares of all; where there are more than `weighedMost`, of these alone.
 *
 * @param weights the heaviest first, together 1
 */
export function resampled(weights: Float64Array, rng: Rng): Float64Array {
  const { length } = weights;
  assert(length > 0, 'weights');
  const head = weights.subarray(0, length > drawnMost ? headOfMany : length);
  const counts = new Uint32Array(head.length);
  if (length > drawnMost) {
    // Of many values, how often one is drawn has the distribution of Poisson with the mean 1.
    for (let value = 0; value < head.length; value += 1) counts[value] = poissonOfOne(rng.double());
  } else {
    for (let drawn = 0; drawn < length; drawn += 1) {
      const value = Math.floor(rng.double() * length);
      counts[value] = (counts[value] ?? 0) + 1;
    }
  }
  let total = restDrawn(weights.subarray(head.length), rng);
  const found = new Float64Array(Math.min(length, weighedMost));
  let filled = 0;
  for (const [value, count] of counts.entries()) {
    const weight = head[value] ?? 0;
    total += count * weight;
    found.fill(weight, filled, filled + count);
    filled += count;
  }
  return found.map((weight) => weight / total);
}

/** What values of small weights come to when as many are drawn from them. */
function restDrawn(rest: Float64Array, rng: Rng): number {
  if (rest.length === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (const weight of rest) {
    sum += weight;
    squares += weight * weight;
  }
  return Math.max(0, sum + Math.sqrt(squares) * normalQuantile(Math.max(rng.double(), 1e-12)));
}

function poissonOfOne(uniform: number): number {
  let count = 0;
  let chance = Math.exp(-1);
  let below = chance;
  while (uniform >= below && count < 20) {
    count += 1;
    chance /= count;
    below += chance;
  }
  return count;
}

/**
 * Each as much larger or smaller as a normal deviate of its own has it, in logarithms: shares as
 * above.
 *
 * @param weights the heaviest first, together 1
 */
export function drifted(weights: Float64Array, sigma: number, rng: Rng): Float64Array {
  const head = weights.slice(0, headOfMany).map((weight) => {
    return weight * Math.exp(sigma * normalQuantile(Math.max(rng.double(), 2 ** -53)));
  });
  // The mean of e^(sigma z) over many values is e^(sigma^2 / 2).
  const rest = weights.subarray(headOfMany).reduce((sum, weight) => sum + weight, 0);
  const drawn = head.reduce((sum, weight) => sum + weight, 0);
  const total = drawn + rest * Math.exp(sigma ** 2 / 2);
  const sorted = head.toSorted().toReversed();
  return sorted.slice(0, weighedMost).map((weight) => weight / total);
}

/**
 * The heaviest one has so many times its load, at least 1, and the others what they had: shares as
 * above.
 *
 * @param weights the heaviest first, together 1
 */
export function withHeaviest(weights: Float64Array, factor: number): Float64Array {
  const total = 1 + (factor - 1) * (weights[0] ?? 0);
  return weights
    .slice(0, weighedMost)
    .map((weight, value) => (value === 0 ? weight * factor : weight) / total);
}
