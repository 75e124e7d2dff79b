import { describe, expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { BootstrapMedian } from './bootstrap-median.ts';
import { upperTail } from './exact-interval.ts';

const resamples = 9_999;
const of = (values: readonly number[], label = 'test', draws = resamples): BootstrapMedian =>
  new BootstrapMedian(values, draws, rngFrom(1, label));

/** Of a standard normal, by Box and Muller. */
function normals(count: number, rng: ReturnType<typeof rngFrom>): number[] {
  return Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - rng.double())) * Math.cos(2 * Math.PI * rng.double()),
  );
}

describe('p-values', () => {
  test('are those of the bootstrap (Efron 1979, equation 3.4), or wider, of the sign test', () => {
    // P(median* <= k-th of n) = P(Binomial(n, k / n) >= (n + 1) / 2).
    const n = 11;
    const bootstrap = of(Array.from({ length: n }, (_, i) => i + 1));
    for (let k = 0; k < n; k += 1) {
      const resampled = upperTail((n + 1) / 2, n, k / n);
      const sd = Math.sqrt((resampled * (1 - resampled)) / resamples);
      // At most k of 11 on one side, by Pascal's triangle.
      const ways = [1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1].slice(0, k + 1);
      const sign = ways.reduce((all, each) => all + each, 0) / 2 ** n;
      const found = bootstrap.pAbove(k);
      const within = resampled > sign ? 4 * sd + 2e-4 : 1e-9;
      expect(Math.abs(found - Math.max(resampled, sign)), `${k}`).toBeLessThan(within);
    }
  });

  test('ten ratios of 1.045 and one of 1.2 do not show a median below 1.05', () => {
    const values = [...Array.from({ length: 10 }, () => Math.log(1.045)), Math.log(1.2)];
    expect(of(values).pBelow(Math.log(1.05))).toBeCloseTo(12 / 2 ** 11, 12);
  });

  test('is symmetric: both p-values of a mirrored sample are each other', () => {
    const rng = rngFrom(5, 'mirror');
    const values = normals(12, rng);
    const there = of(values);
    const mirrored = of(values.map((value) => -value));
    for (const bound of [-0.5, -0.1, 0.2]) {
      expect(mirrored.pBelow(-bound)).toBeCloseTo(there.pAbove(bound), 1);
    }
  });
});

test('an end of the interval is the bound that its p-value just refutes', () => {
  const bootstrap = of(normals(15, rngFrom(2, 'ends')));
  for (const level of [0.001, 0.0123, 0.05, 0.3]) {
    const low = bootstrap.low(level) ?? NaN;
    const high = bootstrap.high(level) ?? NaN;
    expect(bootstrap.pAbove(low - 1e-9)).toBeLessThanOrEqual(level);
    expect(bootstrap.pAbove(low)).toBeGreaterThan(level);
    expect(bootstrap.pBelow(high + 1e-9)).toBeLessThanOrEqual(level);
    expect(bootstrap.pBelow(high)).toBeGreaterThan(level);
  }
});

test('few values have no end at a level below 2^-n', () => {
  const bootstrap = of([1, 2, 3, 4, 5]);
  expect(bootstrap.low(1 / 33)).toBeNull();
  expect(bootstrap.high(1 / 33)).toBeNull();
  expect(bootstrap.low(1 / 31)).not.toBeNull();
  expect(bootstrap.pAbove(-100)).toBeCloseTo(1 / 32, 12);
});

test('seeded: the same stream, the same interval', () => {
  const values = normals(20, rngFrom(3, 'seeded'));
  expect(of(values, 'a').low(0.01)).toBe(of(values, 'a').low(0.01));
});

test('one-sided errors are no more than the level, for any distribution and few values', () => {
  const rng = rngFrom(11, 'coverage');
  const trials = 2_000;
  const shapes: readonly ((value: number) => number)[] = [
    (value) => value,
    (value) => Math.sign(value) * Math.abs(value) ** 3,
    // Skewed, the median still 0.
    (value) => Math.exp(2 * value) - 1,
  ];
  for (const shape of shapes) {
    for (const [count, level] of [
      [11, 0.006],
      [12, 0.02],
      [25, 0.05],
    ] as const) {
      let missed = 0;
      for (let i = 0; i < trials; i += 1) {
        const values = normals(count, rng).map(shape);
        if (of(values, `trial ${i}`, 399).pAbove(0) <= level) missed += 1;
      }
      const sd = Math.sqrt((level * (1 - level)) / trials);
      expect(missed / trials).toBeLessThan(level + 4 * sd);
    }
  }
});
