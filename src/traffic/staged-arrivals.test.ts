import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { outcomes } from '../metrics/outcome.ts';
import { Recorder } from '../metrics/recorder.ts';
import { VirtualTime } from '../simulate/virtual-time.ts';
import { Driver } from './driver.ts';
import type { Completion, Pacer, PacerEvents, Target } from './ports.ts';
import type { RoutePlan } from './route-plan.ts';

const ms = 1e6;
const windowMs = 1000;
const connections = 2;

const plan: RoutePlan = {
  crossShard: false,
  shardCount: 1,
  route(_operation, _tenant, _row, shards, statements) {
    shards[0] = 0;
    statements[0] = 1;
    return 1;
  },
};

/**
 * Stages an arrival for each of `dueMs` at the start, sends it when it is due, and answers it after
 * `serviceMs`. Returns what was recorded, and which of the arrivals could be staged.
 */
async function drive(dueMs: readonly number[], serviceMs: number, tooLate: readonly number[] = []) {
  const time = new VirtualTime();
  let completion: Completion = () => undefined;
  const ticketAt: number[] = [];
  const target: Target = {
    onComplete: (handler) => {
      completion = handler;
    },
    execute: (ticket) =>
      time.at(time.nowNs() + serviceMs * ms, () => completion(ticket, outcomes.ok, '', '')),
    abandon: () => undefined,
    staging: {
      stage: (ticket) => ticketAt.push(ticket) - 1,
      unstage: () => undefined,
      sendStaged: () => undefined,
    },
  };
  const staged: boolean[] = [];
  const pacer: Pacer = {
    start(_phase, events) {
      events.onStart(0);
      for (const [i, due] of dueMs.entries()) stageOne(events, due * ms, tooLate.includes(i));
      time.at(windowMs * ms, () => events.onEnd());
    },
    settled: () => undefined,
    concurrency: () => [],
    stop: () => undefined,
  };
  const stageOne = (events: PacerEvents, dueNs: number, late: boolean): void => {
    const arrivals = present(events.staged, 'staged arrivals');
    const place = arrivals.onUpcoming(dueNs, 0, 0, 0);
    staged.push(place >= 0 && !late);
    if (place >= 0 && late) arrivals.onTooLate(place);
    time.at(dueNs, () => {
      if (place < 0 || late) {
        events.onArrival(dueNs, 0, 0, 0);
        return;
      }
      arrivals.onSent(place, dueNs);
      time.at(dueNs + serviceMs * ms, () =>
        completion(present(ticketAt[place], 'ticket'), outcomes.ok, '', ''),
      );
    });
  };
  const limits = {
    operationTimeoutNs: 5000 * ms,
    shardTimeoutNs: 5000 * ms,
    connectionsPerShard: connections,
    queuePerShard: 10,
  };
  const driver = new Driver(plan, limits, { target, pacer, clock: time, ticker: time.ticker });
  const recorder = new Recorder({ shardCount: 1, kinds: ['write'], windowNs: windowMs * ms });
  // The pacer above has arrivals of its own, whatever the phase.
  const arrivals = { process: 'constant', ratePerSecond: 1 } as const;
  const phase = { name: 'measure', durationMs: windowMs, arrivals, firstNewRow: 0 };
  await time.run(driver.run(phase, recorder));
  return { staged, recorder, shard: recorder.shard(0) };
}

test('a connection kept for a query that is not due yet is not busy', async () => {
  const { staged, shard } = await drive([500, 700], 10);
  expect(staged).toEqual([true, true]);
  expect(shard.poolSamples).toBeGreaterThan(100);
  expect(shard.poolFullSamples).toBe(0);
});

test('connections are full while staged queries that were sent are under way', async () => {
  const { shard } = await drive([0, 500], 1000);
  // Both run from 500 ms to the end of the window.
  expect(shard.poolFullSamples / shard.poolSamples).toBeCloseTo(0.5, 1);
});

test('a query that became due before it was staged takes its connection as any other', async () => {
  const { staged, recorder, shard } = await drive([500, 600], 300, [0]);
  expect(staged).toEqual([false, true]);
  expect(recorder.okInWindow).toBe(2);
  expect(shard.poolFullSamples / shard.poolSamples).toBeCloseTo(0.2, 1);
});

test('what finds no idle connection is not staged, and is sent when one is free', async () => {
  const { staged, recorder, shard } = await drive([100, 100, 100], 50);
  expect(staged).toEqual([true, true, false]);
  expect(recorder.okInWindow).toBe(3);
  expect(shard.queueWait.maxNs / ms).toBeCloseTo(50, 0);
});
