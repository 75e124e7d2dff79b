import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kendallTau, tauByChance } from './kendall.ts';

test("scipy's documented example: tau-b of five values with two ties is -0.4714", () => {
  expect(kendallTau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])).toBeCloseTo(-0.47140452079103173, 14);
});

test('by hand: the same order, the opposite one, one pair wrong of six, nothing to compare', () => {
  expect(kendallTau([1, 2, 3, 4], [10, 20, 30, 40])).toBe(1);
  expect(kendallTau([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
  expect(kendallTau([1, 2, 3, 4], [2, 1, 3, 4])).toBeCloseTo(2 / 3, 15);
  // (2 - 0) / sqrt(3 x 2): one tie on one side.
  expect(kendallTau([1, 2, 3], [1, 2, 2])).toBeCloseTo(2 / Math.sqrt(6), 15);
  expect(kendallTau([1, 2, 3], [5, 5, 5])).toBeNull();
  expect(kendallTau([], [])).toBeNull();
});

const lists = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 2,
    maxLength: 8,
  })
  .map((rows) => [rows.map(([a]) => a), rows.map(([, b]) => b)] as const);

test('it is the same both ways, whatever the scale, and changes its sign with one order', () => {
  fc.assert(
    fc.property(lists, ([one, other]) => {
      const tau = kendallTau(one, other);
      expect(kendallTau(other, one)).toBe(tau);
      expect(
        kendallTau(
          one.map((value) => 3 ** value),
          other,
        ),
      ).toBe(tau);
      const turned = kendallTau(
        one.map((value) => -value),
        other,
      );
      expect(turned === null).toBe(tau === null);
      expect(turned ?? 0).toBeCloseTo(-(tau ?? 0), 14);
    }),
  );
});

function* ordersOf(things: readonly number[]): Generator<number[]> {
  if (things.length === 0) yield [];
  for (const first of things) {
    for (const rest of ordersOf(things.filter((each) => each !== first))) {
      yield [first].concat(rest);
    }
  }
}

test.each([2, 3, 4, 5, 6])('by chance, of %i things: as all their orders have it', (things) => {
  const sorted = Array.from({ length: things }, (_, index) => index);
  const taus = [...ordersOf(sorted)].map((order) => kendallTau(sorted, order) ?? NaN);
  for (const tau of new Set(taus)) {
    const asGood = taus.filter((each) => each >= tau - 1e-12).length;
    expect(tauByChance(things, tau)).toBeCloseTo(asGood / taus.length, 12);
  }
});
