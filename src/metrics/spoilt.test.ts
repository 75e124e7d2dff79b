import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { verdictStatuses } from '../result/types.ts';
import { spoiltBy } from './spoilt.ts';

const seconds = (foreign: readonly (number | null)[], steal = 0) =>
  foreign.map((foreignFraction, second) => ({ second, foreignFraction, stealFraction: steal }));

const quiet = seconds([0.02, 0, 0.04, 0, 0.01, 0]);
const drifting = { reason: 'drifting-on-a-busy-machine' };

test('what cannot be the strategy is measured again on any machine', () => {
  expect(spoiltBy('GENERATOR-BOUND', quiet)).toEqual({ reason: 'generator-bound' });
  expect(spoiltBy('NOISY', [])).toEqual({ reason: 'noisy' });
});

test('a drift is measured again where others took the machine for a third of the window', () => {
  expect(spoiltBy('DRIFTING', quiet)).toBeNull();
  expect(spoiltBy('DRIFTING', [])).toBeNull();
  expect(spoiltBy('DRIFTING', seconds([null, null, null]))).toBeNull();
  expect(spoiltBy('DRIFTING', seconds([0, 0, 0, 0.5, 0.5, 0]))).toEqual(drifting);
  // One bad second of six is 0.09 over a third: less than what a drift between thirds takes.
  expect(spoiltBy('DRIFTING', seconds([0, 0, 0, 0.18, 0, 0]))).toBeNull();
  expect(spoiltBy('DRIFTING', seconds([0, 0, 0, 0.2, 0, 0]))).toEqual(drifting);
});

test('stolen time counts also where the shards are elsewhere', () => {
  expect(spoiltBy('DRIFTING', seconds([null, null, null], 0.05))).toEqual(drifting);
  expect(spoiltBy('DRIFTING', seconds([null, null, null], 0.049))).toBeNull();
});

test('full shards and failures are measured again where others took much all the time', () => {
  const overloaded = { reason: 'overloaded-on-a-busy-machine' };
  for (const status of ['SATURATED', 'FAILING'] as const) {
    expect(spoiltBy(status, quiet)).toBeNull();
    expect(spoiltBy(status, seconds([0, 0, 0, 0.5, 0.5, 0]))).toBeNull();
    expect(spoiltBy(status, seconds([0.5, 0.4, 0.5]))).toEqual(overloaded);
    expect(spoiltBy(status, seconds([null, null], 0.1))).toEqual(overloaded);
  }
});

test('no other verdict is the machine, however busy it was', () => {
  const rest = verdictStatuses.filter(
    (status) => !['GENERATOR-BOUND', 'NOISY', 'DRIFTING', 'SATURATED', 'FAILING'].includes(status),
  );
  for (const status of rest) expect(spoiltBy(status, seconds([1, 1, 1], 1))).toBeNull();
});

test('more foreign time never makes a spoilt cell a good one', () => {
  const window = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(window, fc.double({ min: 0, max: 1, noNaN: true }), (foreign, more) => {
      const busier = foreign.map((fraction) => Math.min(1, fraction + more));
      const before = spoiltBy('DRIFTING', seconds(foreign));
      const after = spoiltBy('DRIFTING', seconds(busier));
      expect([before, drifting]).toContainEqual(after);
    }),
  );
});
