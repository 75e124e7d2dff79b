// Kiefer and Wolfowitz 1956: the maximum-likelihood mixture, here of Poisson rates, by EM on a grid
// (Laird 1978). It takes the luck of the sample out of counts: of a thousand equal values one is
// drawn most often, and is not larger for that.
import type { CountClass } from './count-classes.ts';

export interface RateMixture {
  /** Expected count in another sample like this one, of a value that was seen `count` times. */
  expected(count: number): number;
  /** Values by their rate, the unseen ones included, the rarest first. */
  readonly classes: readonly CountClass[];
}

/** Above it the luck of the sample is small beside the count. */
const certain = 60;
const rounds = 300;

/**
 * @param classes counts of values in a sample
 * @param unseen values of the table that are not in the sample
 * @param least the smallest rate that a value can have: one row of the table
 */
export function rateMixture(
  classes: readonly CountClass[],
  unseen: number,
  least: number,
): RateMixture {
  const heavy = classes.filter(({ count }) => count > certain);
  const light = classes.filter(({ count }) => count <= certain && count > 0);
  const seen = unseen > 0 ? [...light, { count: 0, values: unseen }] : light;
  const total = seen.reduce((sum, { values }) => sum + values, 0);
  const rates = gridFrom(Math.max(least, 1e-9));
  const weights = fitted(seen, rates, (count, rate) => poisson(count, rate));
  return {
    expected(count) {
      if (count > certain || total === 0) return count;
      const chance = rates.map((rate, at) => (weights[at] ?? 0) * poisson(count, rate));
      const all = chance.reduce((sum, each) => sum + each, 0);
      if (all === 0) return count;
      return chance.reduce((sum, each, at) => sum + each * (rates[at] ?? 0), 0) / all;
    },
    classes: [
      ...rates.map((rate, at) => ({ count: rate, values: total * (weights[at] ?? 0) })),
      ...heavy.toSorted((a, b) => a.count - b.count),
    ],
  };
}

/** Quantiles go over whole values; what a mixture gives in fractions is carried on. */
export function wholeValues(classes: readonly CountClass[]): CountClass[] {
  let carried = 0;
  return classes.map(({ count, values }) => {
    const due = values + carried;
    carried = due - Math.round(due);
    return { count, values: Math.round(due) };
  });
}

/**
 * Values that a sample does not have, by the mixture that fits the counts of those it has. It lies
 * between the bounds of distinct-estimate.ts where tails are long.
 */
export function unseenByMixture(classes: readonly CountClass[], least: number): number {
  const light = classes.filter(({ count }) => count <= certain && count > 0);
  const rates = gridFrom(Math.max(least, 1e-9));
  const weights = fitted(light, rates, (count, rate) => poisson(count, rate) / -Math.expm1(-rate));
  const perSeen = rates.reduce(
    (sum, rate, at) => sum + ((weights[at] ?? 0) * Math.exp(-rate)) / -Math.expm1(-rate),
    0,
  );
  return perSeen * light.reduce((sum, { values }) => sum + values, 0);
}

/** Weights of the rates, from even ones by EM. */
function fitted(
  seen: readonly CountClass[],
  rates: readonly number[],
  chance: (count: number, rate: number) => number,
): Float64Array {
  const points = rates.length;
  const total = seen.reduce((sum, { values }) => sum + values, 0);
  const chances = seen.map(({ count }) => rates.map((rate) => chance(count, rate)));
  let weights = new Float64Array(points).fill(1 / points);
  for (let round = 0; round < rounds && total > 0; round += 1) {
    const next = new Float64Array(points);
    for (const [at, { values }] of seen.entries()) {
      const row = chances[at] ?? [];
      let all = 0;
      for (let j = 0; j < points; j += 1) all += (weights[j] ?? 0) * (row[j] ?? 0);
      if (all === 0) continue;
      const share = values / total / all;
      for (let j = 0; j < points; j += 1) {
        next[j] = (next[j] ?? 0) + (weights[j] ?? 0) * (row[j] ?? 0) * share;
      }
    }
    weights = next;
  }
  return weights;
}

/** Equal steps of the logarithm where counts are small, of the square root above. */
function gridFrom(least: number): number[] {
  const turn = 0.25;
  const rates: number[] = [];
  for (let rate = least; rate < turn; rate *= 1.3) rates.push(rate);
  for (let root = Math.sqrt(turn); root ** 2 < 1.7 * certain; root += 0.2) rates.push(root ** 2);
  return rates;
}

const logFactorials = Array.from({ length: certain + 1 }, () => 0);
for (let n = 1; n <= certain; n += 1) {
  logFactorials[n] = (logFactorials[n - 1] ?? 0) + Math.log(n);
}

const poisson = (count: number, rate: number): number =>
  Math.exp(count * Math.log(rate) - rate - (logFactorials[count] ?? 0));
