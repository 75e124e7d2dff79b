import { z } from 'zod';
import { busyProgram } from './busy-program.ts';
import { count, fraction, measure, perhaps } from './distribution.ts';
import { finding } from './finding.ts';
import { operationResult } from './operation-result.ts';
import { shardResult } from './shard-result.ts';
import { verdict } from './types.ts';

/** Part of capacity-document.ts: one window of the search. */

/** What a window says of one part of the objective. */
export const objectiveValue = z.strictObject({
  /** As `--objective` takes it. */
  expression: z.string(),
  /** null: the window has no such number, so that the objective is not held. */
  value: perhaps,
  limit: measure,
  ok: z.boolean(),
  /** Share of the operations that took longer than the limit; null where no percentile is asked. */
  lateFraction: fraction.nullable(),
  note: finding,
});

/** One shard in a window. */
export const stepShard = z.strictObject({
  shard: count,
  writeQps: measure,
  readQps: measure,
  responseMs: z.strictObject({ p50: perhaps, p99: perhaps, mean: perhaps }),
  serviceMsMean: perhaps,
  /** Mean time that a query waited for a connection. */
  queueWaitMs: perhaps,
  maxQueued: count,
  /** Share of the looks at which all connections were busy. */
  fullFraction: fraction,
  /** Mean share of its connections that were busy. */
  busyFraction: measure,
  /** null without a CPU quota. */
  throttledFraction: fraction.nullable(),
  rows: count,
  byOperation: shardResult.shape.byOperation,
});

export const capacityStep = z.strictObject({
  /** Rate that was asked for, in operations a second. */
  rateQps: measure,
  /** ramp: to find a rate that breaks the objective; bisect: between two; confirm: once more. */
  purpose: z.enum(['ramp', 'bisect', 'confirm']),
  startedAt: z.iso.datetime(),
  durationMs: measure,
  /** Operations that arrived, and those that succeeded within the window, a second. */
  offeredQps: measure,
  acceptedQps: measure,
  arrivals: count,
  /** Failed, timed out or dropped. */
  failures: count,
  responseMs: z.strictObject({ p50: perhaps, p95: perhaps, p99: perhaps, mean: perhaps }),
  /** As that of a cell of `run`. */
  verdict,
  /**
   * Whether the objective held. generator: it did not, but the load generator was late itself,
   * which says nothing about the shards. spoilt: other programs took the machine meanwhile, and the
   * window does not count.
   */
  outcome: z.enum(['held', 'broken', 'generator', 'spoilt']),
  /** Whether chance can hardly have made it so: such a window counts twice. */
  isClear: z.boolean(),
  /**
   * Whether it was broken while other programs took the machine. Such a window is spoilt, until so
   * many were that the others count as they are.
   */
  machineTaken: z.boolean(),
  objectives: z.array(objectiveValue),
  shards: z.array(stepShard),
  /** Service times by operation, over all shards. */
  operations: z.array(operationResult.pick({ operation: true, routing: true, serviceMs: true })),
  /** null: in virtual time there is none. */
  generator: z
    .strictObject({
      cpuFraction: measure,
      eventLoopUtilization: fraction,
      scheduleLagMsP99: perhaps,
      /** Other programs that used most, the busiest first; empty where none are known. */
      busiest: z.array(busyProgram),
    })
    .nullable(),
});

export type CapacityStep = z.infer<typeof capacityStep>;
export type StepShard = z.infer<typeof stepShard>;
export type ObjectiveValue = z.infer<typeof objectiveValue>;
