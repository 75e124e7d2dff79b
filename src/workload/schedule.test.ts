import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArrivalProcess } from '../scenario/types.ts';
import { atTheStart } from './phases.ts';
import { expectedArrivals, scheduleOf } from './schedule.ts';

const second = 1e9;

const timeOf = (arrivals: ArrivalProcess, expected: number, durationNs = 10 * second): number =>
  scheduleOf(arrivals, durationNs).timeOf(expected);

const rate = fc.double({ min: 0.5, max: 1e5, noNaN: true });
const burstMs = fc.integer({ min: 1, max: 10_000 });
const anyProcess: fc.Arbitrary<ArrivalProcess> = fc.oneof(
  fc.record({ process: fc.constant('poisson' as const), ratePerSecond: rate }),
  fc.record({
    process: fc.constant('burst' as const),
    onPerSecond: rate,
    offPerSecond: fc.oneof(rate, fc.constant(0)),
    onMs: burstMs,
    offMs: burstMs,
  }),
  fc.record({
    process: fc.constant('ramp' as const),
    fromPerSecond: rate,
    toPerSecond: rate,
  }),
);

describe('schedule', () => {
  test('constant and Poisson: expectation / rate', () => {
    expect(timeOf({ process: 'constant', ratePerSecond: 800 }, 1)).toBe(1_250_000);
    expect(timeOf({ process: 'poisson', ratePerSecond: 800 }, 800)).toBe(second);
  });

  test('bursts: 100 in the first second, then 10 in 9 s, and again', () => {
    const burst = {
      process: 'burst',
      onPerSecond: 100,
      offPerSecond: 10 / 9,
      onMs: 1000,
      offMs: 9000,
    } as const;
    expect(timeOf(burst, 50)).toBeCloseTo(0.5 * second, 3);
    expect(timeOf(burst, 105)).toBeCloseTo(5.5 * second, 0);
    expect(timeOf(burst, 110 + 25)).toBeCloseTo(10.25 * second, 0);
  });

  test('bursts with silence between them, and with silence first', () => {
    const silent = { process: 'burst', onPerSecond: 100, offPerSecond: 0, onMs: 1000, offMs: 4000 };
    expect(timeOf({ ...silent, process: 'burst' }, 101)).toBeCloseTo(5.01 * second, 0);
    const late = { ...silent, process: 'burst', onPerSecond: 0, offPerSecond: 25 } as const;
    expect(timeOf(late, 1)).toBeCloseTo(1.04 * second, 0);
    expect(timeOf(late, 101)).toBeCloseTo(6.04 * second, 0);
  });

  test('a ramp from 0 to 200/s in 10 s: 1,000 in all, a quarter of them in the first half', () => {
    const ramp = { process: 'ramp', fromPerSecond: 0, toPerSecond: 200 } as const;
    expect(timeOf(ramp, 0)).toBe(0);
    expect(timeOf(ramp, 250)).toBeCloseTo(5 * second, 0);
    expect(timeOf(ramp, 1000)).toBeCloseTo(10 * second, 0);
  });

  test('a falling ramp ends: no time has more than its sum', () => {
    const ramp = { process: 'ramp', fromPerSecond: 200, toPerSecond: 0 } as const;
    expect(timeOf(ramp, 750)).toBeCloseTo(5 * second, 0);
    expect(timeOf(ramp, 1001)).toBe(Infinity);
  });

  test('a level ramp is Poisson, and a warm-up keeps the starting rate', () => {
    const level = { process: 'ramp', fromPerSecond: 50, toPerSecond: 50 } as const;
    expect(timeOf(level, 100)).toBeCloseTo(2 * second, 3);
    const ramp = { process: 'ramp', fromPerSecond: 50, toPerSecond: 500 } as const;
    expect(scheduleOf(atTheStart(ramp), second).timeOf(100)).toBeCloseTo(2 * second, 3);
    const fromNothing = { process: 'ramp', fromPerSecond: 0, toPerSecond: 9 } as const;
    expect(scheduleOf(atTheStart(fromNothing), second).timeOf(0.1)).toBe(Infinity);
  });

  test('time never falls as the expectation rises', () => {
    const expectations = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(anyProcess, expectations, (any, values) => {
        const times = values.toSorted((a, b) => a - b).map((value) => timeOf(any, value));
        times.forEach((time, i) => {
          // Within a nanosecond: rounding at the seams of bursts.
          expect(time).toBeGreaterThanOrEqual((times[i - 1] ?? 0) - 1);
        });
      }),
    );
  });

  test('as many are expected in a phase as fit before its end', () => {
    const seconds = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(anyProcess, seconds, (any, length) => {
        const durationMs = length * 1000;
        const expected = expectedArrivals(any, durationMs);
        // A hair less and a hair more: at the seam of a burst and silence the time jumps.
        const end = timeOf(any, expected * (1 - 1e-9) - 1e-6, durationMs * 1e6);
        const after = timeOf(any, expected * (1 + 1e-9) + 1e-6, durationMs * 1e6);
        expect(end).toBeLessThanOrEqual(durationMs * 1e6 * (1 + 1e-6) + 1);
        expect(after).toBeGreaterThanOrEqual(durationMs * 1e6 * (1 - 1e-6) - 1);
      }),
    );
  });

  test('a warm-up is expected to keep the rate at which a ramp begins', () => {
    const ramp = { process: 'ramp', fromPerSecond: 50, toPerSecond: 150 } as const;
    expect(expectedArrivals(ramp, 10_000)).toBe(1000);
    expect(expectedArrivals(atTheStart(ramp), 10_000)).toBe(500);
  });
});
