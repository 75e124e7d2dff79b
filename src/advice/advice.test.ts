import { describe, expect, test } from 'vitest';
import { worded } from '../wording/worded.ts';
import { adviceFacts, decide } from './advice.ts';
import { candidateOf, settingAt } from './advice-fixture.ts';
import type { MeasuredCandidate, Setting } from './candidate-figures.ts';

const answer = (candidates: readonly MeasuredCandidate[], setting: Setting) =>
  adviceFacts(decide({ candidates, refused: [], setting }));
const statusOf = (facts: ReturnType<typeof answer>, strategy: string, shards = 4) => {
  const found = facts.candidates.find(
    (each) => each.strategy === strategy && each.shardCount === shards,
  );
  return { status: found?.status, codes: found?.reasons.map(({ code }) => code) };
};

describe('whether to shard at all', () => {
  test('60 % of what one instance may do and 3 % growth: not yet, with the month', () => {
    const trend = { value: 0.03, spread: 0 };
    const setting = settingAt(600, { trends: { load: trend, bytes: trend } });
    const { recommendation } = answer([candidateOf({ shards: 4 })], setting);
    // ln(0.7 / 0.6) / ln 1.03
    const months = Math.log(0.7 / 0.6) / Math.log(1.03);
    expect(recommendation).toMatchObject({
      kind: 'stay',
      strategy: null,
      shardCount: 1,
      otherwise: { strategy: 'tenant/jump', shardCount: 4 },
    });
    expect(recommendation.advice.code).toBe('advice-not-yet');
    expect(recommendation.advice.numbers.months).toBeCloseTo(months, 10);
    expect(recommendation.advice.numbers.actMonths).toBe(Math.floor(months - 3));
  });

  test('what lasts beyond the horizon is simply enough', () => {
    const none = { value: 0, spread: 0 };
    const setting = settingAt(500, { trends: { load: none, bytes: none } });
    expect(answer([candidateOf()], setting).recommendation.advice.code).toBe('advice-stay');
  });

  test('an instance whose capacity nobody knows is not left, unless a known limit is hit', () => {
    const unknown = settingAt(600, { capacity: null });
    const { recommendation } = answer([candidateOf()], unknown);
    expect(recommendation.advice.code).toBe('advice-stay-until-measured');
    // How many it takes nobody knows: as few as there are, by what each shard does.
    const several = [16, 4].map((shards) => candidateOf({ shards, scatter: 0.1 }));
    expect(answer(several, unknown).recommendation.otherwise).toMatchObject({ shardCount: 4 });
    const full = { ...unknown, now: { ...unknown.now, bytes: 3e12 } };
    expect(answer([candidateOf()], full).recommendation.kind).toBe('shard');
  });

  test('every frequent query spans tenants: nothing helps', () => {
    const candidates = [4, 8, 16].map((shards) => candidateOf({ shards, scatter: 0.7 }));
    const { recommendation, candidates: rows } = answer(candidates, settingAt(3000));
    expect(recommendation).toMatchObject({ kind: 'nothing-helps', strategy: null });
    expect(recommendation.reasons.map(({ code }) => code)).toContain('advice-nearest');
    expect(rows.filter(({ status }) => status === 'excluded')).toHaveLength(3);
  });
});

