import { describe, expect, test } from 'vitest';
import { createHistogram } from '../../base/histogram.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import type { WatchedTimesResult } from '../../result/threshold-result.ts';
import type { Cell } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { judgedThresholds } from './judged-thresholds.ts';
import { samplesNeeded } from './measured-value.ts';

const [single, routed] = sampleResult().cells.filter(({ status }) => status === 'ok');

/** So many times, 1 ms, 2 ms and so on, as a cell's document has them. */
function watched(count: number, failures: number): WatchedTimesResult {
  const times = createHistogram();
  for (let i = 1; i <= count; i += 1) times.record(i * 1e6);
  const none = { p50: null, p95: null, p99: null, p999: null };
  const ok = { ...none, mean: (count + 1) / 2, max: count, count };
  return { metric: 'response_ms', failures, ok, histogramNs: times.encode() };
}

function limit(aggregate: string, operator: Threshold['operator'], value: number): Threshold {
  const percentile = aggregate.startsWith('p(') ? Number(aggregate.slice(2, -1)) : null;
  const name = percentile === null ? (aggregate as 'avg') : 'p';
  return {
    metric: 'response_ms',
    tags: {},
    aggregate: { name, percentile },
    operator,
    limit: value,
    abortOnFail: false,
    delayAbortEvalMs: 0,
  };
}

function outcome(threshold: Threshold, cell: Cell) {
  const id = { strategy: cell.strategy, shardCount: cell.shardCount };
  const [judged] = judgedThresholds([threshold], [{ ...id, cell, ended: null }]);
  return judged;
}

function cellWith(changes: Partial<Cell>): Cell {
  if (routed === undefined) throw new Error('the sample has a cell');
  return { ...routed, ...changes };
}

describe('times, of 1 ms, 2 ms, ... 1,000 ms', () => {
  const cell = cellWith({ watched: [watched(1000, 0)] });
  test.each([
    ['p(99)', 990],
    ['p(50)', 500],
    ['med', 500],
    ['p(1)', 10],
    ['avg', 500.5],
    ['max', 1000],
    ['min', 1],
  ])('%s', (aggregate, value) => {
    const judged = outcome(limit(aggregate, '<', 10_000), cell);
    // A bucket is within 0.1 %.
    expect((judged?.value ?? 0) / value).toBeCloseTo(1, 2);
    expect(judged).toMatchObject({ ok: true, samples: 1000 });
  });

  test('a p(99.5) needs 2,000', () => {
    expect(outcome(limit('p(99.5)', '<', 10_000), cell)).toMatchObject({
      ok: false,
      value: null,
      note: { code: 'limit-too-few-samples', numbers: { samples: 1000, needed: 2000 } },
    });
  });
});

test('a percentile among failures, and what failures make unknown, keep no limit', () => {
  const cell = cellWith({ watched: [watched(990, 10)] });
  expect(outcome(limit('p(99)', '<', 10_000), cell)).toMatchObject({ ok: true, samples: 1000 });
  const worse = cellWith({ watched: [watched(989, 11)] });
  for (const [aggregate, code] of [
    ['p(99)', 'limit-among-failures'],
    ['avg', 'limit-unknown-with-failures'],
    ['max', 'limit-unknown-with-failures'],
  ] as const) {
    const judged = outcome(limit(aggregate, '<', 10_000), worse);
    expect(judged).toMatchObject({ ok: false, value: null, note: { code, severity: 'error' } });
  }
});

test('a limit without samples is broken, whichever way it points', () => {
  const cell = cellWith({ watched: [watched(0, 0)] });
  for (const operator of ['<', '>', '!='] as const) {
    const judged = outcome(limit('p(50)', operator, 1), cell);
    expect(judged).toMatchObject({ ok: false, value: null, note: { code: 'limit-no-samples' } });
  }
  const without = cellWith({ operations: [] });
  const dropped = { ...limit('rate', '==', 0), metric: 'dropped' } as const;
  expect(outcome(dropped, without)).toMatchObject({ ok: false, value: null });
});

