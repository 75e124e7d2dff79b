// Student 1908, "The probable error of a mean", on differences of logarithms; Welch 1947, "The
// generalization of 'Student's' problem when several different population variances are involved".
import { assert } from '../../base/assert.ts';
import { mean, sampleSd } from '../../base/statistics/moments.ts';

/** How many times as large b is as a, as several measurements of both tell it. */
export interface RatioSample {
  /** b / a: the geometric mean. */
  readonly ratio: number;
  /** Of the ratio's natural logarithm; never 0. */
  readonly standardError: number;
  /** Degrees of freedom of the standard error; Welch's are not whole. */
  readonly df: number;
  /** Pairs; where nothing is paired, measurements of the side that has fewer. */
  readonly pairs: number;
}

/** A value as a document has it: null where there was none. */
type Value = number | null;

/**
 * Percentiles come from buckets that are a thousandth wide, so two sides may differ by that and be
 * the same. Errors of rounding need not cancel from repeat to repeat, which is why more repeats do
 * not make this smaller: it is the standard deviation of a difference of two evenly spread errors.
 */
export const leastStandardError = 0.001 / Math.sqrt(6);

/**
 * Ratio of b to a from measurements made side by side: a[i] with b[i]. What changes both, such as
 * a machine that slows down, falls out. null where it is not defined: fewer than two pairs, or a
 * value that is missing, 0 or negative.
 *
 * Pairs that all have one ratio (a simulation's) would have a standard error of 0, and with it
 * certainty about any difference however small: it is taken to be at least `leastStandardError`.
 */
export function pairedRatio(a: readonly Value[], b: readonly Value[]): RatioSample | null {
  assert(a.length === b.length, `pairs of ${a.length} and ${b.length} values`);
  const [logsA, logsB] = [logarithms(a), logarithms(b)];
  if (logsA === null || logsB === null || a.length < 2) return null;
  const differences = logsB.map((log, i) => log - (logsA[i] ?? NaN));
  const pairs = differences.length;
  return {
    ratio: Math.exp(mean(differences)),
    standardError: atLeast(sampleSd(differences) / Math.sqrt(pairs)),
    df: pairs - 1,
    pairs,
  };
}

/**
 * Ratio of b to a from measurements that have nothing to do with each other, as many on each side
 * as there are. null as for pairs, and with fewer than two values on either side.
 */
export function welchRatio(a: readonly Value[], b: readonly Value[]): RatioSample | null {
  const [logsA, logsB] = [logarithms(a), logarithms(b)];
  if (logsA === null || logsB === null || Math.min(a.length, b.length) < 2) return null;
  const [errorA, errorB] = [logsA, logsB].map((logs) => sampleSd(logs) ** 2 / logs.length) as [
    number,
    number,
  ];
  const squared = errorA + errorB;
  const least = Math.min(a.length, b.length);
  return {
    ratio: Math.exp(mean(logsB) - mean(logsA)),
    standardError: atLeast(Math.sqrt(squared)),
    // Welch and Satterthwaite; without any scatter there is nothing to weigh.
    df:
      squared === 0
        ? least - 1
        : squared ** 2 / (errorA ** 2 / (a.length - 1) + errorB ** 2 / (b.length - 1)),
    pairs: least,
  };
}

const atLeast = (standardError: number): number => Math.max(leastStandardError, standardError);

function logarithms(values: readonly Value[]): number[] | null {
  const logs: number[] = [];
  for (const value of values) {
    if (value === null || !(value > 0) || value === Infinity) return null;
    logs.push(Math.log(value));
  }
  return logs;
}
