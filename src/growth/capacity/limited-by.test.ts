import { describe, expect, test } from 'vitest';
import type { CapacityStep, StepShard } from '../../result/capacity-step.ts';
import { fact } from '../../result/finding.ts';
import { worded } from '../../wording/worded.ts';
import { limitedBy } from './limited-by.ts';

const shard = (index: number, mean: number): StepShard => ({
  shard: index,
  writeQps: index === 2 ? 300 : 100,
  readQps: 0,
  responseMs: { p50: mean, p99: 4 * mean, mean },
  serviceMsMean: 1,
  queueWaitMs: mean - 1,
  maxQueued: 12,
  fullFraction: 0.2,
  busyFraction: 0.4,
  throttledFraction: 0.3,
  rows: 10,
  byOperation: [],
});

function step(
  rateQps: number,
  outcome: CapacityStep['outcome'],
  means: readonly number[],
  codes: readonly string[] = [],
  machineTaken = false,
) {
  const numbers = { scheduleLagMsP99: 9, responseMsP99: 10, limitFraction: 0.5 };
  return {
    rateQps,
    outcome,
    machineTaken,
    verdict: {
      status: 'VALID' as const,
      reasons: codes.map((code) => worded(fact(code, { numbers }))),
    },
    shards: means.map((mean, index) => shard(index, mean)),
    generator: {
      cpuFraction: 0.9,
      eventLoopUtilization: 0.7,
      scheduleLagMsP99: 9,
      busiest: machineTaken ? [{ name: 'cc1', pid: 7, cpuFraction: 0.98 }] : [],
    },
  };
}

const calm = step(100, 'held', [1, 6, 1, 1]);

test('the shard whose times rose the most is the first, not the one that is always slow', () => {
  const limited = limitedBy([calm, step(200, 'broken', [2, 8, 30, 3])], 200, 1000);
  expect(limited).toMatchObject({ kind: 'shard', shard: 2 });
  expect(limited?.reason.numbers).toMatchObject({
    rateQps: 200,
    calmQps: 100,
    calmMs: 1,
    responseMs: 30,
    queriesFraction: 0.5,
  });
  if (limited === null) throw new Error('no limit');
  const { text } = worded(limited.reason);
  expect(text).toMatch(/^Of all shards shard 2 slows down first: at 200\/s its queries took 30/);
  expect(text).toContain('its CPU quota held it back in 30 % of the periods');
  expect(text).toContain('It gets 50 % of all queries.');
});

describe('the load generator', () => {
  const late = step(400, 'generator', [2, 8, 3, 3], ['schedule-lag']);

  test('is the limit where it was late in most windows of the next rate', () => {
    const limited = limitedBy([calm, late, late, step(400, 'broken', [2, 8, 9, 3])], 400, 1000);
    expect(limited).toMatchObject({
      kind: 'generator',
      reason: { names: { limits: ['schedule-lag'] } },
    });
    if (limited === null) throw new Error('no limit');
    expect(worded(limited.reason).text).toContain('schedule lag p99 9.00 ms');
  });

  test('is not where shards broke as many', () => {
    const limited = limitedBy([calm, late, step(400, 'broken', [2, 8, 9, 3])], 400, 1000);
    expect(limited).toMatchObject({ kind: 'shard', shard: 2 });
  });
});

describe('other programs', () => {
  const taken = step(400, 'broken', [2, 8, 30, 3], [], true);

  test('are the limit where most windows of the next rate were broken beside them', () => {
    const limited = limitedBy([calm, taken, taken, step(400, 'broken', [2, 8, 9, 3])], 400, 1000);
    expect(limited?.kind).toBe('machine');
    if (limited === null) throw new Error('no limit');
    expect(worded(limited.reason).text).toMatch(
      /^Other programs had taken the machine 2 times when 400\/s .* cc1 \(pid 7\) 98 % of a core\./,
    );
  });

  test('are not where the objective broke as often without them', () => {
    const limited = limitedBy([calm, taken, step(400, 'broken', [2, 8, 9, 3])], 400, 1000);
    expect(limited).toMatchObject({ kind: 'shard', shard: 2 });
  });
});

test('nothing, where no rate broke it: the largest was reached, or the search ended before', () => {
  expect(limitedBy([step(1000, 'held', [1])], null, 1000)?.reason.code).toBe(
    'capacity-not-reached',
  );
  expect(limitedBy([calm], null, 1000)?.reason.code).toBe('capacity-edge-not-reached');
  expect(limitedBy([], null, 1000)).toBeNull();
});

test('where other programs spoilt every window, no rate is said to have held', () => {
  expect(
    limitedBy([step(100, 'spoilt', [1, 1]), step(100, 'spoilt', [1, 1])], null, 1000),
  ).toBeNull();
  const limited = limitedBy([calm, step(200, 'spoilt', [1, 1, 1, 1])], null, 1000);
  expect(limited?.reason.numbers).toMatchObject({ reachedQps: 100 });
});
