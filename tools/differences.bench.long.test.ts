import { expect, test } from 'vitest';
import { benchDifferences, mostFalse } from './differences.bench.ts';

test('of 1,000 runs at an error rate of 1 % at most 18 may be wrong', () => {
  expect(mostFalse(1000)).toBe(18);
  expect(mostFalse(100)).toBe(4);
});

test('at a small size alike cells are hardly ever told apart, and a fifth is found', () => {
  const shapes = [
    { cells: 2, repeats: 5 },
    { cells: 2, repeats: 10 },
  ];
  const rows = benchDifferences({ alike: 60, slower: 60, shapes }, () => undefined);
  // Seven kinds of noise, alike and slower, and one more that has both orders of turns.
  expect(rows).toHaveLength((7 * 2 + 3) * 2);
  const missed = rows.filter(({ reached }) => !reached);
  expect(missed).toEqual([]);
  // The steady machine at 10 repeats: what makes the power more than luck.
  const found = rows.find((row) => row.noise === 'steady' && row.slower > 1 && row.repeats === 10);
  expect(found?.found).toBeGreaterThanOrEqual(57);
  expect(rows.every(({ falseRanks, runs }) => falseRanks <= runs / 10)).toBe(true);
}, 120_000);
