import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';
import { studentCdf, studentQuantile } from './student.ts';

describe("quantiles of Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods 1.3.6.7.2; more digits by SciPy's t.ppf.
  test.each([
    [0.975, 1, 12.7062047362],
    [0.975, 2, 4.30265272975],
    [0.975, 4, 2.7764451052],
    [0.995, 4, 4.60409487135],
    [0.9995, 4, 8.61030158138],
    [0.975, 9, 2.2621571628],
    [0.995, 9, 3.24983554159],
    [0.9995, 9, 4.78091258593],
    [0.975, 29, 2.04522964213],
    [0.995, 120, 2.61742114511],
  ])('of %f with %i degrees of freedom is %f', (p, df, expected) => {
    expect(studentQuantile(p, df)).toBeCloseTo(expected, 9);
    expect(studentQuantile(1 - p, df)).toBeCloseTo(-expected, 9);
  });

  // SciPy's t.ppf: as Welch's approximation needs them.
  test.each([
    [0.975, 2.5, 3.574654842],
    [0.995, 7.3, 3.45103165562],
    [0.9995, 7.3, 5.28321175894],
    [0.975, 0.5, 164.55767348],
    [0.000001, 4, -41.5778541505],
    [0.000001, 100000, -4.75370471639],
  ])('of %f with %f degrees of freedom is %f', (p, df, expected) => {
    expect(studentQuantile(p, df) / expected).toBeCloseTo(1, 9);
  });

  test('with many degrees of freedom are those of a normal', () => {
    expect(studentQuantile(0.975, 1e7)).toBeCloseTo(normalQuantile(0.975), 6);
  });

  test('at the ends are infinite, and 0 in the middle', () => {
    expect(studentQuantile(0, 3)).toBe(-Infinity);
    expect(studentQuantile(1, 3)).toBe(Infinity);
    expect(studentQuantile(0.5, 3)).toBe(0);
    // Farther out than a double reaches.
    expect(studentQuantile(1e-10, 0.01)).toBe(-Infinity);
  });
});

describe("distribution of Student's t", () => {
  const t = fc.double({ min: -50, max: 50, noNaN: true });

  test('with 1, 2 and 4 degrees of freedom has a closed form', () => {
    fc.assert(
      fc.property(t, (at) => {
        expect(studentCdf(at, 1)).toBeCloseTo(0.5 + Math.atan(at) / Math.PI, 12);
        expect(studentCdf(at, 2)).toBeCloseTo(0.5 + at / (2 * Math.sqrt(2 + at * at)), 12);
        const part = at / Math.sqrt(4 + at * at);
        expect(studentCdf(at, 4)).toBeCloseTo(0.5 + 0.75 * (part - part ** 3 / 3), 12);
      }),
    );
  });

  test('is symmetric, and the quantile is its inverse', () => {
    const df = fc.double({ min: 0.8, max: 5000, noNaN: true });
    fc.assert(
      fc.property(t, df, (at, of) => {
        expect(studentCdf(at, of) + studentCdf(-at, of)).toBeCloseTo(1, 14);
        const p = studentCdf(-Math.abs(at), of);
        // Below this a double has lost digits by itself.
        fc.pre(p > 1e-290);
        expect(studentQuantile(p, of)).toBeCloseTo(-Math.abs(at), 6);
      }),
    );
  });

  test('keeps the digits of small probabilities', () => {
    // SciPy's t.cdf.
    expect(studentCdf(-40, 4) / 1.16700816130063e-6).toBeCloseTo(1, 12);
    expect(studentCdf(-5, 9.5) / 3.13798815318557e-4).toBeCloseTo(1, 12);
    expect(studentCdf(-0.3, 3.7)).toBeCloseTo(0.390133743565731, 12);
    expect(studentCdf(-1e-6, 7)).toBeCloseTo(0.499999615008549, 14);
    expect(studentCdf(Infinity, 4)).toBe(1);
    expect(studentCdf(-Infinity, 4)).toBe(0);
  });
});
