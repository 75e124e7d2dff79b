// Pearson 1900; bins below an expectation of 5 are pooled after Cochran 1954.
import { assert } from '../base/assert.ts';
import { upperGamma } from '../base/statistics/gamma.ts';
import { sum } from '../base/statistics/moments.ts';

export interface ChiSquare {
  readonly statistic: number;
  readonly degrees: number;
  /** Probability of a statistic at least this large when the expectation is true. */
  readonly p: number;
}

const leastExpected = 5;

/** Probability that chi-square with `degrees` of freedom is at least `statistic`. */
export function chiSquareP(statistic: number, degrees: number): number {
  return upperGamma(degrees / 2, statistic / 2);
}

/**
 * Tests counts against shares of their total (which need not be normalised). All bins with an
 * expectation below 5 form one bin; when that is still below 5 it joins the smallest other one.
 * A count where the share is 0 refutes the shares at once (p = 0).
 */
export function chiSquareTest(observed: ArrayLike<number>, shares: ArrayLike<number>): ChiSquare {
  assert(observed.length === shares.length, 'one share for each count');
  const bins = pool(observed, shares);
  const degrees = Math.max(0, bins.length - 1);
  if (hasImpossible(observed, shares)) return { statistic: Infinity, degrees, p: 0 };
  let statistic = 0;
  for (const bin of bins) statistic += (bin.count - bin.expected) ** 2 / bin.expected;
  return { statistic, degrees, p: degrees === 0 ? 1 : chiSquareP(statistic, degrees) };
}

interface Bin {
  count: number;
  expected: number;
}

function pool(observed: ArrayLike<number>, shares: ArrayLike<number>): readonly Bin[] {
  const perShare = sum(observed) / sum(shares);
  const bins: Bin[] = [];
  const rest: Bin = { count: 0, expected: 0 };
  let smallest = rest;
  for (let i = 0; i < observed.length; i += 1) {
    const bin = { count: observed[i] ?? 0, expected: (shares[i] ?? 0) * perShare };
    if (bin.expected >= leastExpected) {
      bins.push(bin);
      if (smallest === rest || bin.expected < smallest.expected) smallest = bin;
    } else {
      rest.count += bin.count;
      rest.expected += bin.expected;
    }
  }
  if (rest.expected >= leastExpected || (bins.length === 0 && rest.expected > 0)) bins.push(rest);
  else if (smallest !== rest) {
    smallest.count += rest.count;
    smallest.expected += rest.expected;
  }
  return bins;
}

function hasImpossible(observed: ArrayLike<number>, shares: ArrayLike<number>): boolean {
  for (let i = 0; i < observed.length; i += 1) {
    if ((observed[i] ?? 0) > 0 && shares[i] === 0) return true;
  }
  return false;
}
