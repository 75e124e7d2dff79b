// Holm 1979, "A simple sequentially rejective multiple test procedure", over t tests.
import { studentCdf, studentQuantile } from '../../base/statistics/student.ts';
import type { DifferenceVerdict } from '../../result/difference.ts';
import { holm } from '../holm.ts';
import type { RatioSample } from './ratio-sample.ts';

/** One hypothesis: that the ratio is 1. */
export interface FamilyMember {
  /** null: not measured well enough to be tested; it stays in the family, and is never rejected. */
  readonly sample: RatioSample | null;
  /** Whether more is better, as of throughput; absent: less is. */
  readonly moreIsBetter?: boolean;
}

/** What the family says of one of its members. */
export interface JudgedMember {
  /**
   * `not-comparable` where nothing was measured, and where repeats are too few for a claim, though
   * there may be an interval.
   */
  readonly verdict: DifferenceVerdict;
  /** Two-sided; 1 where there is no sample. */
  readonly pValue: number;
  /** What Holm's procedure held the p-value against. */
  readonly level: number;
  /** Of the ratio, with confidence 1 - level: without 1 exactly where the p-value is below. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

export interface FamilyRules {
  /** Chance of one false claim or more among all members. */
  readonly errorRate: number;
  /** Members with fewer pairs get an interval and no claim. */
  readonly claimsFrom: number;
}

/** A document's: one false claim or more in a hundred documents in which nothing differs. */
export const documentRules: FamilyRules = { errorRate: 0.01, claimsFrom: 5 };

/**
 * Judges a family that was named before anything was measured: all of it counts, also what turned
 * out not to be comparable. Every interval is at the level that its own test was held against, so
 * that it leaves out 1 exactly where the verdict is a claim (of members that may make one). That
 * nothing false is claimed holds for all members together; that an interval covers the true ratio
 * holds for each by itself, and where nothing is claimed for all together.
 */
export function judgeFamily(
  hypotheses: readonly FamilyMember[],
  { errorRate, claimsFrom }: FamilyRules,
): JudgedMember[] {
  const pValues = hypotheses.map(({ sample }) => (sample === null ? 1 : pValueOf(sample)));
  // One that may make no claim must not lower what the others are held to.
  const mayClaim = hypotheses.map(({ sample }) => sample !== null && sample.pairs >= claimsFrom);
  const outcomes = holm(
    pValues.map((p, i) => (mayClaim[i] === true ? p : 1)),
    errorRate,
  );
  return hypotheses.map(({ sample, moreIsBetter = false }, i): JudgedMember => {
    const { rejected, level } = outcomes[i] ?? { rejected: false, level: errorRate };
    const pValue = pValues[i] ?? 1;
    if (sample === null) return { verdict: 'not-comparable', pValue, level, interval: null };
    const interval = bounded(intervalOf(sample, level));
    if (mayClaim[i] !== true) return { verdict: 'not-comparable', pValue, level, interval };
    if (!rejected) return { verdict: 'none', pValue, level, interval };
    const better = sample.ratio > 1 === moreIsBetter;
    return { verdict: better ? 'better' : 'worse', pValue, level, interval };
  });
}

/** An interval without an end in numbers says nothing, and no document can hold it. */
const bounded = (interval: { readonly low: number; readonly high: number }) =>
  interval.high <= largestRatio ? interval : null;

/** Two pairs that differ as much as a busy machine makes them have intervals far beyond. */
const largestRatio = 1e12;

/** Within which the ratio lies with confidence 1 - level. */
export function intervalOf(
  { ratio, standardError, df }: RatioSample,
  level: number,
): { readonly low: number; readonly high: number } {
  const halfWidth = -studentQuantile(level / 2, df) * standardError;
  return { low: ratio * Math.exp(-halfWidth), high: ratio * Math.exp(halfWidth) };
}

/** Two-sided, of the ratio being 1. */
function pValueOf({ ratio, standardError, df }: RatioSample): number {
  return 2 * studentCdf(-Math.abs(Math.log(ratio) / standardError), df);
}
