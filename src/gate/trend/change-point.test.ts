import { describe, expect, test } from 'vitest';
import { type Rng, rngFrom } from '../../base/rng.ts';
import { changePoint, changesFrom } from './change-point.ts';

const rules = { level: 0.01, permutationsMax: 2000 };

/** Box and Muller. */
const normal = (rng: Rng): number =>
  Math.sqrt(-2 * Math.log(1 - rng.double())) * Math.cos(2 * Math.PI * rng.double());

const flat = (rng: Rng, length: number, noise: (rng: Rng) => number): number[] =>
  Array.from({ length }, () => 2 * Math.exp(0.05 * noise(rng)));

/** One value of ten lies far out, on one side only. */
const heavy = (rng: Rng): number => normal(rng) + (rng.double() < 0.1 ? 20 * rng.double() : 0);

describe.each([
  ['normal', normal],
  ['heavy on one side', heavy],
] as const)('flat %s noise', (name, noise) => {
  test('shows a change in about one of a hundred series', () => {
    const rng = rngFrom(5, name);
    const found = Array.from({ length: 1000 }, () =>
      changePoint(flat(rng, 20, noise), rules, rng),
    ).filter((each) => each !== null);
    // Of 1,000 that have one with 1 % each: 10, and 20 or more are three in a thousand.
    expect(found.length).toBeLessThan(20);
  });
});

test('a step of three standard deviations is found where it is', () => {
  const rng = rngFrom(6, 'step');
  const offsets = Array.from({ length: 100 }, () => {
    const values = flat(rng, 30, normal).map((value, i) => (i < 18 ? value : value * 1.16));
    const found = changePoint(values, rules, rng);
    return found === null ? null : Math.abs(found.from - 18);
  });
  expect(offsets.filter((offset) => offset !== null && offset <= 1).length).toBeGreaterThan(90);
  expect(offsets.filter((offset) => offset === null).length).toBeLessThan(5);
});

test('without noise the split and both means are exact, and p is that of the orders', () => {
  const values = [...Array<number>(6).fill(2), ...Array<number>(6).fill(3)];
  const found = changePoint(values, { level: 0.01, permutationsMax: 20_000 }, rngFrom(1, 'exact'));
  expect(found).toMatchObject({ from: 6 });
  expect(found?.before).toBeCloseTo(2, 12);
  expect(found?.after).toBeCloseTo(3, 12);
  // 2 of the 924 orders of six and six are as clear: 0.00216.
  expect(found?.pValue).toBeGreaterThan(0.0012);
  expect(found?.pValue).toBeLessThan(0.0033);
});

test('the same series and seed give the same answer', () => {
  const values = flat(rngFrom(7, 'same'), 20, normal).map((value, i) => value * (i < 9 ? 1 : 1.5));
  const [one, other] = [1, 1].map((seed) => changePoint(values, rules, rngFrom(seed, 'draws')));
  expect(one).not.toBeNull();
  expect(other).toEqual(one);
});

test.each([
  ['equal values', Array<number>(40).fill(1.3)],
  ['too few values', [...Array<number>(5).fill(1), ...Array<number>(changesFrom - 6).fill(9)]],
  ['a value of 0', [...Array<number>(10).fill(1), ...Array<number>(10).fill(0)]],
  ['one outlier at the end', [...Array<number>(30).fill(1), 1.001, 50]],
])('%s: no change', (_, values) => {
  expect(changePoint(values, rules, rngFrom(1, 'none'))).toBeNull();
});
