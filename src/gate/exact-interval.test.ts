import { expect, test } from 'vitest';
import { exactInterval, upperTail } from './exact-interval.ts';

test('known intervals', () => {
  // R 4.3: binom.test(x, n)$conf.int
  const known = [
    [0, 100, 0, 0.03621669],
    [1, 100, 0.000253146, 0.05445939],
    [95, 100, 0.8871651, 0.9835681],
    [5, 10, 0.187086, 0.812914],
  ] as const;
  for (const [hits, trials, low, high] of known) {
    const found = exactInterval(hits, trials);
    expect(found.low, `${hits} of ${trials}`).toBeCloseTo(low, 6);
    expect(found.high, `${hits} of ${trials}`).toBeCloseTo(high, 6);
  }
});

test('none of n: the rule 1 - (tail)^(1/n), and all of n its mirror', () => {
  for (const n of [1, 7, 50]) {
    expect(exactInterval(0, n).high).toBeCloseTo(1 - 0.025 ** (1 / n), 10);
    expect(exactInterval(n, n)).toEqual({ low: expect.closeTo(0.025 ** (1 / n), 10), high: 1 });
  }
});

test('it covers every share at least as often as it says', () => {
  const trials = 20;
  const intervals = Array.from({ length: trials + 1 }, (_, hits) => exactInterval(hits, trials));
  for (let share = 0.01; share < 1; share += 0.01) {
    let covered = 0;
    for (const [hits, { low, high }] of intervals.entries()) {
      const chance = upperTail(hits, trials, share) - upperTail(hits + 1, trials, share);
      if (low <= share && share <= high) covered += chance;
    }
    expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9);
  }
});
