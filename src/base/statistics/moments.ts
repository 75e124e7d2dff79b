/** Neumaier's compensated sum: a hundred thousand small weights beside a large one lose nothing. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  return sum(values) / values.length;
}

/** Standard deviation of a whole population (divides by n); NaN for no values. */
export function populationSd(values: ArrayLike<number>): number {
  return Math.sqrt(squaredDeviations(values) / values.length);
}

/** Standard deviation estimated from a sample (divides by n - 1); NaN below two values. */
export function sampleSd(values: ArrayLike<number>): number {
  return values.length < 2 ? NaN : Math.sqrt(squaredDeviations(values) / (values.length - 1));
}

/** Coefficient of variation: population standard deviation / mean; NaN where the mean is 0. */
export function coefficientOfVariation(values: ArrayLike<number>): number {
  return populationSd(values) / mean(values);
}

/**
 * Gini coefficient of values >= 0: 0 when all are equal, (n - 1) / n when one has everything;
 * NaN where they add up to 0. Source: Damgaard and Weiner 2000, Ecology 81(4), equation 1.
 */
export function gini(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).toSorted();
  const n = sorted.length;
  let ranked = 0;
  for (let i = 0; i < n; i += 1) ranked += (2 * (i + 1) - n - 1) * (sorted[i] ?? 0);
  return ranked / (n * sum(sorted));
}

function squaredDeviations(values: ArrayLike<number>): number {
  const centre = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i += 1) total += ((values[i] ?? 0) - centre) ** 2;
  return total;
}