test.each([
  ['<', 500, false],
  ['<=', 500, true],
  ['>', 500, false],
  ['>=', 500, true],
  ['==', 500, true],
  ['!=', 500, false],
] as const)('max %s %i where it is 500', (operator, value, ok) => {
  const cell = cellWith({ watched: [watched(500, 0)] });
  expect(outcome(limit('max', operator, value), cell)?.ok).toBe(ok);
});

test('errors are counted beside the times of the same tags', () => {
  const cell = cellWith({ watched: [watched(30, 10)] });
  const errors = (name: string) => ({ ...limit(name, '<', 5), metric: 'errors' }) as const;
  expect(outcome(errors('rate'), cell)).toMatchObject({ value: 0.25, ok: true, samples: 40 });
  expect(outcome(errors('count'), cell)).toMatchObject({ value: 10, ok: false });
});

test('rates and balance are those of the shards', () => {
  const [a, b, ...others] = cellWith({}).shards;
  if (a === undefined || b === undefined) throw new Error('the sample has shards');
  const counts = [100, 300, 0, 0];
  const shards = [a, b, ...others].map((shard, i) => {
    const writesSent = counts[i] ?? 0;
    return Object.assign({}, shard, { writesSent, writeQps: writesSent / 10 });
  });
  const cell = cellWith({ shards });
  const writes = (name: string, tags: Threshold['tags'] = {}) =>
    outcome({ ...limit(name, '<', 1e9), metric: 'write_qps', tags }, cell)?.value;
  expect(writes('value')).toBe(40);
  expect(writes('max')).toBe(30);
  expect(writes('min')).toBe(0);
  expect(writes('avg')).toBe(40 / shards.length);
  expect(writes('max_over_mean')).toBe(300 / (400 / shards.length));
  expect(writes('value', { shard: 1 })).toBe(30);
  const reads = cell.operations.find(({ kind }) => kind === 'read')?.operation ?? '';
  expect(writes('value', { operation: reads })).toBeNull();
});

test('a limit is judged for each cell that has its strategy and shard, or else for none', () => {
  if (single === undefined) throw new Error('the sample has a cell');
  const cells = [single, cellWith({})].map((cell) => ({
    strategy: cell.strategy,
    shardCount: cell.shardCount,
    cell,
    ended: null,
  }));
  const of = (tags: Threshold['tags']) =>
    judgedThresholds([{ ...limit('value', '>', 0), metric: 'rows', tags }], cells);
  expect(of({})).toHaveLength(2);
  expect(of({ shard: 1 }).map(({ strategy }) => strategy)).toEqual([routed?.strategy]);
  expect(of({ strategy: 'single' }).map(({ shardCount }) => shardCount)).toEqual([1]);
  expect(of({ shard: 99 })).toMatchObject([
    { strategy: null, shardCount: null, ok: false, note: { code: 'limit-of-no-cell' } },
  ]);
});

test('cells that were not measured keep nothing', () => {
  const id = { strategy: 'a/jump', shardCount: 4 };
  const threshold = limit('p(50)', '<', 1);
  const broken = cellWith({ status: 'failed', error: 'x' });
  const codes = [
    { ...id, cell: null, ended: null },
    { ...id, cell: broken, ended: null },
    {
      ...id,
      cell: broken,
      ended: { threshold, atMs: 3000, measured: { value: 7, unknown: null, samples: 40 } },
    },
  ].map((each) => judgedThresholds([threshold], [each])[0]);
  expect(codes.map((each) => [each?.note.code, each?.value, each?.ok])).toEqual([
    ['limit-not-reached', null, false],
    ['limit-of-unmeasured-cell', null, false],
    ['limit-broken', 7, false],
  ]);
  expect(codes[2]?.endedAtMs).toBe(3000);
});

test('samples that a percentile needs are those of the report', () => {
  expect([50, 95, 99, 99.9, 1].map(samplesNeeded)).toEqual([20, 200, 1000, 10_000, 1000]);
});
