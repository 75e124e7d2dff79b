import { z } from 'zod';
import {
  count,
  distribution,
  fraction,
  measure,
  perhaps,
  responseDistribution,
} from './distribution.ts';
import { shardServer } from './shard-server.ts';

export const seriesRow = z.strictObject({
  /** Whole seconds since the start of the measured window. */
  second: count,
  writes: count,
  reads: count,
  errors: count,
  responseMsP50: perhaps,
  responseMsP99: perhaps,
  /** Shard queries waiting for a connection at the end of the second. */
  queued: count,
  /** Mean wait for a connection of the queries that ended within the second. */
  waitMs: perhaps.optional(),
  /** Checkpoints that the shard ended within the second; absent where nobody looked. */
  checkpoints: count.optional(),
  /** Log that the shard's server wrote, as two looks a second have it. */
  walBytes: count.optional(),
});

export const shardResult = z.strictObject({
  shard: count,
  /** Successful shard queries that finished within the window, per second. */
  writeQps: measure,
  readQps: measure,
  /** Shard queries sent whose operation was intended within the window; exact counters. */
  writesSent: count,
  readsSent: count,
  responseMs: responseDistribution,
  serviceMs: distribution,
  queueWaitMs: distribution,
  errors: count,
  timeouts: count,
  /** Rows and bytes after the load, before the first operation. */
  rows: count,
  bytes: count,
  /**
   * Share of the CPU scheduler's periods in which the shard was held back; null without a quota.
   */
  throttledFraction: fraction.nullable(),
  pool: z.strictObject({
    max: count,
    /** Mean time a shard query waited for a connection. */
    waitMs: perhaps,
    /** Share of samples in which every connection was busy. */
    fullFraction: fraction,
    maxQueued: count,
  }),
  /** Shard queries by operation, in the order of operations[]. */
  byOperation: z.array(
    z.strictObject({
      operation: z.string(),
      qps: measure,
      /** Of the successful ones; absent in results from before it was measured. */
      serviceMs: z.strictObject({ mean: perhaps, count }).optional(),
    }),
  ),
  /** HDR histograms (V2, compressed, base64), values in nanoseconds. */
  /** Absent where no server was asked: simulated, or in documents of earlier versions. */
  server: shardServer.optional(),
  histograms: z.strictObject({ responseNs: z.string(), serviceNs: z.string() }),
  series: z.array(seriesRow),
});
