import { describe, expect, test } from 'vitest';
import { rngFrom } from '../../../base/rng.ts';
import type { CountClass } from './count-classes.ts';
import { hidesWrites, isClearlyMoreUneven } from './hidden-writes.ts';

const values = 1000;
const weights = Array.from({ length: values }, (_, at) => (at + 1) ** -0.8);
const total = weights.reduce((sum, weight) => sum + weight, 0);

/** Counts of so many draws of values by Zipf's law, of which each value shows `most` at most. */
function drawn(draws: number, seed: number, most = Infinity): CountClass[] {
  const rng = rngFrom(seed, 'draws');
  const counts = new Map<number, number>();
  for (let i = 0; i < draws; i += 1) {
    let left = rng.double() * total;
    const value = weights.findIndex((weight) => (left -= weight) < 0);
    counts.set(value, Math.min(most, (counts.get(value) ?? 0) + 1));
  }
  return [...counts.values()].map((count) => ({ count, values: 1 }));
}

test('updates hide rows where they are many for the rows that are left', () => {
  expect(hidesWrites(867, 1300)).toBe(true);
  expect(hidesWrites(680, 5200)).toBe(false);
  expect(hidesWrites(0, 0)).toBe(false);
});

describe('some tables instead of all', () => {
  test('by luck alone in a minority of cases', () => {
    const seeds = Array.from({ length: 100 }, (_, seed) => seed);
    const wrong = seeds.filter((seed) =>
      isClearlyMoreUneven(drawn(400, seed), drawn(1600, 1000 + seed)),
    );
    expect(wrong.length).toBeLessThanOrEqual(30);
  });

  test('where of the busiest values most writes are hidden', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const right = seeds.filter((seed) =>
      isClearlyMoreUneven(drawn(1500, seed), drawn(3000, 1000 + seed, 12)),
    );
    expect(right.length).toBeGreaterThanOrEqual(18);
  });

  test('not of few transactions', () => {
    expect(isClearlyMoreUneven([{ count: 99, values: 1 }], [{ count: 1, values: 1000 }])).toBe(
      false,
    );
  });
});
