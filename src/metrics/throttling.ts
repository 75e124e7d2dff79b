/** Running totals of the CPU scheduler for one shard. */
interface Periods {
  /** Scheduler periods in which the shard wanted to run. */
  readonly periods: number;
  /** Those in which it used up its quota and was held back. */
  readonly throttled: number;
}

/**
 * Share of the scheduler's periods between two looks in which a shard was held back by its quota;
 * null where nobody counts.
 */
export function throttledFraction(before: Periods | null, after: Periods | null): number | null {
  if (before === null || after === null) return null;
  const periods = after.periods - before.periods;
  return periods === 0 ? 0 : (after.throttled - before.throttled) / periods;
}
