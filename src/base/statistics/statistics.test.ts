import * as fc from 'fast-check';
import * as simple from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { chiSquareP, chiSquareTest } from '../../testing/chi-square.ts';
import { logGamma, upperGamma } from './gamma.ts';
import { kolmogorovP, kolmogorovSmirnovTest } from '../../testing/kolmogorov-smirnov.ts';
import { coefficientOfVariation, gini, mean, populationSd, sampleSd, sum } from './moments.ts';
import { normalQuantile } from './normal.ts';
import { median, quantile } from './quantile.ts';

const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
  minLength: 2,
  maxLength: 50,
});

describe('moments', () => {
  test('agree with simple-statistics', () => {
    fc.assert(
      fc.property(values, (sample) => {
        expect(mean(sample)).toBeCloseTo(simple.mean(sample), 6);
        expect(populationSd(sample)).toBeCloseTo(simple.standardDeviation(sample), 5);
        expect(sampleSd(sample)).toBeCloseTo(simple.sampleStandardDeviation(sample), 5);
      }),
    );
  });

  test('the sum keeps small values beside large ones (example of Neumaier 1974)', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
  });

  test('cv and gini by hand', () => {
    // sd of 1, 3 is 1 and the mean 2; of 0, 0, 0, 1 one value has all: (n - 1) / n.
    expect(coefficientOfVariation([1, 3])).toBe(0.5);
    expect(gini([0, 0, 0, 1])).toBe(0.75);
    expect(gini([7, 7, 7])).toBe(0);
    // Lorenz curve of 1, 3: half the area is 0.25 below the diagonal's.
    expect(gini([3, 1])).toBe(0.25);
  });

  test('nothing to divide by is NaN', () => {
    expect(mean([])).toBeNaN();
    expect(sampleSd([1])).toBeNaN();
    expect(gini([0, 0])).toBeNaN();
    expect(coefficientOfVariation([0, 0])).toBeNaN();
  });
});

describe('quantile', () => {
  test("R's quantile(c(1, 2, 4, 8), c(.25, .5, .9)) is 1.75, 3, 6.8", () => {
    const sample = [8, 1, 4, 2];
    expect(quantile(sample, 0.25)).toBe(1.75);
    expect(median(sample)).toBe(3);
    expect(quantile(sample, 0.9)).toBeCloseTo(6.8, 12);
    expect(quantile(sample, 1)).toBe(8);
    expect(quantile(sample, 0)).toBe(1);
  });

  test('one value is every quantile; none is a bug', () => {
    expect(quantile([5], 0.99)).toBe(5);
    expect(() => quantile([], 0.5)).toThrow('no values');
  });
});

describe('normal quantile', () => {
  test.each([
    // The check values printed in AS 241.
    [0.25, -0.6744897501960817],
    [0.001, -3.090232306167814],
    [1e-20, -9.262340089798409],
    // Abramowitz and Stegun, table 26.5: the two-sided 5 % point.
    [0.975, 1.959963984540054],
  ])('of %f is %f', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 12);
  });

  test('is odd around one half and infinite at the ends', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.1)).toBeCloseTo(-normalQuantile(0.9), 14);
    expect(normalQuantile(0)).toBe(-Infinity);
    expect(normalQuantile(1)).toBe(Infinity);
  });
});

describe('chi-square', () => {
  test('gamma: ln 9! and Q(1, x) = exp(-x), Q(1/2, 1) = erfc(1)', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    for (const x of [0.1, 1, 5, 40]) expect(upperGamma(1, x)).toBeCloseTo(Math.exp(-x), 13);
    // Abramowitz and Stegun, table 7.1: erfc(1).
    expect(upperGamma(0.5, 1)).toBeCloseTo(0.15729920705028513, 12);
    expect(upperGamma(3, 0)).toBe(1);
  });

  test.each([
    // NIST/SEMATECH e-Handbook 1.3.6.7.4, upper critical values, and exact ones by R's qchisq.
    [3.841458820694124, 1, 0.05],
    [18.307038053275146, 10, 0.05],
    [29.58829844507442, 10, 0.001],
    [124.34211340400407, 100, 0.05],
  ])('P(chi2 >= %f, df %i) = %f', (statistic, degrees, p) => {
    expect(chiSquareP(statistic, degrees)).toBeCloseTo(p, 10);
  });

  test('stays accurate at 100,000 degrees (Wilson and Hilferty 1931)', () => {
    const degrees = 100_000;
    const z = 2;
    const statistic = degrees * (1 - 2 / (9 * degrees) + z * Math.sqrt(2 / (9 * degrees))) ** 3;
    expect(chiSquareP(statistic, degrees)).toBeCloseTo(0.0227501319, 4);
  });

  test('of counts: sum of (o - e)^2 / e', () => {
    // Expectation 20 each: (25 - 20)^2/20 + (15 - 20)^2/20 + 0 = 2.5; P(chi2 2df) = exp(-1.25).
    const result = chiSquareTest([25, 15, 20], [1, 1, 1]);
    expect(result.statistic).toBeCloseTo(2.5, 12);
    expect(result.degrees).toBe(2);
    expect(result.p).toBeCloseTo(Math.exp(-1.25), 12);
  });

  test('pools bins below an expectation of 5', () => {
    const shares = [50, 43, 3, 4];
    expect(chiSquareTest([50, 43, 0, 7], shares)).toMatchObject({ statistic: 0, degrees: 2 });
    // 0.1 expected in the last two together: they join the smaller large bin.
    expect(chiSquareTest([500, 500, 0, 0], [1, 1, 0.0001, 0.0001]).degrees).toBe(1);
  });

  test('a count where the share is 0 refutes the shares; no counts refute nothing', () => {
    expect(chiSquareTest([1000, 1], [1, 0]).p).toBe(0);
    expect(chiSquareTest([0, 0], [1, 1])).toEqual({ statistic: 0, degrees: 0, p: 1 });
  });
});

describe('Kolmogorov-Smirnov', () => {
  test.each([
    // Smirnov 1948, table for estimating the goodness of fit: 5 % and 1 % points.
    [1.358098639, 0.05],
    [1.627623612, 0.01],
  ])('P(K > %f) = %f', (lambda, p) => {
    expect(kolmogorovP(lambda)).toBeCloseTo(p, 6);
  });

  test('a small sample is within 0.01 of the exact value', () => {
    // Marsaglia, Tsang, Wang 2003 (J. Stat. Software 8/18): P(D10 < 0.274) = 0.6284796154565.
    const sample = Array.from({ length: 10 }, (_, i) => (i + 1) / 10 - 0.274);
    const { distance, p } = kolmogorovSmirnovTest(sample, (x) => x);
    expect(distance).toBeCloseTo(0.274, 12);
    expect(Math.abs(1 - p - 0.6284796154565)).toBeLessThan(0.01);
  });

  test('a perfect fit has p = 1, a wrong one p = 0', () => {
    const even = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    expect(kolmogorovSmirnovTest(even, (x) => x).p).toBe(1);
    expect(kolmogorovSmirnovTest(even, (x) => x * x).p).toBeLessThan(1e-9);
  });
});
