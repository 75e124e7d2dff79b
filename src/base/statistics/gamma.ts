// Press et al., "Numerical Recipes" (3rd ed.), 6.2: series and continued fraction (modified Lentz).
import { assert } from '../assert.ts';

// Lanczos 1964 with g = 7 and 9 terms (coefficients by Godfrey): relative error below 1e-14.
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

const precision = 1e-15;
/** Both expansions need about sqrt(a) steps; a billion degrees of freedom would be enough here. */
const maxSteps = 1_000_000;

/** ln(gamma(x)) for x > 0. */
export function logGamma(x: number): number {
  assert(x > 0, `logGamma of ${x}`);
  // Reflection keeps the precision near 0.
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let series = lanczos[0] ?? 0;
  for (let i = 1; i < lanczos.length; i += 1) series += (lanczos[i] ?? 0) / (x - 1 + i);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(series);
}

/** Upper regularised incomplete gamma function Q(a, x), for a > 0 and x >= 0. */
export function upperGamma(a: number, x: number): number {
  assert(a > 0 && x >= 0, `upperGamma of ${a}, ${x}`);
  if (x === 0) return 1;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - factor * lowerSeries(a, x) : factor * upperFraction(a, x);
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let total = term;
  for (let i = 1; i < maxSteps && term > total * precision; i += 1) {
    term *= x / (a + i);
    total += term;
  }
  return total;
}

function upperFraction(a: number, x: number): number {
  const tiny = Number.MIN_VALUE / Number.EPSILON;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let i = 1; i < maxSteps; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    value *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return value;
}
