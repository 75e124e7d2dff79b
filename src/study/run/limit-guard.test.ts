import { expect, test } from 'vitest';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { outcomes } from '../../metrics/outcome.ts';
import { WatchedTimes } from '../../metrics/watched-times.ts';
import { watchedKinds } from '../../traffic/running-limits.ts';
import { LimitBroken } from '../cells/limit-broken.ts';
import { guardLimits } from './limit-guard.ts';

const operations = [{ name: 'place' }];

const limit: Threshold = {
  metric: 'errors',
  tags: {},
  aggregate: { name: 'count', percentile: null },
  operator: '<',
  limit: 2,
  abortOnFail: true,
  delayAbortEvalMs: 3000,
};

/** A clock that stands still until it is looked at, once a second. */
function byHand() {
  let nowNs = 5e9;
  let look = (): void => undefined;
  let stopped = false;
  const ticker = (_: number, tick: () => void) => {
    look = tick;
    return () => {
      stopped = true;
    };
  };
  const pass = (): void => {
    nowNs += 1e9;
    look();
  };
  return { clock: { nowNs: () => nowNs }, ticker, pass, isStopped: () => stopped };
}

test('a running cell ends by a limit, after its delay, with the value that broke it', async () => {
  const watched = new WatchedTimes(watchedKinds([limit], operations, 2), ['write']);
  const hand = byHand();
  const guard = guardLimits({ thresholds: [limit], operations }, watched, hand);
  let ended: unknown = null;
  guard.broken.catch((error: unknown) => {
    ended = error;
  });
  for (let i = 0; i < 2; i += 1) watched.operation(0, 1e6, 0, outcomes.failed);
  for (const expected of [false, false, true]) {
    hand.pass();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended instanceof LimitBroken).toBe(expected);
  }
  expect(ended).toMatchObject({
    exitCode: 4,
    limit: { threshold: limit, atMs: 3000, measured: { value: 2 } },
    message: 'the limit errors: count<2 was broken after 3 s of the window: it ended the run',
  });
  guard.stop();
  expect(hand.isStopped()).toBe(true);
});

test('nobody looks where no limit ends a run', () => {
  const hand = byHand();
  const watched = new WatchedTimes([], []);
  const thresholds = [{ ...limit, abortOnFail: false }];
  guardLimits({ thresholds, operations }, watched, hand).stop();
  expect(hand.isStopped()).toBe(false);
});
