import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CpuQuota, quotaPeriodNs } from './cpu-quota.ts';

const second = 1e9;

describe('a CPU quota', () => {
  test('lets work run until the budget of its period is used up', () => {
    const quota = new CpuQuota(0.3, second);
    // 3 ms of each 10 ms: the first two fit, the third stands still from 3 ms to 10 ms.
    expect(quota.finish(0, 1e6)).toBe(1e6);
    expect(quota.finish(1e6, 1.5e6)).toBe(2.5e6);
    expect(quota.throttledPeriods).toBe(0);
    expect(quota.finish(2.5e6, 1e6)).toBe(10.5e6);
    expect(quota.throttledPeriods).toBe(1);
  });

  test('spreads long work over periods: 10 ms at 0.25 take three periods and 2.5 ms', () => {
    const quota = new CpuQuota(0.25, second);
    expect(quota.finish(0, 10e6)).toBe(32.5e6);
    expect(quota.throttledPeriods).toBe(3);
  });

  test('gives up what is not done in time, and leaves later periods to others', () => {
    const quota = new CpuQuota(0.25, second);
    // A second of work would need 4 s; after 30 ms its time is over.
    expect(quota.finish(0, 1e9, 30e6)).toBeGreaterThan(30e6);
    expect(quota.finish(40e6, 1e6)).toBe(41e6);
  });

  test('begins anew with each period', () => {
    const quota = new CpuQuota(0.1, second);
    for (let period = 0; period < 200; period += 1) {
      const start = period * quotaPeriodNs + 5e6;
      expect(quota.finish(start, 1e6)).toBe(start + 1e6);
    }
    expect(quota.throttledPeriods).toBe(0);
  });

  test('never gives a period more than its budget, and loses no work', () => {
    const work = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 4e6 }), fc.integer({ min: 0, max: 9e7 })),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 19 }), (jobs, twentieths) => {
        const quota = new CpuQuota(twentieths / 20, second);
        let start = 0;
        let total = 0;
        for (const [pause, workNs] of jobs) {
          start += pause;
          // One server: the next job waits for this one.
          start = quota.finish(start, workNs);
          total += workNs;
        }
        const periods = Math.floor(start / quotaPeriodNs) + 1;
        expect(total).toBeLessThanOrEqual(periods * (twentieths / 20) * quotaPeriodNs + 1);
        expect(start).toBeGreaterThanOrEqual(total);
      }),
    );
  });

  test('counts throttled periods of the window only', () => {
    const quota = new CpuQuota(0.5, 20e6);
    quota.finish(0, 100e6);
    expect(quota.throttledPeriods).toBe(2);
  });
});
