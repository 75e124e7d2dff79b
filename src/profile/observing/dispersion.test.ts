import { expect, test } from 'vitest';
import { Dispersion } from './dispersion.ts';

const indexOf = (counts: readonly number[], seconds = counts.length): number | null => {
  const dispersion = new Dispersion();
  for (const [second, count] of counts.entries()) {
    for (let i = 0; i < count; i += 1) dispersion.add(second * 1000 + i);
  }
  return dispersion.index(seconds);
};

test('variance of the counts by second over their mean', () => {
  const counts = Array.from({ length: 60 }, (_, second) => (second % 2 === 0 ? 10 : 0));
  expect(indexOf(counts)).toBeCloseTo((60 * 25) / 59 / 5, 9);
});

test('as many calls in each second have none, also where the log ends within one', () => {
  const even = Array.from({ length: 120 }, () => 20);
  expect(indexOf(even)).toBe(0);
  expect(indexOf(even, 119.99)).toBe(0);
});

test('of few calls or seconds nothing is said', () => {
  expect(indexOf(Array.from({ length: 29 }, () => 20))).toBeNull();
  expect(indexOf(Array.from({ length: 60 }, () => 1))).toBeNull();
});
