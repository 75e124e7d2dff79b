import { normalQuantile } from '../base/statistics/normal.ts';
import type { TenantSource } from '../scenario/tenant-types.ts';
import { listedWeights } from './listed-weights.ts';
import { normalised } from './normalised.ts';
import { zipfWeights } from './zipf.ts';

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
    case 'listed':
      return listedWeights(source.count, source.top, source.quantiles);
  }
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
