import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { ShardResult } from '../result/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { outcomes, type Outcome } from './outcome.ts';
import { shardLoad } from './shard-load.ts';
import { Recorder } from './recorder.ts';
import type { ShardRecorder } from './shard-recorder.ts';
import { shardSeries } from './shard-series.ts';

const ms = 1e6;
const second = 1e9;

const result: ShardResult = present(sampleResult().cells[1]?.shards[0], 'a shard');

const oneShard = (windowNs: number) =>
  new Recorder({ shardCount: 1, kinds: ['write'], windowNs }).shard(0);

const seriesOf = (recorder: ShardRecorder) => shardSeries(recorder.samples().seconds);

interface Burst {
  readonly atNs: number;
  readonly count: number;
  readonly waitMs: number;
  readonly serviceMs: number;
  readonly outcome?: Outcome;
}

function recorded(windowNs: number, bursts: readonly Burst[], queuedAt: readonly number[] = []) {
  const recorder = oneShard(windowNs);
  for (const { atNs, count, waitMs, serviceMs, outcome = outcomes.ok } of bursts) {
    for (let i = 0; i < count; i += 1) {
      const acquiredNs = atNs + waitMs * ms;
      recorder.query(0, atNs, atNs, acquiredNs, acquiredNs + serviceMs * ms, outcome);
    }
    for (const queuedNs of queuedAt) recorder.samplePool(queuedNs, true, 3);
  }
  recorder.finish();
  return shardLoad(result, seriesOf(recorder), windowNs / second);
}

test('each second has its writes, the mean wait and the time that 1 in 100 exceeded', () => {
  const { seconds } = recorded(2 * second, [
    { atNs: 0, count: 98, waitMs: 0, serviceMs: 2 },
    { atNs: 0, count: 2, waitMs: 100, serviceMs: 2 },
    { atNs: second, count: 99, waitMs: 1, serviceMs: 1 },
  ]);
  expect(seconds.map(({ writes }) => writes)).toEqual([100, 99]);
  expect(seconds[0]?.waitMs).toBeCloseTo(2, 9);
  expect(seconds[0]?.tailMs).toBeCloseTo(102, 0);
  // One query fewer than a hundred: nothing is said of the slowest hundredth.
  expect(seconds[1]).toMatchObject({ waitMs: 1, tailMs: null });
});

test('failures are slower than every success', () => {
  const { seconds } = recorded(second, [
    { atNs: 0, count: 98, waitMs: 0, serviceMs: 2 },
    { atNs: 0, count: 2, waitMs: 0, serviceMs: 2, outcome: outcomes.failed },
  ]);
  expect(seconds[0]?.tailMs).toBe(Infinity);
});

test('a second in which queries stand in line and none ends is no shorter wait', () => {
  const recorder = oneShard(3 * second);
  recorder.query(0, 0, 0, 50 * ms, 60 * ms, outcomes.ok);
  recorder.samplePool(1.5 * second, true, 3);
  recorder.samplePool(2.5 * second, true, 0);
  recorder.finish();
  expect(shardLoad(result, seriesOf(recorder), 3).seconds.map(({ waitMs }) => waitMs)).toEqual([
    50,
    50,
    null,
  ]);
});

test('a last second that the window cuts short is left out', () => {
  const { seconds } = recorded(2.5 * second, [
    { atNs: 2.1 * second, count: 5, waitMs: 0, serviceMs: 1 },
  ]);
  expect(seconds).toHaveLength(2);
});

test('a p99 among failures is not the same as one of too few queries', () => {
  const recorder = oneShard(second);
  const p99Of = (change: Partial<ShardResult['responseMs']>) =>
    shardLoad({ ...result, responseMs: { ...result.responseMs, ...change } }, seriesOf(recorder), 1)
      .responseMsP99;
  expect(p99Of({ p99: null, censored: true, count: 2000 })).toBe(Infinity);
  expect(p99Of({ p99: null, censored: true, count: 999 })).toBeNull();
  expect(p99Of({ p99: 12 })).toBe(12);
});
