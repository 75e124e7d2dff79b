import { describe, expect, test } from 'vitest';
import { createHistogram } from '../../base/histogram.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { distributionMs } from '../../metrics/percentiles.ts';
import { fact } from '../../result/finding.ts';
import type { Cell, VerdictStatus } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { worded } from '../../wording/worded.ts';
import { judgedWindow } from './judged-window.ts';

const objective: Threshold = {
  metric: 'response_ms',
  tags: {},
  aggregate: { name: 'p', percentile: 99 },
  operator: '<',
  limit: 50,
  abortOnFail: false,
  delayAbortEvalMs: 0,
};

interface Window {
  /** Operations that took 5 ms, those that took 200 ms, and those that failed. */
  readonly fast: number;
  readonly late: number;
  readonly failures?: number;
  readonly status?: VerdictStatus;
  readonly reason?: ReturnType<typeof fact>;
  readonly foreignFraction?: number;
  /** Of each shard. */
  readonly throttledFraction?: number;
}

function cellOf({
  fast,
  late,
  failures = 0,
  status = 'VALID',
  reason,
  foreignFraction,
  throttledFraction = 0,
}: Window): Cell {
  const [, base] = sampleResult().cells;
  if (!base?.generator) throw new Error('no sample cell');
  const times = createHistogram();
  times.recordMany(5e6, fast);
  times.recordMany(200e6, late);
  const machine = [0, 1, 2].map((second) => ({
    second,
    stealFraction: 0,
    foreignFraction: foreignFraction ?? 0,
  }));
  return {
    ...base,
    verdict: { status, reasons: reason === undefined ? [] : [worded(reason)] },
    generator: { ...base.generator, machine },
    shards: Array.from(base.shards, (shard) => ({ ...shard, throttledFraction })),
    watched: [
      { metric: 'response_ms', failures, ok: distributionMs(times), histogramNs: times.encode() },
    ],
  };
}

const judge = (window: Window, mayBeSpoilt = true) =>
  judgedWindow(cellOf(window), [objective], mayBeSpoilt);

describe('by its times', () => {
  test.each([
    { fast: 9990, late: 10, outcome: 'held', isClear: true },
    { fast: 9930, late: 70, outcome: 'held', isClear: false },
    { fast: 9870, late: 130, outcome: 'broken', isClear: false },
    { fast: 9700, late: 300, outcome: 'broken', isClear: true },
    // As few windows of a tenth of the length: nothing is clear yet.
    { fast: 990, late: 10, outcome: 'held', isClear: false },
    { fast: 985, late: 15, outcome: 'broken', isClear: false },
  ])('$late late beside $fast: $outcome, clear: $isClear', ({ outcome, isClear, ...window }) => {
    expect(judge(window)).toMatchObject({ outcome, isClear });
  });

  test('failures are late, and the share of what was late stands beside', () => {
    const { outcome, objectives } = judge({ fast: 9800, late: 0, failures: 200 });
    expect(outcome).toBe('broken');
    expect(objectives).toMatchObject([{ value: null, ok: false, lateFraction: 0.02, limit: 50 }]);
  });

  test('of several parts all must hold', () => {
    const stricter = { ...objective, limit: 2 };
    const cell = cellOf({ fast: 10_000, late: 0 });
    expect(judgedWindow(cell, [objective, stricter], true)).toMatchObject({
      outcome: 'broken',
      objectives: [{ ok: true }, { ok: false }],
    });
  });

  test('of other numbers what is far from the limit is clear', () => {
    const mean = { ...objective, aggregate: { name: 'avg', percentile: null } } as const;
    const cell = cellOf({ fast: 10_000, late: 0 });
    const judged = (limit: number) => judgedWindow(cell, [{ ...mean, limit }], true);
    expect([judged(5.5), judged(4.5), judged(50)]).toMatchObject([
      { outcome: 'held', isClear: false },
      { outcome: 'broken', isClear: false },
      { outcome: 'held', isClear: true },
    ]);
  });
});

describe('by its verdict', () => {
  const good = { fast: 10_000, late: 0 };
  const bad = { fast: 9000, late: 1000 };
  const queue = (firstQueued: number, lastQueued: number) =>
    fact('queue-drifting', { numbers: { firstQueued, lastQueued } });

  test('a shard that takes no more breaks the objective, however short the times', () => {
    for (const status of ['SATURATED', 'FAILING'] as const) {
      expect(judge({ ...good, status })).toMatchObject({ outcome: 'broken', isClear: true });
    }
  });

  test('a queue that grows does, one that shrinks does not', () => {
    const drifting = { ...good, status: 'DRIFTING' } as const;
    expect(judge({ ...drifting, reason: queue(1, 40) }).outcome).toBe('broken');
    expect(judge({ ...drifting, reason: queue(40, 1) })).toMatchObject({
      outcome: 'held',
      isClear: false,
    });
    const accepted = fact('accepted-drifting', {
      numbers: { firstFraction: 1, lastFraction: 0.9 },
    });
    expect(judge({ ...drifting, reason: accepted }).outcome).toBe('broken');
  });

  test('a late generator is no shard, and where the objective holds beside it, it holds', () => {
    expect(judge({ ...bad, status: 'GENERATOR-BOUND' }).outcome).toBe('generator');
    expect(judge({ ...good, status: 'GENERATOR-BOUND' }).outcome).toBe('held');
  });

  test('what other programs broke is spoilt, unless too many windows were', () => {
    const taken = { ...bad, foreignFraction: 0.3 };
    const spoilt = { machineTaken: true, isClear: false };
    expect(judge(taken)).toMatchObject({ ...spoilt, outcome: 'spoilt' });
    expect(judge(taken, false)).toMatchObject({ ...spoilt, outcome: 'broken' });
    const own = { machineTaken: false, isClear: true };
    expect(judge({ ...good, foreignFraction: 0.3 })).toMatchObject({ ...own, outcome: 'held' });
    // What fills a shard is more than what makes some of its queries late.
    const full = { ...bad, status: 'SATURATED' } as const;
    expect(judge({ ...full, foreignFraction: 0.2 })).toMatchObject({ ...own, outcome: 'broken' });
    expect(judge({ ...full, foreignFraction: 0.3 }).outcome).toBe('spoilt');
    expect(judge({ ...bad, foreignFraction: 0.05 })).toMatchObject({ ...own, outcome: 'broken' });
  });

  test('a shard that used up its quota was not short of what others took', () => {
    const taken = { ...bad, foreignFraction: 0.3 };
    expect(judge({ ...taken, throttledFraction: 0.7 }).outcome).toBe('broken');
    expect(judge({ ...taken, throttledFraction: 0.4 }).outcome).toBe('spoilt');
    const late = { ...taken, status: 'GENERATOR-BOUND', throttledFraction: 0.7 } as const;
    expect(judge(late).outcome).toBe('spoilt');
  });
});
