import { z } from 'zod';

/** The leaves of result documents, and what a sample of times tells. */

export const count = z.int().nonnegative();
export const measure = z.number().nonnegative();
export const perhaps = measure.nullable();
export const fraction = z.number().min(0).max(1);

/** Percentiles of a distribution; `censored`: one of them falls among operations that failed. */
export const distribution = z.strictObject({
  p50: perhaps,
  p95: perhaps,
  p99: perhaps,
  p999: perhaps,
  mean: perhaps,
  max: perhaps,
  count,
});

/** Failures rank as slower than every success; `ok` are the percentiles of the successes alone. */
export const responseDistribution = z.strictObject({
  ...distribution.shape,
  censored: z.boolean(),
  ok: distribution,
});
