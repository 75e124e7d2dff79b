import { expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { holm } from './holm.ts';

test('the worked example of the method', () => {
  // Four p-values at 0.05: 0.005 <= 0.0125 and 0.01 <= 0.0167 are rejected, 0.03 > 0.025 stops.
  const outcomes = holm([0.01, 0.04, 0.03, 0.005], 0.05);
  expect(outcomes.map(({ rejected }) => rejected)).toEqual([true, false, false, true]);
  expect(outcomes.map(({ level }) => level)).toEqual([0.05 / 3, 0.025, 0.025, 0.0125]);
});

/** Rejected by the closed test: every set of hypotheses with it is rejected by Bonferroni. */
function closedTest(pValues: readonly number[], level: number): boolean[] {
  const sets = Array.from({ length: 2 ** pValues.length }, (_, bits) =>
    pValues.map((_p, i) => i).filter((i) => (bits & (1 << i)) !== 0),
  );
  return pValues.map((_, i) =>
    sets
      .filter((set) => set.includes(i))
      .every((set) => Math.min(...set.map((j) => pValues[j] ?? 1)) <= level / set.length),
  );
}

test('it is the closed test of Bonferroni, by brute force', () => {
  const rng = rngFrom(7, 'holm');
  for (let i = 0; i < 400; i += 1) {
    const pValues = Array.from({ length: 1 + (i % 5) }, () => rng.double() ** 4);
    const found = holm(pValues, 0.1).map(({ rejected }) => rejected);
    expect(found).toEqual(closedTest(pValues, 0.1));
  }
});

test('one hypothesis alone has the whole level', () => {
  expect(holm([0.04], 0.05)).toEqual([{ rejected: true, level: 0.05 }]);
});

test('ties are rejected together or not at all', () => {
  expect(holm([0.03, 0.03], 0.05).map(({ rejected }) => rejected)).toEqual([false, false]);
  expect(holm([0.02, 0.02], 0.05).map(({ rejected }) => rejected)).toEqual([true, true]);
});
