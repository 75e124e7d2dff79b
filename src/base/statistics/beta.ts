// Press et al., "Numerical Recipes" (3rd ed.), 6.4: continued fraction by Lentz's method.
import { assert } from '../assert.ts';
import { logGamma } from './gamma.ts';

const precision = 1e-15;
/** The fraction needs about sqrt(max(a, b)) steps. */
const maxSteps = 1_000_000;
const tiny = Number.MIN_VALUE / Number.EPSILON;

/** Regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 <= x <= 1. */
export function lowerBeta(a: number, b: number, x: number): number {
  assert(a > 0 && b > 0 && x >= 0 && x <= 1, `lowerBeta of ${a}, ${b}, ${x}`);
  if (x === 0 || x === 1) return x;
  const factor = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  // The fraction converges fast on this side of the mean only.
  if (x < (a + 1) / (a + b + 2)) return (factor * fraction(a, b, x)) / a;
  return 1 - (factor * fraction(b, a, 1 - x)) / b;
}

function fraction(a: number, b: number, x: number): number {
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < maxSteps; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return value;
}
