import { describe, expect, test } from 'vitest';
import { candidateOf, settingAt } from './advice-fixture.ts';
import { brokenRules, refusal } from './hard-rules.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';
import { outlookOf } from './outlook.ts';

const codesOf = (candidate: MeasuredCandidate): string[] =>
  brokenRules(candidate, outlookOf(candidate, settingAt(1000))).map(({ code }) => code);
const factOf = (candidate: MeasuredCandidate, code: string) =>
  brokenRules(candidate, outlookOf(candidate, settingAt(1000))).find((each) => each.code === code);

describe('packages of Debian', () => {
  const section = (shards: number) => candidateOf({ shards, values: 58, heaviest: [0.106] });
  const tenant = (shards: number, splits = false) =>
    candidateOf({ shards, values: 2248, heaviest: [3969 / 63_440], traits: { splits } });

  test('section: 58 values, one with 10.6 %: excluded from 10 shards on', () => {
    expect(codesOf(section(9))).toEqual([]);
    expect(codesOf(section(10))).toEqual(['advice-value-outgrows-shard']);
    const { numbers } = factOf(section(10), 'advice-value-outgrows-shard') ?? {};
    expect(numbers).toMatchObject({ largestFraction: 0.106, shards: 10, ratioMost: 1.05 });
    expect(numbers?.['ratio']).toBeCloseTo(1.06, 10);
  });

  test('more shards than it has values', () => {
    expect(codesOf(section(64))).toContain('advice-fewer-values-than-shards');
    expect(factOf(section(64), 'advice-fewer-values-than-shards')?.numbers).toEqual({
      values: 58,
      shards: 64,
    });
  });

  test('tenant: 6.3 % of the rows: up to 16 shards, and beyond only split', () => {
    expect(codesOf(tenant(16))).toEqual([]);
    expect(codesOf(tenant(17))).toEqual(['advice-value-outgrows-shard']);
    expect(codesOf(tenant(17, true))).toEqual([]);
  });
});

test.each([
  ['advice-key-has-nulls', { nullFraction: 0.02 }, { nullFraction: 0.01 }],
  [
    'advice-key-changes',
    { changed: { fraction: 0.01, operations: ['move'] } },
    { changed: { fraction: 0.001, operations: ['move'] } },
  ],
  [
    'advice-not-runnable',
    { notRunnable: { fraction: 0.02, operations: ['feed'] } },
    { notRunnable: { fraction: 0.01, operations: ['feed'] } },
  ],
] as const)('%s: by more than its limit', (code, broken, kept) => {
  expect(codesOf(candidateOf({ key: broken }))).toEqual([code]);
  expect(codesOf(candidateOf({ key: kept }))).toEqual([]);
});

test('a key under which most operations write on several shards', () => {
  // TPC-C's new order and payment by district, where warehouse and stock lie by keys of their own.
  const of = (crossing: number) => candidateOf({ crossing });
  expect(codesOf(of(0.927))).toEqual(['advice-mostly-crosses']);
  expect(factOf(of(0.927), 'advice-mostly-crosses')?.numbers).toMatchObject({
    crossShardFraction: 0.927,
    mostFraction: 0.5,
  });
  // SmallBank by customer: 40 % x (N - 1) / N.
  expect(codesOf(of(0.4 * (15 / 16)))).toEqual([]);
});

test('rising values are excluded under an order alone', () => {
  const key = { rises: true };
  expect(codesOf(candidateOf({ key, traits: { ordered: true } }))).toEqual([
    'advice-rises-under-range',
  ]);
  expect(codesOf(candidateOf({ key }))).toEqual([]);
});

test('a bill more than tripled must buy twice the capacity', () => {
  // 8 shards cost 6 times as much; 1 / (0.3 + 0.7 / 8) shards of 0.6 are 1.55.
  expect(codesOf(candidateOf({ shards: 8, scatter: 0.3 }))).toEqual([
    'advice-costs-more-than-it-buys',
  ]);
  // 1 / (0.2 + 0.8 / 8) = 3.33, so twice.
  expect(codesOf(candidateOf({ shards: 8, scatter: 0.19 }))).toEqual([]);
  // Four shards cost three times as much, no more; they buy 1.26.
  expect(codesOf(candidateOf({ shards: 4, scatter: 0.3 }))).toEqual([]);
  expect(codesOf(candidateOf({ shards: 4, scatter: 0.4 }))).toEqual(['advice-buys-little']);
});

test("what cannot be built says why, and its few values before the router's words", () => {
  const { key, strategy, router } = candidateOf({ values: 3 });
  const refused = { key, strategy, router, monthlyCost: 1, problems: ['no'] };
  expect(refusal({ ...refused, shardCount: 4 }).map(({ code }) => code)).toEqual([
    'advice-fewer-values-than-shards',
  ]);
  expect(refusal({ ...refused, shardCount: 2 })[0]).toMatchObject({
    code: 'advice-router-refuses',
    names: { problems: ['no'] },
  });
});
