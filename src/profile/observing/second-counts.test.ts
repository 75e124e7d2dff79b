import { expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { Dispersion } from './dispersion.ts';
import { partsMost, SecondCounts } from './second-counts.ts';

test('statements are counted by second', () => {
  const seconds = new SecondCounts();
  expect(seconds.perSecond()).toEqual([]);
  for (const at of [5000, 5999, 6000, 8500, 5500]) seconds.add(at);
  expect(seconds.perSecond()).toEqual([3, 1, 0, 1]);
});

test('a longer time has wider parts, and the same rate', () => {
  const seconds = new SecondCounts();
  const length = 5 * partsMost;
  for (let second = 0; second < length; second += 1) {
    seconds.add(second * 1000);
    seconds.add(second * 1000 + 500);
  }
  const rates = seconds.perSecond();
  expect(rates).toHaveLength(length / 8);
  expect(rates.every((rate) => rate === 2)).toBe(true);
});

test('a time of another age does no harm', () => {
  const seconds = new SecondCounts();
  for (const at of [0, 1000, 8.64e15, -8.64e15]) seconds.add(at);
  expect(seconds.perSecond().length).toBeLessThanOrEqual(partsMost);
  expect([seconds.fromMs, seconds.toMs]).toEqual([-8.64e15, 8.64e15]);
});

test('arrivals at random have an index of dispersion of 1, those in bursts of 10 of 10', () => {
  const rng = rngFrom(3, 'dispersion');
  const poisson = new Dispersion();
  const bursts = new Dispersion();
  const seconds = 20_000;
  let at = 0;
  while (at < seconds * 1000) {
    poisson.add(at);
    for (let i = 0; i < 10; i += 1) bursts.add(at);
    at += -200 * Math.log(1 - rng.double());
  }
  // The variance of the index is 2 / (seconds - 1).
  expect(Math.abs((poisson.index(seconds) ?? 0) - 1)).toBeLessThan(4 * Math.sqrt(2 / seconds));
  expect(Math.abs((bursts.index(seconds) ?? 0) / 10 - 1)).toBeLessThan(0.06);
});

test('few calls, or a short time, have no index', () => {
  const few = new Dispersion();
  for (let i = 0; i < 99; i += 1) few.add(i * 1000);
  expect(few.index(99)).toBeNull();
  few.add(99_000);
  expect(few.index(100)).toBeCloseTo(0, 9);
  expect(few.index(20)).toBeNull();
});
