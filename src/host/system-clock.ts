import type { Clock } from '../base/clock.ts';

/**
 * Nanoseconds on the machine's monotonic clock, the same in every thread of the process.
 * process.hrtime.bigint() allocates on every call; performance.now() does not, but counts from
 * another origin in each thread, so the difference is measured once.
 */
export function systemClock(): Clock {
  const originNs = measureOriginNs();
  return { nowNs: () => performance.now() * 1e6 + originNs };
}

/**
 * The smallest of several readings is the one that was interrupted least between its two clocks.
 */
function measureOriginNs(): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 20; i++) {
    const before = performance.now();
    const hrtime = Number(process.hrtime.bigint());
    best = Math.min(best, hrtime - before * 1e6);
  }
  return best;
}
