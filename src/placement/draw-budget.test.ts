import { expect, test } from 'vitest';
import { cutDraws } from './draw-budget.ts';

test('what fits into the time is left as it is, the rest is cut to a round number', () => {
  expect(cutDraws(1000, 1, 2000)).toBe(1000);
  expect(cutDraws(417, 1, 2000)).toBe(417);
  expect(cutDraws(1000, 3, 2000)).toBe(300);
  expect(cutDraws(1000, 500, 2000)).toBe(3);
  expect(cutDraws(20, 110, 2000)).toBe(10);
  expect(cutDraws(1000, 10_000, 2000)).toBe(1);
});