describe('which one', () => {
  const full = settingAt(1000);
  const few = candidateOf({ shards: 4 });
  const scattered = candidateOf({ strategy: 'user/jump', scatter: 0.2 });

  test('the cheapest that lasts as long as it should; the others with their reasons', () => {
    const wide = candidateOf({ shards: 16 });
    const narrow = candidateOf({ shards: 8 });
    const facts = answer([wide, scattered, narrow, few], full);
    // 8 x 600 x 0.7 = 3,360, which 1,000 reach in 24.8 months; 4 shards in 10.6.
    expect(facts.recommendation).toMatchObject({
      kind: 'shard',
      strategy: 'tenant/jump',
      shardCount: 8,
    });
    expect(statusOf(facts, 'tenant/jump', 4).codes?.[0]).toBe('advice-full-sooner');
    expect(statusOf(facts, 'tenant/jump', 16).codes).toEqual(['advice-less-for-its-price']);
    expect(statusOf(facts, 'user/jump').codes).toContain('advice-asks-all-shards');
  });

  test('the order of the candidates and a worse one beside them make no difference', () => {
    const spread = (strategy: string) =>
      candidateOf({ strategy, shards: 8, over: 'salts', ratios: [1, 1.1, 1.2] });
    const all = [spread('tenant/mod'), spread('tenant/jump'), candidateOf({ shards: 16 }), few];
    const expected = answer(all, full).recommendation;
    expect(answer(all.toReversed(), full).recommendation).toEqual(expected);
    const worse = candidateOf({ strategy: 'order/jump', shards: 8, scatter: 0.3 });
    expect(answer([worse, ...all], full).recommendation).toEqual(expected);
  });

  test('those whose placements overlap stand together; what is apart lost', () => {
    const spread = (strategy: string, ...ratios: readonly number[]) =>
      candidateOf({ strategy, shards: 8, over: 'salts', ratios });
    const facts = answer(
      [
        spread('tenant/jump', 1.0, 1.1, 1.2),
        spread('tenant/mod', 1.05, 1.15, 1.25),
        spread('tenant/ring', 2.0, 2.1, 2.2),
      ],
      settingAt(2000),
    );
    expect(statusOf(facts, 'tenant/mod', 8).status).toBe('no-difference');
    expect(statusOf(facts, 'tenant/ring', 8)).toMatchObject({ status: 'lost' });
    expect(statusOf(facts, 'tenant/ring', 8).codes).toContain('advice-placed-unevenly');
    expect(facts.recommendation.advice.names?.['alike']).toEqual(['tenant/mod']);
  });

  test('among equals the one that moves least when shards are added, then without a list', () => {
    const of = (strategy: string, moved: number, listed = false) =>
      candidateOf({ strategy, shards: 8, movedFraction: moved, traits: { listed } });
    const movers = answer([of('tenant/mod', 0.9), of('tenant/slots', 0.5)], full);
    expect(movers.recommendation.strategy).toBe('tenant/slots');
    const lists = answer([of('tenant/directory', 0.5, true), of('tenant/jump', 0.5)], full);
    expect(lists.recommendation.strategy).toBe('tenant/jump');
  });

  test('where none is enough, the one that does most, and it is said so', () => {
    const facts = answer([few, candidateOf({ shards: 8 })], settingAt(10_000));
    expect(facts.recommendation).toMatchObject({ kind: 'shard', shardCount: 8 });
    expect(facts.recommendation.advice.code).toBe('advice-shard-falls-short');
    expect(statusOf(facts, 'tenant/jump', 4).codes?.[0]).toBe('advice-carries-less');
  });
});

test('every fact has a sentence without holes', () => {
  const cases = [settingAt(300), settingAt(600), settingAt(1000), settingAt(10_000)];
  const unknown = settingAt(600, { capacity: null });
  const candidates = [
    candidateOf({ shards: 8, heaviest: [0.1, 0.01] }),
    candidateOf({
      strategy: 'tenant/directory',
      shards: 8,
      heaviest: [0.1],
      traits: { listed: true },
    }),
    candidateOf({
      strategy: 'user/jump',
      scatter: 0.2,
      key: { lost: [{ table: 't', kind: 'unique', columns: ['a'] }] },
    }),
    candidateOf({ strategy: 'few/jump', values: 3, heaviest: [0.5] }),
    candidateOf({ strategy: 'all/jump', scatter: 0.8 }),
  ];
  for (const setting of [...cases, unknown]) {
    for (const some of [candidates, candidates.slice(4)]) {
      const { recommendation, candidates: rows } = answer(some, setting);
      const facts = [
        recommendation.advice,
        ...recommendation.reasons,
        ...rows.flatMap((row) => row.reasons),
      ];
      expect(facts.length).toBeGreaterThan(2);
      for (const each of facts) expect(worded(each).text).not.toMatch(/undefined|NaN|Infinity/);
    }
  }
});
