import { describe, expect, test } from 'vitest';
import { worded } from '../wording/worded.ts';
import { adviceFacts, decide } from './advice.ts';
import { candidateOf, settingAt } from './advice-fixture.ts';
import type { MeasuredCandidate, Setting } from './candidate-figures.ts';
import { judge } from './choose.ts';

const answer = (candidates: readonly MeasuredCandidate[], setting: Setting) =>
  adviceFacts(decide({ candidates, refused: [], setting }));
const asking = (objectives: Partial<Setting['objectives']>): Partial<Setting> => ({
  objectives: { months: 18, capacity: null, p99Ms: null, ...objectives },
});

describe('objectives that nobody meets', () => {
  test('months: the nearest, and how many are missing', () => {
    const { recommendation } = answer([candidateOf()], settingAt(1000, asking({ months: 24 })));
    // 4 shards of 600/s at 70 %: ln(1.68) / ln(1.05)
    const lasts = Math.log((0.7 * 4 * 600) / 1000) / Math.log(1.05);
    expect(recommendation).toMatchObject({ kind: 'shard', shardCount: 4 });
    expect(recommendation.advice.code).toBe('advice-shard-misses');
    const missed = recommendation.reasons.find(({ code }) => code === 'advice-misses-months');
    expect(missed?.numbers.has).toBeCloseTo(lasts, 10);
    expect(missed?.numbers.missing).toBeCloseTo(24 - lasts, 10);
    expect(worded(recommendation.advice).text).toBe(
      'No candidate meets all that is asked. tenant/jump on 4 shards comes nearest: it lasts ' +
        '10.6 months instead of 24.0 months.',
    );
  });

  test('capacity: what it carries at 70 % against what is asked', () => {
    const setting = settingAt(1000, asking({ months: 6, capacity: 2 }));
    const { recommendation } = answer([candidateOf()], setting);
    const missed = recommendation.reasons.find(({ code }) => code === 'advice-misses-capacity');
    expect(missed?.numbers).toMatchObject({ asked: 2, has: (0.7 * 4 * 600) / 1000 });
    const enough = answer([candidateOf({ shards: 8 })], setting).recommendation;
    expect(enough.advice.code).toBe('advice-shard');
  });

  test('p99: only where it is known', () => {
    const setting = settingAt(1000, asking({ months: 6, p99Ms: 50 }));
    const missedAt = (p99: number | null) => {
      const known = new Map(p99 === null ? [] : [['tenant/jump x 4', p99]]);
      return judge([candidateOf()], setting, known).map(({ missed, tier }) => ({ missed, tier }));
    };
    expect(missedAt(null)).toEqual([{ missed: [], tier: 3 }]);
    expect(missedAt(50)).toEqual([{ missed: [], tier: 3 }]);
    const slow = { objective: 'p99', asked: 50, has: 60 };
    expect(missedAt(60)).toEqual([{ missed: [slow], tier: 2 }]);
  });
});

test('one that meets all is recommended, the other says which it misses', () => {
  const setting = settingAt(1000, asking({ months: 24, capacity: 3 }));
  const { recommendation, candidates } = answer(
    [candidateOf(), candidateOf({ shards: 16 })],
    setting,
  );
  expect(recommendation).toMatchObject({ shardCount: 16 });
  expect(recommendation.advice.code).toBe('advice-shard');
  const lost = candidates.find(({ shardCount }) => shardCount === 4);
  expect(lost?.reasons.map(({ code }) => code)).toEqual([
    'advice-full-sooner',
    'advice-misses-capacity',
  ]);
});

test('an instance that is enough for now says what is asked beyond it', () => {
  const flat = { value: 0.01, spread: 0 };
  const setting = settingAt(500, {
    ...asking({ capacity: 2 }),
    trends: { load: flat, bytes: flat },
  });
  const { recommendation } = answer([candidateOf()], setting);
  expect(recommendation.kind).toBe('stay');
  expect(recommendation.reasons[0]).toMatchObject({
    code: 'advice-instance-misses-capacity',
    numbers: { asked: 2, has: 1.4 },
  });
});
