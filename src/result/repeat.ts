import { z } from 'zod';
import { count, distribution, fraction, measure, responseDistribution } from './distribution.ts';

/** One part of a cell's window, measured between the parts of other cells. */
export const repeatResult = z.strictObject({
  /** From 0 on. */
  repeat: count,
  /** Which turn of the whole run it had, from 0 on. */
  turn: count,
  startedAt: z.iso.datetime(),
  durationMs: measure,
  offeredQps: measure,
  acceptedQps: measure,
  responseMs: responseDistribution,
  /** Shard queries of all operations together. */
  serviceMs: distribution,
  /** In the order of the cell's operations. */
  operations: z.array(
    z.strictObject({
      operation: z.string(),
      responseMs: responseDistribution,
      serviceMs: distribution,
    }),
  ),
  shards: z.array(z.strictObject({ shard: count, responseMs: responseDistribution })),
  /** Means of what other programs, and the hypervisor, took of the processors; null: not known. */
  machine: z.strictObject({
    foreignFraction: fraction.nullable(),
    stealFraction: fraction.nullable(),
  }),
});

/** Place by latency, 1 is the fastest; ties span several: what no interval tells apart. */
export const latencyRank = z.strictObject({ from: count, to: count });

export type RepeatResult = z.infer<typeof repeatResult>;
export type LatencyRank = z.infer<typeof latencyRank>;
