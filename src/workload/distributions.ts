import { normalQuantile } from '../base/statistics/normal.ts';
import { sum } from '../base/statistics/moments.ts';
import type { TenantSource } from '../scenario/types.ts';

/**
 * Shares of the load, largest tenant first, adding up to 1. They are quantiles of the distribution
 * and no draws from it: the skew a scenario asks for is then exactly the skew it gets, for every
 * seed, and a sample of a heavy tail would be ruled by one draw.
 */
export function tenantWeights(
  source: Exclude<TenantSource, { distribution: 'file' }>,
): Float64Array {
  switch (source.distribution) {
    case 'uniform':
      return normalised(new Float64Array(source.count).fill(1));
    case 'zipf':
      return zipfWeights(source.count, source.exponent);
    case 'pareto':
      return normalised(paretoSizes(source.count, source.shape));
    case 'lognormal':
      return normalised(logNormalSizes(source.count, source.sigma));
    case 'hotspot':
      return hotspotWeights(source.count, source.hot, source.hotFraction);
  }
}

/** Shares proportional to rank^-exponent, for any exponent >= 0. */
export function zipfWeights(count: number, exponent: number): Float64Array {
  return normalised(new Float64Array(count).map((_, i) => (i + 1) ** -exponent));
}

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

/** P(size > x) = x^-shape: the size that a share (i + 1/2) / count of the tenants exceeds. */
function paretoSizes(count: number, shape: number): Float64Array {
  const sizes = new Float64Array(count).map((_, i) => ((i + 0.5) / count) ** (-1 / shape));
  if (Number.isFinite(sizes[0])) return sizes;
  // A tail so heavy that no number holds its head: the same sizes, as parts of the largest one.
  return sizes.map((_, i) => (i === 0 ? 1 : (2 * i + 1) ** (-1 / shape)));
}

/** ln(size) is normal with standard deviation sigma; the mean cancels in the shares. */
function logNormalSizes(count: number, sigma: number): Float64Array {
  return new Float64Array(count).map((_, i) =>
    Math.exp(-sigma * normalQuantile((i + 0.5) / count)),
  );
}

/** With all tenants hot there is no rest to give the rest of the load to. */
function hotspotWeights(count: number, hot: number, hotFraction: number): Float64Array {
  const cold = count - hot;
  const weights = new Float64Array(count).map((_, i) =>
    i < hot ? hotFraction / hot : (1 - hotFraction) / cold,
  );
  return normalised(weights);
}
