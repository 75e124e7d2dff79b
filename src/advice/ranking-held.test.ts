import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Ranked, rankingHeld, ranksOf } from './ranking-held.ts';

/** Known capacities, each known to 2 % either way. */
const ranked = (...known: readonly (readonly [name: string, databases: number, qps: number])[]) =>
  known.map(([strategy, databases, qps]): Ranked => {
    return { strategy, databases, measured: { qps, low: qps * 0.98, high: qps * 1.02 } };
  });

const three = [
  ['a', 3, 300],
  ['b', 2, 200],
  ['c', 1, 100],
] as const;

test('all pairs in the predicted order: held, and how likely that is by chance', () => {
  const { verdict, kendallTau, byChance, pairs, reason, findings } = rankingHeld(
    ranked(...three),
    'a',
  );
  expect([verdict, kendallTau, pairs.length]).toEqual(['held', 1, 3]);
  expect(byChance).toBeCloseTo(1 / 6, 12);
  expect(reason.code).toBe('advice-ranking-held');
  expect(findings.map(({ code }) => code)).toEqual(['advice-nothing-measured-better']);
});

test('two that are told apart the other way round: not held, and the better one is named', () => {
  const { verdict, kendallTau, reason, findings } = rankingHeld(
    ranked(['a', 3, 200], ['b', 2, 300], ['c', 1, 100]),
    'a',
  );
  expect(verdict).toBe('not-held');
  expect(kendallTau).toBeCloseTo(1 / 3, 12);
  expect(reason.names).toEqual({ more: ['b'], less: ['a'] });
  expect(findings[0]).toMatchObject({ code: 'advice-measured-better', names: { better: ['b'] } });
});

test('the same where their intervals overlap: held, as the third is told apart', () => {
  const { verdict, pairs } = rankingHeld(ranked(['a', 3, 200], ['b', 2, 203], ['c', 1, 100]), 'a');
  expect(verdict).toBe('held');
  expect(pairs.map(({ order, toldApart }) => [order, toldApart])).toEqual([
    ['opposite', false],
    ['same', true],
    ['same', true],
  ]);
});

test('predictions within 5 % say no order, so none is contradicted', () => {
  const { verdict } = rankingHeld(ranked(['a', 3, 200], ['b', 2.9, 300], ['c', 1, 100]), 'a');
  expect(verdict).toBe('held');
});

test('a tau of 0.8 is enough: one neighbouring pair of ten', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const rates = [400, 500, 300, 200, 100];
  const known = names.map((name, index) => [name, 5 - index, rates[index] ?? 0] as const);
  const five = rankingHeld(ranked(...known), null);
  expect(five.kendallTau).toBeCloseTo(0.8, 12);
  expect(five.verdict).toBe('held');
  expect(five.reason.numbers).toMatchObject({ confirmed: 9, contradicted: 1 });
});

describe('what cannot be told', () => {
  test('those that are told apart are predicted to be alike', () => {
    const { verdict, pairs } = rankingHeld(ranked(['a', 3, 300], ['b', 2.95, 200]), 'a');
    expect([verdict, pairs[0]?.toldApart]).toEqual(['cannot-be-told', true]);
  });

  test('all intervals overlap', () => {
    expect(rankingHeld(ranked(['a', 3, 200], ['b', 2, 201]), 'a').verdict).toBe('cannot-be-told');
  });

  test('one capacity, or none', () => {
    const [first] = ranked(...three);
    const unknown = { strategy: 'b', databases: 2, measured: null };
    expect(rankingHeld([first ?? unknown, unknown], 'a')).toMatchObject({
      verdict: 'cannot-be-told',
      kendallTau: null,
      pairs: [],
    });
    expect(rankingHeld([], null).verdict).toBe('cannot-be-told');
  });

  test('a lower bound tells only what is below it', () => {
    const bound = (low: number): Ranked => {
      return { strategy: 'a', databases: 3, measured: { qps: low, low, high: null } };
    };
    expect(rankingHeld([bound(100), ...ranked(['b', 2, 200])], null).verdict).toBe(
      'cannot-be-told',
    );
    expect(rankingHeld([bound(300), ...ranked(['b', 2, 200])], null).verdict).toBe('held');
  });

  test('no rate held is less than any that did', () => {
    const none: Ranked = { strategy: 'b', databases: 1, measured: { qps: 0, low: 0, high: 50 } };
    const { verdict, pairs } = rankingHeld([...ranked(['a', 3, 200]), none], null);
    expect([verdict, pairs[0]?.measuredRatio]).toEqual(['held', null]);
  });
});

const some = fc.array(
  fc.tuple(fc.double({ min: 1, max: 9, noNaN: true }), fc.integer({ min: 50, max: 900 })),
  { minLength: 2, maxLength: 7 },
);

test('the order of the list and the unit of the rates change nothing', () => {
  fc.assert(
    fc.property(some, (rows) => {
      const known = rows.map(([databases, qps], index) => [`s${index}`, databases, qps] as const);
      const one = rankingHeld(ranked(...known), null);
      const turned = rankingHeld(ranked(...known.toReversed()), null);
      const scaled = rankingHeld(ranked(...known.map(([a, b, c]) => [a, b, 8 * c] as const)), null);
      expect(turned.verdict).toBe(one.verdict);
      expect(scaled.verdict).toBe(one.verdict);
      expect(scaled.kendallTau).toBe(one.kendallTau);
      // What is measured just as predicted never fails.
      const exact = known.map(([name, databases]) => [name, databases, 100 * databases] as const);
      expect(rankingHeld(ranked(...exact), null).verdict).not.toBe('not-held');
    }),
  );
});

test('ranks: 1 is the largest, equal ones share theirs, what is not known has none', () => {
  expect(ranksOf([3, null, 5, 3, 1])).toEqual([2, null, 1, 2, 4]);
});
