import { z } from 'zod';
import { count, distribution, fraction, measure, responseDistribution } from './distribution.ts';
import { finding } from './finding.ts';
import { fates } from './table-result.ts';

export const operationResult = z.strictObject({
  operation: z.string(),
  kind: z.enum(['read', 'write']),
  /** How this strategy routes it. */
  routing: z.enum(['single-shard', 'multi-shard', 'scatter-gather']),
  /** The same with what routing does not tell apart; absent in documents of earlier versions. */
  fate: z.enum(fates).optional(),
  /** Why the fate is not single; absent in the short form of one table. */
  reason: finding.optional(),
  /** Whether it runs by the way round that the scenario names (`instead`). */
  instead: z.literal(true).optional(),
  /** Share of its runs that are transactions across shards; absent in earlier versions. */
  crossShardFraction: fraction.optional(),
  arrivals: count,
  /** Arrivals that were not run, because the strategy cannot run the operation. */
  skipped: count.optional(),
  qps: measure,
  /** = failed + timedOut + dropped. */
  errors: count,
  /** Absent in documents of earlier versions, as `expected`. */
  ok: count.optional(),
  failed: count.optional(),
  timedOut: count.optional(),
  dropped: count.optional(),
  /** Of ok: those with an error that `expect` names, or that the operation rolled back itself. */
  expected: count.optional(),
  /** Rows of its successful shard queries; absent where nobody counts them (simulated). */
  rowsReturned: count.optional(),
  rowsAffected: count.optional(),
  responseMs: responseDistribution,
  /**
   * Service times of its successful shard queries, on all shards, and within what their mean lies
   * with 95 %: by means of parts of the window, null of too few. Absent in results from
   * before it was measured.
   */
  serviceMs: z
    .strictObject({
      ...distribution.shape,
      meanInterval: z.strictObject({ low: measure, high: measure }).nullable(),
    })
    .optional(),
  /** HDR histogram as those of shards. */
  histograms: z.strictObject({ serviceNs: z.string() }).optional(),
});

/** Failed shard queries of one code, operation and shard, apart from those that `expect` names. */
export const errorCount = z.strictObject({
  /** SQLSTATE, an errno name, or `timeout`. */
  code: z.string(),
  /** Of the first one; values of rows are masked. */
  message: z.string(),
  operation: z.string(),
  /** null: the operation timed out as a whole. */
  shard: count.nullable(),
  count,
  /** When the first and the last were seen, since the start of the measured window. */
  firstMs: measure,
  lastMs: measure,
});
