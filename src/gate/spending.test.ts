import { expect, test } from 'vitest';
import { lookLevels, pocockSpent } from './spending.ts';
import { timingPlan } from './timing-plan.ts';

test('nothing is spent at the start, and alpha at the end', () => {
  expect(pocockSpent(0.05, 0)).toBe(0);
  expect(pocockSpent(0.05, 1)).toBeCloseTo(0.05, 12);
  // By hand: ln(1.8591409) is 0.6201145.
  expect(pocockSpent(0.025, 0.5)).toBeCloseTo(0.025 * 0.6201145, 7);
});

test('the levels of any looks add up to alpha', () => {
  for (const fractions of [[1], [0.5, 1], [0.1, 0.2, 0.9, 1], [0.25, 0.4, 0.6, 0.8, 1]]) {
    const levels = lookLevels(0.03, fractions);
    expect(levels.every((level) => level > 0)).toBe(true);
    expect(levels.reduce((total, level) => total + level, 0)).toBeCloseTo(0.03, 12);
  }
});

test('looks that do not ascend to the end are a bug', () => {
  expect(() => lookLevels(0.05, [0.5, 0.5, 1])).toThrow('ascend');
  expect(() => lookLevels(0.05, [0.5])).toThrow('last look');
});

test('the plan spends its alpha', () => {
  const levels = timingPlan.looks.map(({ level }) => level);
  expect(levels.reduce((total, level) => total + level, 0)).toBeCloseTo(timingPlan.alpha, 12);
});
