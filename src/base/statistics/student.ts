// Student 1908, "The probable error of a mean", Biometrika 6(1); by the incomplete beta function,
// as in Abramowitz & Stegun 26.7.1.
import { assert } from '../assert.ts';
import { lowerBeta } from './beta.ts';

/** Halvings that leave nothing between two doubles. */
const halvings = 60;
/** The square of anything farther out is no double. */
const farthest = 1e150;

/** P(T <= t) of Student's t with `df` > 0 degrees of freedom, which need not be whole. */
export function studentCdf(t: number, df: number): number {
  assert(df > 0, `Student's t with ${df} degrees of freedom`);
  assert(!Number.isNaN(t), `Student's t at ${t}`);
  const beyond = twoTails(Math.abs(t), df) / 2;
  return t > 0 ? 1 - beyond : beyond;
}

/**
 * Value that Student's t stays below with probability `p`; infinite for 0 and 1. Small `p` keep
 * their digits, those close to 1 do not: ask for the lower end and change its sign.
 */
export function studentQuantile(p: number, df: number): number {
  assert(p >= 0 && p <= 1, `probability ${p} is outside 0 to 1`);
  assert(df > 0, `Student's t with ${df} degrees of freedom`);
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  if (p === 0) return -Infinity;
  let high = 1;
  while (high < farthest && studentCdf(-high, df) > p) high *= 2;
  if (high >= farthest) return -Infinity;
  let low = high === 1 ? 0 : high / 2;
  for (let i = 0; i < halvings; i += 1) {
    const middle = low + (high - low) / 2;
    if (studentCdf(-middle, df) > p) low = middle;
    else high = middle;
  }
  return -high;
}

/** P(|T| > t). On each side of 1 the form that does not subtract from 1 what is close to it. */
function twoTails(t: number, df: number): number {
  if (t === Infinity) return 0;
  const square = t * t;
  return square < 1
    ? 1 - lowerBeta(0.5, df / 2, square / (df + square))
    : lowerBeta(df / 2, 0.5, 1 / (1 + square / df));
}
