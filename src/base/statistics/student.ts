// Student 1908, "The probable error of a mean", Biometrika 6(1); by the incomplete beta function,
// as in Abramowitz & Stegun 26.7.1.
import { assert } from '../assert.ts';
import { lowerBeta } from './beta.ts';
import { logGamma } from './gamma.ts';

const precision = 1e-14;
/** More than halvings alone would take. */
const mostSteps = 80;
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
  return high >= farthest ? -Infinity : -solve(p, df, high === 1 ? 0 : high / 2, high);
}

/** Newton's steps on the logarithm of the tail, which is nearly straight; else a halving. */
function solve(p: number, df: number, low: number, high: number): number {
  const logDensityAtZero = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(Math.PI * df);
  let t = high;
  for (let i = 0; i < mostSteps; i += 1) {
    const tail = studentCdf(-t, df);
    if (tail > p) low = t;
    else high = t;
    const density = Math.exp(logDensityAtZero - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const step = (tail * Math.log(tail / p)) / density;
    const next = t + step;
    if (Math.abs(step) <= precision * t) return t;
    t = next > low && next < high ? next : low + (high - low) / 2;
  }
  return t;
}

/** P(|T| > t). On each side of 1 the form that does not subtract from 1 what is close to it. */
function twoTails(t: number, df: number): number {
  if (t === Infinity) return 0;
  const square = t * t;
  return square < 1
    ? 1 - lowerBeta(0.5, df / 2, square / (df + square))
    : lowerBeta(df / 2, 0.5, 1 / (1 + square / df));
}
