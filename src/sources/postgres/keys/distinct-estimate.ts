// Chao and Lin 2012, "Nonparametric lower bounds for species richness and shared species richness
// under sampling without replacement", Biometrics 68; above it the mixture of rate-mixture.ts. Duj1
// of Haas and Stokes 1998, which ANALYZE has, is off by 10 and more where a few values are heavy.
import { type CountClass, distinctOf, rowsOf } from './count-classes.ts';
import { unseenByMixture } from './rate-mixture.ts';

export interface DistinctEstimate {
  readonly distinct: number;
  /** Whether the truth may lie more than a factor of 2 away. */
  readonly doubtful: boolean;
}

/**
 * Distinct values of a table, from a sample of its rows without replacement.
 *
 * @param classes of the sample
 * @param rows of the whole table that are not NULL
 */
export function distinctEstimate(classes: readonly CountClass[], rows: number): DistinctEstimate {
  const seen = distinctOf(classes);
  const looked = rowsOf(classes);
  if (looked === 0) return { distinct: 0, doubtful: rows > 0 };
  if (looked >= rows) return { distinct: seen, doubtful: false };
  const once = valuesWith(classes, 1);
  const twice = valuesWith(classes, 2);
  const taken = looked / rows;
  const low = atLeastUnseen(once, twice, taken);
  const likely = Math.min(unseenByMixture(classes, taken), atMostUnseen(once, taken));
  const [least, most] = [seen + low, seen + Math.max(low, likely)];
  const distinct = Math.min(rows, Math.sqrt(least * most));
  // What is sure even where the sample has few such values by luck.
  const sure = atLeastUnseen(
    Math.max(0, once - 2 * Math.sqrt(once)),
    twice + 2 * Math.sqrt(twice + 1),
    taken,
  );
  return {
    distinct: Math.round(distinct),
    doubtful: most > 2 * least || distinct > 2 * (seen + sure),
  };
}

const valuesWith = (classes: readonly CountClass[], wanted: number): number =>
  classes.reduce((total, { count, values }) => total + (count === wanted ? values : 0), 0);

/** Every value that was not seen has one row: no more can hide. */
const atMostUnseen = (once: number, taken: number): number => (once * (1 - taken)) / taken;

/** They have as many rows as those that were seen once: fewer cannot hide. */
const atLeastUnseen = (once: number, twice: number, taken: number): number =>
  once === 0 ? 0 : once ** 2 / (2 * twice + (taken / (1 - taken)) * once);
