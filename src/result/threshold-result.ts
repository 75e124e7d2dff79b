import { z } from 'zod';
import { count, distribution, measure, perhaps } from './distribution.ts';
import { finding } from './finding.ts';

const tags = {
  operation: z.string().optional(),
  kind: z.enum(['read', 'write']).optional(),
  shard: count.optional(),
};

/** Times that a limit asks for, of one cell; where a tag is absent, all of them. */
export const watchedTimes = z.strictObject({
  metric: z.enum(['response_ms', 'service_ms', 'queue_wait_ms', 'schedule_lag_ms']),
  ...tags,
  /** Of response times: what failed, timed out or was dropped, and so has no time. */
  failures: count,
  ok: distribution,
  /** HDR histogram of the same, as those of shards. */
  histogramNs: z.string(),
});

/** A limit of the run, for one cell. */
export const thresholdResult = z.strictObject({
  /** As `--threshold` takes it. */
  expression: z.string(),
  metric: z.string(),
  tags: z.strictObject({ ...tags, strategy: z.string().optional() }),
  /** Such as `p(99)`. */
  aggregate: z.string(),
  operator: z.enum(['<', '<=', '>', '>=', '==', '!=']),
  /** In the unit of the metric. */
  limit: z.number(),
  /** The cell that was judged; null where the run has none that the limit is about. */
  strategy: z.string().nullable(),
  shardCount: count.nullable(),
  /** null where the run has no such number: the limit is broken then. */
  value: perhaps,
  /** Times that the value is of, failures included; null where it is of something else. */
  samples: count.nullable(),
  ok: z.boolean(),
  /** When it ended its cell (`abortOnFail`), since the start of the measured window. */
  endedAtMs: measure.optional(),
  note: finding,
});

export type WatchedTimesResult = z.infer<typeof watchedTimes>;
export type ThresholdResult = z.infer<typeof thresholdResult>;
