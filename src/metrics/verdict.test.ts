import { describe, expect, test } from 'vitest';
import type { Failures, OperationOutcomes } from './failing.ts';
import type { ShardPressure } from './saturation.ts';
import { worded } from '../wording/worded.ts';
import { type Evidence, judge } from './verdict.ts';

const calmShard: ShardPressure = {
  shard: 0,
  fullFraction: 0.1,
  dropped: 0,
  queuedByThird: [0, 0, 0],
  droppedByThird: [0, 0, 0],
};

const calm: Evidence = {
  shards: [calmShard],
  lastThird: [calmShard],
  throttledFractions: [null],
  drifts: { responseMs: null, queued: null, acceptedFraction: null },
  machine: [],
  busiest: [],
  arrivals: { process: 'poisson', ratePerSecond: 800 },
  responseMsP99: 10,
  scheduleLagMsP99: 1,
  eventLoopUtilization: 0.3,
  little: { sampled: 4, computed: 4, ratio: 1, contradicted: false },
  operations: 12_000,
  failures: 0,
  failing: { operations: [], errors: [], limit: 0.01 },
  empty: [],
  repeats: 1,
  disagreement: null,
};

const fails = (failed: number, rest: Partial<OperationOutcomes> = {}): Failures => ({
  operations: [{ operation: 'add', ok: 1000 - failed, failed, timedOut: 0, ...rest }],
  errors: [0, 3].map((shard) => ({
    code: '23503',
    message: 'violates foreign key constraint "k".',
    operation: 'add',
    shard,
    count: failed / 2,
    firstMs: 1,
    lastMs: 2,
  })),
  limit: 0.01,
});

const withShard = (shard: Partial<ShardPressure>, rest: Partial<Evidence> = {}): Evidence => ({
  ...calm,
  shards: [calmShard, { ...calmShard, shard: 1, ...shard }],
  lastThird: [calmShard, { ...calmShard, shard: 1 }],
  ...rest,
});

/** The verdict with its reasons in words. */
function judged(evidence: Evidence) {
  const { status, reasons } = judge(evidence);
  return { status, reasons: reasons.map((reason) => worded(reason).text) };
}

