import { expect, test } from 'vitest';
import type { Threshold } from '../base/thresholds/threshold-types.ts';
import { outcomes } from '../metrics/outcome.ts';
import { WatchedTimes } from '../metrics/watched-times.ts';
import { brokenLimit, watchedKinds } from './running-limits.ts';

const operations = [{ name: 'place' }, { name: 'look' }];

const p95: Threshold = {
  metric: 'response_ms',
  tags: { operation: 'look' },
  aggregate: { name: 'p', percentile: 95 },
  operator: '<',
  limit: 50,
  abortOnFail: true,
  delayAbortEvalMs: 2000,
};
const errors: Threshold = {
  ...p95,
  metric: 'errors',
  aggregate: { name: 'rate', percentile: null },
  operator: '==',
  limit: 0,
};

const timesOf = (limits: readonly Threshold[]): WatchedTimes =>
  new WatchedTimes(watchedKinds(limits, operations, 4), ['write', 'read']);

test('times are kept once, of shards that are there, and of nothing else', () => {
  const limits: Threshold[] = [
    p95,
    errors,
    { ...p95, tags: { shard: 4 } },
    { ...p95, metric: 'write_qps', aggregate: { name: 'value', percentile: null } },
  ];
  expect(watchedKinds(limits, operations, 4)).toEqual([
    { metric: 'response_ms', operation: 1, kind: null, shard: null },
  ]);
});

test('a limit is looked at after its delay, and once there are enough samples', () => {
  const watched = timesOf([p95]);
  const now = (atMs: number) => brokenLimit([p95], operations, watched, atMs);
  for (let i = 0; i < 199; i += 1) watched.operation(1, 60e6, 0, outcomes.ok);
  expect(now(3000)).toBeNull();
  watched.operation(0, 60e6, 0, outcomes.ok);
  expect(now(3000)).toBeNull();
  watched.operation(1, 60e6, 0, outcomes.ok);
  expect(now(1999)).toBeNull();
  const broken = now(2000);
  expect(broken).toMatchObject({ threshold: p95, atMs: 2000, measured: { samples: 200 } });
  expect(broken?.measured.value).toBeCloseTo(60, 0);
  const quiet = { ...p95, abortOnFail: false };
  expect(brokenLimit([quiet], operations, watched, 3000)).toBeNull();
});

test('one failure breaks a limit of none', () => {
  const watched = timesOf([errors]);
  watched.operation(1, 1e6, 0, outcomes.ok);
  expect(brokenLimit([errors], operations, watched, 5000)).toBeNull();
  watched.operation(1, 1e6, 0, outcomes.failed);
  expect(brokenLimit([errors], operations, watched, 5000)?.measured.value).toBe(0.5);
});
