import { expect, test } from 'vitest';
import { allSteps, type Steps, within } from './steps.ts';

function* counted(pieces: number): Steps<string> {
  for (let piece = 1; piece <= pieces; piece += 1) yield piece / pieces;
  return `${pieces} pieces`;
}

test('all steps at once give what the work returns', () => {
  expect(allSteps(counted(3))).toBe('3 pieces');
  expect(allSteps(counted(0))).toBe('0 pieces');
});

test('a part reports its share of the whole', () => {
  const parts = within(counted(4), 0.5, 0.9);
  const seen: number[] = [];
  let step = parts.next();
  for (; step.done !== true; step = parts.next()) seen.push(Number(step.value.toFixed(6)));
  expect(seen).toEqual([0.6, 0.7, 0.8, 0.9]);
  expect(step.value).toBe('4 pieces');
});
