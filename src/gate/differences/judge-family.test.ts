import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { documentRules, type FamilyMember, intervalOf, judgeFamily } from './judge-family.ts';
import { pairedRatio, type RatioSample } from './ratio-sample.ts';

const rules = { errorRate: 0.05, claimsFrom: 5 };

/** A sample whose t statistic is this. */
const withT = (t: number, df = 9): RatioSample => ({
  ratio: Math.exp(t * 0.1),
  standardError: 0.1,
  df,
  pairs: df + 1,
});
const of = (sample: RatioSample | null): FamilyMember => ({ sample });

test('one hypothesis is a t test: at its 5 % point an end of the interval is 1', () => {
  // 2.262157 is the two-sided 5 % point with 9 degrees of freedom.
  const [judged] = judgeFamily([of(withT(2.2621571628))], rules);
  expect(judged?.pValue).toBeCloseTo(0.05, 10);
  expect(judged?.level).toBe(0.05);
  expect(judged?.interval?.low).toBeCloseTo(1, 10);
  expect(judged?.interval?.high).toBeCloseTo(Math.exp(0.45243143256), 8);
});

test('two pairs that have nothing in common give no interval, for it would have no end', () => {
  const wild = { ratio: 2, standardError: 1, df: 1, pairs: 2 };
  expect(judgeFamily([of(wild)], rules)[0]?.interval?.high).toBeLessThan(1e12);
  expect(judgeFamily([of({ ...wild, standardError: 20 })], rules)[0]).toMatchObject({
    verdict: 'not-comparable',
    interval: null,
  });
});

test('less is better, unless more is', () => {
  const verdictOf = (t: number, moreIsBetter?: boolean): string | undefined =>
    judgeFamily([{ sample: withT(t), ...(moreIsBetter && { moreIsBetter }) }], rules)[0]?.verdict;
  expect(verdictOf(8)).toBe('worse');
  expect(verdictOf(-8)).toBe('better');
  expect(verdictOf(8, true)).toBe('better');
  expect(verdictOf(-8, true)).toBe('worse');
  expect(verdictOf(0.5)).toBe('none');
});

test('the more hypotheses, the wider their intervals and the less is claimed', () => {
  // p of t = 2.9 is 0.0176: below 0.05, above 0.05 / 3.
  const alone = judgeFamily([of(withT(2.9))], rules);
  const three = judgeFamily([of(withT(2.9)), of(withT(0)), of(withT(1))], rules);
  expect(alone[0]?.verdict).toBe('worse');
  expect(three.map(({ verdict }) => verdict)).toEqual(['none', 'none', 'none']);
  expect(three[0]?.interval?.low).toBeLessThan(alone[0]?.interval?.low ?? 0);
});

test('what cannot be compared stays in the family, which was named beforehand', () => {
  const judged = judgeFamily([of(withT(2.9)), of(null), of(null)], rules);
  expect(judged[0]).toMatchObject({ verdict: 'none', level: 0.05 / 3 });
  expect(judged[1]).toMatchObject({ verdict: 'not-comparable', interval: null, pValue: 1 });
});

test('too few pairs give an interval and no claim, and make no other claim easier', () => {
  const judged = judgeFamily([of(withT(90, 3)), of(withT(2.5))], rules);
  expect(judged[0]?.verdict).toBe('not-comparable');
  expect(judged[0]?.interval?.low).toBeGreaterThan(1);
  // p of 2.5 is 0.034: enough for the whole level, not for half of it.
  expect(judged[1]).toMatchObject({ verdict: 'none', level: 0.025 });
});

test('pairs without scatter: an equal pair is no difference, a thousandth is none either', () => {
  const constant = (ratio: number): FamilyMember =>
    of(pairedRatio([2, 2, 2, 2, 2], [2 * ratio, 2 * ratio, 2 * ratio, 2 * ratio, 2 * ratio]));
  const verdictOf = (ratio: number): string | undefined =>
    judgeFamily([constant(ratio)], documentRules)[0]?.verdict;
  expect(verdictOf(1)).toBe('none');
  expect(verdictOf(1.001)).toBe('none');
  expect(verdictOf(1.01)).toBe('worse');
});

describe('verdict and interval', () => {
  const t = fc.double({ min: -12, max: 12, noNaN: true });
  const member = fc.record({ t, df: fc.integer({ min: 2, max: 20 }), known: fc.boolean() });

  function agrees({ verdict, interval }: ReturnType<typeof judgeFamily>[number]): boolean {
    const { low, high } = interval ?? { low: Number.NaN, high: Number.NaN };
    if (verdict === 'worse') return low >= 1;
    if (verdict === 'better') return high <= 1;
    return verdict === 'not-comparable' || (low <= 1 && high >= 1);
  }

  test('never contradict each other', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 12 }), (members) => {
        const judged = judgeFamily(
          members.map(({ t: at, df, known }) => of(known ? withT(at, df) : null)),
          rules,
        );
        expect(judged.filter((each) => !agrees(each))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

test('of normal noise 95 in 100 intervals cover the true ratio', () => {
  const rng = rngFrom(11, 'coverage');
  const noise = (): number =>
    0.2 * Math.sqrt(-2 * Math.log(1 - rng.double())) * Math.cos(2 * Math.PI * rng.double());
  let covered = 0;
  for (let i = 0; i < 2000; i += 1) {
    const a = Array.from({ length: 5 }, () => Math.exp(noise()));
    const sample = pairedRatio(
      a,
      a.map((value) => 1.3 * value * Math.exp(noise())),
    );
    const interval = sample && intervalOf(sample, 0.05);
    if (interval && interval.low <= 1.3 && 1.3 <= interval.high) covered += 1;
  }
  // 1,900 are expected; 1,875 to 1,925 are within 2.6 standard deviations.
  expect(covered).toBeGreaterThan(1875);
  expect(covered).toBeLessThan(1925);
});