describe('verdict', () => {
  test('VALID says what it rests on, and that noise was not checked', () => {
    const { status, reasons } = judged(calm);
    expect(status).toBe('VALID');
    expect(reasons[0]).toContain('12,000 operations');
    expect(reasons.at(-1)).toBe(
      'Noise was not checked: that takes 3 repeats of each cell (--repeat 3).',
    );
    expect(judged({ ...calm, repeats: 3 }).reasons).toHaveLength(1);
  });

  test('NOISY says which repeats disagree, and what else the machine did', () => {
    const disagreement = { repeats: 3, least: 2, most: 0, leastMs: 1.5, mostMs: 3.2 };
    const { status, reasons } = judged({ ...calm, repeats: 3, disagreement });
    expect(status).toBe('NOISY');
    expect(reasons[0]).toBe(
      'The 3 repeats disagree: their median response times go from 1.50 ms (repeat 3) to 3.20 ms ' +
        '(repeat 1), more than 2.00 times as much and more than chance within a repeat explains. ' +
        'No one number stands for the cell.',
    );
    expect(judged({ ...calm, operations: 500, disagreement }).status).toBe('TOO-FEW-SAMPLES');
  });

  test('SATURATED: full for 90 % of the time and queries dropped', () => {
    const { status, reasons } = judged(withShard({ fullFraction: 0.9, dropped: 7 }));
    expect(status).toBe('SATURATED');
    expect(reasons[0]).toContain('Shard 1 had all connections busy 90 % of the time');
    expect(reasons[0]).toContain('7 of its queries were dropped');
  });

  test('SATURATED: full and the queue grew in every third', () => {
    expect(judged(withShard({ fullFraction: 1, queuedByThird: [5, 20, 41] })).status).toBe(
      'SATURATED',
    );
    expect(judged(withShard({ fullFraction: 1, queuedByThird: [5, 20, 19] })).status).toBe('VALID');
    expect(judged(withShard({ fullFraction: 1, queuedByThird: [0, 20, 41] })).status).toBe('VALID');
  });

  test('a few drops without full connections do not saturate', () => {
    expect(judged(withShard({ fullFraction: 0.89, dropped: 7 })).status).toBe('VALID');
  });

  test('SATURATED: more than 1 % of the queries dropped in every third, however full', () => {
    const dropping = withShard({ fullFraction: 0.67, droppedByThird: [0.65, 0.02, 0.011] });
    const { status, reasons } = judged(dropping);
    expect(status).toBe('SATURATED');
    expect(reasons[0]).toBe(
      'Shard 1 had no connection and no place in its queue for 65 %, 2 %, 1.1 % of its queries ' +
        'in the three thirds of the window (limit 1 % in each): the load offered is above its ' +
        'capacity.',
    );
    expect(judged(withShard({ droppedByThird: [0.65, 0.02, 0.01] })).status).toBe('VALID');
  });

  test('FAILING names the operation, how often, the code, the shards and the message', () => {
    const { status, reasons } = judged({ ...calm, failing: fails(260) });
    expect(status).toBe('FAILING');
    expect(reasons[0]).toBe(
      'Operation add failed 260 times of 1,000 (26 %; with 95 % confidence at least 23.7 %, and ' +
        'limits.errors allows 1 %): 23503 on shards 0 and 3, 260 times: violates foreign key ' +
        'constraint "k".',
    );
  });

  test('FAILING counts time-outs, and comes after SATURATED and before all others', () => {
    const failing = fails(0, { timedOut: 500, ok: 500 });
    expect(judged({ ...calm, failing }).reasons[0]).toContain('timed out 500 times of 1,000');
    expect(judged({ ...calm, failing, eventLoopUtilization: 0.99 }).status).toBe('FAILING');
    expect(judged({ ...calm, failing, operations: 999 }).status).toBe('FAILING');
    expect(judged(withShard({ fullFraction: 1, dropped: 1 }, { failing })).status).toBe(
      'SATURATED',
    );
  });

  test('EMPTY names the operation that touches nothing; FAILING goes before it', () => {
    const none = [{ operation: 'close', index: 0, kind: 'write', queries: 236 }] as const;
    const { status, reasons } = judged({ ...calm, empty: none });
    expect(status).toBe('EMPTY');
    expect(reasons[0]).toBe(
      'Operation close did no work. None of its 236 queries changed a row: look at what its SQL ' +
        'asks for. Where that is right, say so in the scenario with expect: [empty].',
    );
    expect(judged({ ...calm, empty: none, eventLoopUtilization: 0.99 }).status).toBe('EMPTY');
    expect(judged({ ...calm, empty: none, failing: fails(260) }).status).toBe('FAILING');
  });

  test('FAILING only beyond chance: 15 of 1,000 may be 1 %, 16 are more', () => {
    expect(judged({ ...calm, failing: fails(15) }).status).toBe('VALID');
    expect(judged({ ...calm, failing: fails(16) }).status).toBe('FAILING');
    expect(judged({ ...calm, failing: { ...fails(1), limit: 0 } }).status).toBe('FAILING');
    expect(judged({ ...calm, failing: { ...fails(1000), limit: 1 } }).status).toBe('VALID');
  });

  test('GENERATOR-BOUND: schedule lag above half of response time', () => {
    const { status, reasons } = judged({ ...calm, scheduleLagMsP99: 5.01 });
    expect(status).toBe('GENERATOR-BOUND');
    expect(reasons[0]).toContain('5.01 ms');
    expect(judged({ ...calm, scheduleLagMsP99: 5 }).status).toBe('VALID');
    expect(judged({ ...calm, scheduleLagMsP99: 50, responseMsP99: null }).status).toBe('VALID');
  });

  test('GENERATOR-BOUND: event loop above 0.85, or Little contradicted', () => {
    expect(judged({ ...calm, eventLoopUtilization: 0.86 }).status).toBe('GENERATOR-BOUND');
    expect(judged({ ...calm, eventLoopUtilization: 0.85 }).status).toBe('VALID');
    const little = { sampled: 8, computed: 4, ratio: 2, contradicted: true };
    const { status, reasons } = judged({ ...calm, little });
    expect(status).toBe('GENERATOR-BOUND');
    expect(reasons[0]).toContain('8.00 operations were in flight as sampled, 4.00');
  });

  test('a full pool is the shard, not the generator', () => {
    const evidence = withShard({ fullFraction: 0.95 }, { eventLoopUtilization: 0.99 });
    expect(judged(evidence).status).toBe('VALID');
  });

  test('TOO-FEW-SAMPLES below the 1,000 that a p99 needs', () => {
    expect(judged({ ...calm, operations: 999 }).status).toBe('TOO-FEW-SAMPLES');
    expect(judged({ ...calm, operations: 1000 }).status).toBe('VALID');
  });

  test('the first that holds is the status, the others are reasons', () => {
    const { status, reasons } = judged(
      withShard({ fullFraction: 1, dropped: 1 }, { operations: 10 }),
    );
    expect(status).toBe('SATURATED');
    expect(reasons[1]).toContain('10 operations are too few');
  });

  test('failures and throttling are reasons of any verdict', () => {
    const { reasons } = judged({ ...calm, throttledFractions: [0.02], failures: 600 });
    expect(reasons).toContainEqual(expect.stringContaining('600 of 12,000 operations (5 %)'));
    expect(reasons).toContainEqual(expect.stringContaining('held back shard 0 (2 %) in'));
    expect(judged({ ...calm, throttledFractions: [0.01] }).reasons).toHaveLength(2);
  });

  test('shards that were held back share a sentence, the worst first', () => {
    const saidOf = (throttledFractions: readonly (number | null)[]): string[] =>
      judged({ ...calm, throttledFractions }).reasons.filter((text) => text.includes('quota'));
    expect(saidOf([0.02, 0.89, 0.001, null])).toEqual([
      "The CPU quota held back shard 1 (89 %), shard 0 (2 %) in more than 1 % of the scheduler's " +
        'periods. Their slowest answers show the quota, not the strategy.',
    ]);
    const [many] = saidOf([0.02, 0.03, 0.04, 0.05, 0.06, 0.07]);
    expect(many).toContain('shard 2 (4 %), 2 more in');
  });

  test('SATURATED also where it holds in the last third alone, and before DRIFTING', () => {
    const late = { ...calmShard, fullFraction: 0.97, queuedByThird: [100, 240, 549] } as const;
    const drifts = { ...calm.drifts, queued: { first: 0, last: 300 } };
    const { status, reasons } = judged({ ...calm, lastThird: [late], drifts });
    expect(status).toBe('SATURATED');
    expect(reasons[0]).toBe(
      'In the last third of the window, shard 0 had all connections busy 97 % of the time (limit ' +
        '90 %) and its queue grew all the time (mean length 100, then 240, then 549): the load ' +
        'offered is above its capacity.',
    );
    expect(reasons[1]).toContain('from 0 in the first third of the window to 300 in the last');
    const dropping = { ...calmShard, droppedByThird: [0.02, 0.3, 0.4] } as const;
    expect(judged({ ...calm, lastThird: [dropping] }).status).toBe('SATURATED');
  });

  test('DRIFTING says what changed, and from what to what; it goes before GENERATOR-BOUND', () => {
    const drifts = {
      responseMs: { first: 2.91, last: 5.5 },
      queued: null,
      acceptedFraction: { first: 1, last: 0.81 },
    };
    const { status, reasons } = judged({ ...calm, drifts, eventLoopUtilization: 0.99 });
    expect(status).toBe('DRIFTING');
    expect(reasons.slice(0, 2)).toEqual([
      'The median response time changed from 2.91 ms in the first third of the window to ' +
        '5.50 ms in the last, more than chance explains: no one number stands for the ' +
        'whole window.',
      'The share of the offered operations that were accepted changed from 100 % in the ' +
        'first third of the window to 81 % in the last.',
    ]);
    const none = [{ operation: 'a', index: 0, kind: 'read', queries: 3 }] as const;
    expect(judged({ ...calm, drifts, empty: none }).status).toBe('EMPTY');
  });

  test('what else ran on the machine is named where times drift or the generator is bound', () => {
    const machine = [0, 0, 0.9].map((foreignFraction, second) => {
      return { second, foreignFraction, stealFraction: 0 };
    });
    const said = "Other programs used 0 % of the processors' time in the first third of the window";
    const drifts = { ...calm.drifts, responseMs: { first: 2, last: 4 } };
    const both = judged({ ...calm, machine, drifts, eventLoopUtilization: 0.99 }).reasons;
    expect(both.filter((reason) => reason.startsWith(said))).toHaveLength(1);
    const [, second] = judged({ ...calm, machine, scheduleLagMsP99: 9 }).reasons;
    expect(second).toContain(said);
    expect(judged({ ...calm, machine }).reasons.join()).not.toContain('Other programs');
  });

  test('of a ramp it says why no percentile over the window is given', () => {
    const arrivals = { process: 'ramp', fromPerSecond: 600, toPerSecond: 3200 } as const;
    expect(judged({ ...calm, arrivals }).reasons).toContain(
      'The offered rate went from 600/s to 3,200/s, so no percentile over the whole ' +
        'window is given: each second has its own.',
    );
  });
});

test('a p99 that falls among failures is no number: TOO-FEW-SAMPLES, said once', () => {
  const { status, reasons } = judged({ ...calm, failures: 300, responseMsP99: null });
  expect(status).toBe('TOO-FEW-SAMPLES');
  expect(reasons.filter((reason) => reason.includes('failed'))).toHaveLength(1);
});
