// Kolmogorov 1933; the correction for a finite sample is Stephens 1970 (JRSS B 32, table 1).

/** Probability that the Kolmogorov distribution exceeds `lambda`. */
export function kolmogorovP(lambda: number): number {
  // Below 0.2 it is 1 to 11 digits, and the alternating series would need many terms.
  if (lambda < 0.2) return 1;
  let p = 0;
  for (let k = 1; k <= 100; k += 1) {
    const term = Math.exp(-2 * (k * lambda) ** 2);
    p += k % 2 === 1 ? term : -term;
    if (term < 1e-17) break;
  }
  return Math.min(1, 2 * p);
}

/**
 * One-sample test of continuous values against `cdf`: the largest distance between the two
 * distribution functions and its p-value (within 0.01 from 10 values on).
 */
export function kolmogorovSmirnovTest(
  values: ArrayLike<number>,
  cdf: (value: number) => number,
): { distance: number; p: number } {
  const sorted = Float64Array.from(values).toSorted();
  const n = sorted.length;
  let distance = 0;
  for (let i = 0; i < n; i += 1) {
    const expected = cdf(sorted[i] ?? NaN);
    distance = Math.max(distance, expected - i / n, (i + 1) / n - expected);
  }
  const root = Math.sqrt(n);
  return { distance, p: kolmogorovP((root + 0.12 + 0.11 / root) * distance) };
}
