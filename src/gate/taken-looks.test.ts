import { expect, test } from 'vitest';
import { TakenLooks } from './taken-looks.ts';
import { pairsNeeded } from '../base/statistics/pairs-needed.ts';

const plan = {
  tolerance: 0.05,
  passMargin: 0.005,
  alpha: 0.04,
  looks: [
    { fraction: 0.25, level: 0.01 },
    { fraction: 0.5, level: 0.01 },
    { fraction: 1, level: 0.02 },
  ],
};

test('each look once, at its share of the time', () => {
  const looks = new TakenLooks(plan, 1);
  expect(looks.due(0.2, 200, 20)).toBeNull();
  expect(looks.due(0.3, 300, 20)).toEqual({ look: 1, atMs: 300, level: 0.01 });
  expect(looks.due(0.4, 400, 20)).toBeNull();
  expect(looks.due(0.5, 500, 20)).toEqual({ look: 2, atMs: 500, level: 0.01 });
  expect(looks.done).toBe(false);
  expect(looks.due(1, 1000, 20)).toEqual({ look: 3, atMs: 1000, level: 0.02 });
  expect(looks.done).toBe(true);
  expect(looks.due(1, 1000, 20)).toBeNull();
});

test('what is due together is one look with the levels of all', () => {
  const looks = new TakenLooks(plan, 1);
  expect(looks.due(0.6, 600, 20)).toEqual({ look: 2, atMs: 600, level: 0.02 });
  expect(looks.due(1, 1000, 20)?.level).toBe(0.02);
});

test('a look at too few rounds leaves its level to the next; the last is taken at any', () => {
  const looks = new TakenLooks(plan, 2);
  // 2^-7 is above 0.01 / 2.
  expect(looks.due(0.25, 250, 7)).toBeNull();
  expect(looks.due(0.5, 500, 7)).toEqual({ look: 2, atMs: 500, level: 0.02 });
  expect(looks.due(1, 1000, 1)).toEqual({ look: 3, atMs: 1000, level: 0.02 });
  expect(looks.taken).toHaveLength(2);
});

test('rounds needed: the smallest n with 2^-n at most the level', () => {
  expect([0.5, 0.25, 0.2, 1 / 1024, 0.00097].map(pairsNeeded)).toEqual([1, 2, 3, 10, 11]);
});
