import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planStatus, planStatuses, type Worth } from './plan-verdict.ts';

const limit = 0.7;
const plan = (changes: Partial<Worth> = {}): Worth => ({
  costRatio: 2,
  billRatio: 2,
  capacityRatio: 1.5,
  utilisation: { atMost: 0.5, atLeast: 0.5 },
  isLarger: true,
  ...changes,
});
const statusOf = (changes: Partial<Worth>): string => planStatus(plan(changes), limit);

test('a bill of 3.78 for a capacity of 1.57 is wrong, 6.81 for 2.12 is dear', () => {
  expect(statusOf({ costRatio: 3.78, billRatio: 3.78, capacityRatio: 1.57 })).toBe('wrong');
  expect(statusOf({ costRatio: 6.81, billRatio: 6.81, capacityRatio: 2.12 })).toBe('dear');
  expect(statusOf({ costRatio: 4.2, billRatio: 4.2, capacityRatio: 2.12 })).toBe('sound');
});

test('too small is what is full by the most that it may take, unknown by the least alone', () => {
  expect(statusOf({ utilisation: { atMost: 0.9, atLeast: 0.8 } })).toBe('too small');
  expect(statusOf({ utilisation: { atMost: 0.9, atLeast: 0.6 } })).toBe('unknown');
  expect(statusOf({ utilisation: { atMost: 0.9, atLeast: 0 } })).toBe('unknown');
  expect(statusOf({ utilisation: null })).toBe('unknown');
  expect(statusOf({ utilisation: { atMost: 0.69, atLeast: 0 } })).toBe('sound');
});

test('what can be said without a capacity is said', () => {
  const unknown = { utilisation: null };
  expect(statusOf({ ...unknown, costRatio: 4, billRatio: 4, capacityRatio: 1.9 })).toBe('wrong');
  expect(statusOf({ ...unknown, capacityRatio: 1.01 })).toBe('no gain');
  expect(statusOf({ ...unknown, billRatio: 6, capacityRatio: 2.5 })).toBe('dear');
  expect(statusOf({ capacityRatio: null })).toBe('sound');
});

const ratio = fc.double({ min: 0.01, max: 20, noNaN: true });
const worth: fc.Arbitrary<Worth> = fc.record({
  costRatio: ratio,
  billRatio: ratio,
  capacityRatio: fc.option(ratio),
  utilisation: fc.option(
    fc.tuple(ratio, fc.double({ min: 0, max: 1, noNaN: true })).map(([atMost, part]) => {
      return { atMost, atLeast: atMost * part };
    }),
  ),
  isLarger: fc.boolean(),
});
const more = fc.double({ min: 1, max: 10, noNaN: true });

test('raising a bill, or lowering a capacity, never improves a verdict', () => {
  const rank = (of: Worth): number => planStatuses.indexOf(planStatus(of, limit));
  fc.assert(
    fc.property(worth, more, more, more, (before, machines, bill, less) => {
      const { costRatio, billRatio, capacityRatio, utilisation } = before;
      const dearer = { ...before, costRatio: costRatio * machines, billRatio: billRatio * bill };
      expect(rank(dearer)).toBeLessThanOrEqual(rank(before));
      const smaller = {
        ...before,
        capacityRatio: capacityRatio === null ? null : capacityRatio / less,
        utilisation: utilisation && {
          atMost: utilisation.atMost * less,
          atLeast: utilisation.atLeast * less,
        },
      };
      expect(rank(smaller)).toBeLessThanOrEqual(rank(before));
    }),
    { numRuns: 2000 },
  );
});
