import { describe, expect, it } from 'vitest';
import { outcomes } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { RunningSeconds } from './running-seconds.ts';

const second = 1e9;
const ms = 1e6;

function recorderOf(shardCount: number, windowNs: number): Recorder {
  return new Recorder({ shardCount, kinds: ['write', 'read'], windowNs });
}

/** So many writes that end at this time, after so long. */
function answer(recorder: Recorder, shard: number, atNs: number, tookMs: number, times = 1): void {
  for (let i = 0; i < times; i++) {
    const intendedNs = atNs - tookMs * ms;
    recorder.shard(shard).query(0, intendedNs, intendedNs, intendedNs, atNs, outcomes.ok);
  }
}

describe('seconds of a running phase', () => {
  it('come once each, when every shard has closed them', () => {
    const recorder = recorderOf(2, 3 * second);
    const seconds = new RunningSeconds(recorder);
    answer(recorder, 0, 0.5 * second, 2, 3);
    answer(recorder, 1, 0.5 * second, 2, 1);
    recorder.shard(0).samplePool(1.1 * second, true, 7);
    expect(seconds.next()).toBeNull();
    recorder.shard(1).samplePool(1.1 * second, false, 0);
    const first = seconds.next();
    expect(first?.second).toBe(0);
    expect(first?.shards.map(({ writes }) => writes)).toEqual([3, 1]);
    expect(first?.all).toMatchObject({ writes: 4, reads: 0, errors: 0, dropped: 0, p99Ms: null });
    expect(seconds.next()).toBeNull();
    for (const shard of recorder.shards) shard.turnTo(2 * second);
    expect(seconds.next()).toMatchObject({ second: 1, all: { writes: 0, queued: 7 } });
  });

  it('do not have a last one that the end of the window cuts short', () => {
    const recorder = recorderOf(1, 1.5 * second);
    const seconds = new RunningSeconds(recorder);
    recorder.finish();
    expect(recorder.shard(0).closed).toHaveLength(2);
    expect(seconds.next()?.second).toBe(0);
    expect(seconds.next()).toBeNull();
  });

  it('are none where the recorder keeps no series', () => {
    const options = { shardCount: 1, kinds: ['write'] as const, windowNs: second, series: false };
    const recorder = new Recorder(options);
    recorder.finish();
    expect(new RunningSeconds(recorder).next()).toBeNull();
  });
});

describe('the p99 of a running second', () => {
  it('is what one in a hundred of its queries exceeded', () => {
    const recorder = recorderOf(1, 2 * second);
    answer(recorder, 0, 0.5 * second, 2, 98);
    answer(recorder, 0, 0.6 * second, 40, 2);
    recorder.shard(0).turnTo(second);
    expect(new RunningSeconds(recorder).next()?.all.p99Ms).toBeCloseTo(40, 1);
  });

  it('reaches back for 100 queries, and no further than it must', () => {
    const recorder = recorderOf(1, 20 * second);
    answer(recorder, 0, 0.5 * second, 90, 60);
    answer(recorder, 0, 1.5 * second, 9, 60);
    answer(recorder, 0, 2.5 * second, 3, 60);
    answer(recorder, 0, 3.5 * second, 2, 100);
    recorder.shard(0).turnTo(4 * second);
    const seconds = new RunningSeconds(recorder);
    const p99s = [0, 1, 2, 3].map(() => seconds.next()?.all.p99Ms ?? null);
    expect(p99s.map((p99) => p99 && Math.round(p99))).toEqual([null, 90, 9, 2]);
  });

  it('does not reach back further than 10 seconds', () => {
    const recorder = recorderOf(1, 20 * second);
    for (let at = 0; at < 20; at++) answer(recorder, 0, (at + 0.5) * second, 2, 9);
    recorder.finish();
    const seconds = new RunningSeconds(recorder);
    for (let at = 0; at < 20; at++) expect(seconds.next()?.all.p99Ms).toBeNull();
  });

  it('is unknown where more than one in a hundred failed', () => {
    const recorder = recorderOf(1, 2 * second);
    answer(recorder, 0, 0.5 * second, 2, 198);
    const shard = recorder.shard(0);
    for (let i = 0; i < 2; i++) shard.query(0, 0, 0, 0, 0.6 * second, outcomes.failed);
    shard.drop(0.7 * second, 0);
    shard.turnTo(second);
    const all = new RunningSeconds(recorder).next()?.all;
    expect(all).toEqual({ writes: 198, reads: 0, errors: 2, dropped: 1, queued: 0, p99Ms: null });
  });
});
