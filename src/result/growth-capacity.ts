import { z } from 'zod';
import { finding } from './finding.ts';

/** Part of growth-document.ts: what one shard count takes, and for how long. */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
const fraction = z.number().min(0).max(1);
/** A share that rounding may carry a hair past 1. */
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);

const months = z.strictObject({
  p10: measure.nullable(),
  p50: measure.nullable(),
  p90: measure.nullable(),
});

/** One operation on the fullest shard. */
export const operationDemand = z.strictObject({
  operation: z.string(),
  routing: z.enum(['single-shard', 'multi-shard', 'scatter-gather']),
  share: fraction,
  /** Relative to the mix: its mean is 1. */
  cost: measure,
  /**
   * How the cost is known, and where it lies with 95 %; absent in documents of earlier versions.
   */
  costSource: z.enum(['given', 'measured', 'unmeasured']).optional(),
  costInterval: z.strictObject({ low: measure, high: measure }).nullable().optional(),
  /** Of the work of all operations where everything is on one database. */
  workShare: share.optional(),
  scan: z.boolean(),
  /** P(it touches the fullest shard). */
  touches: share,
  /** share x touches x cost. */
  work: measure,
});

export const shardState = z.strictObject({
  shard: count,
  /** Work for each operation of the mix; a database that holds everything has 1. */
  work: measure,
  /** As the row's: null where no capacity is known. */
  utilisation: measure.nullable(),
  bytes: measure,
  diskFraction: measure,
});

/**
 * What is known about a row's capacity. at least: it was seen to do so much, and may do more, so
 * that months are at least those given, and nothing is known to be full. unknown: months and
 * capacities are null.
 */
export const capacityBounds = ['known', 'at least', 'unknown'] as const;

const band = z.strictObject({ p5: measure, p50: measure, p95: measure });

/**
 * What the same router does with other placements of the keys, each as likely as the next. The row
 * has the one in the middle; months are those of the middle trend.
 */
export const placements = z.strictObject({
  count,
  /** salts: of the hash. keys: the hash is fixed, and the tenants are given other ids. */
  over: z.enum(['salts', 'keys']),
  effectiveShards: band,
  capacityQps: band.nullable(),
  capacityRatio: band,
  monthsToFull: z
    .strictObject({
      p5: measure.nullable(),
      p50: measure.nullable(),
      p95: measure.nullable(),
    })
    .nullable(),
});

/** What one count buys. */
export const capacityRow = z.strictObject({
  /** null: one unsharded instance. */
  strategy: z.string().nullable(),
  shardCount: count,
  /** Absent in documents of earlier versions, which took every capacity to be known. */
  bound: z.enum(capacityBounds).optional(),
  /** Operations of the mix a second when the fullest shard is at its capacity; the writes in it. */
  capacityQps: measure.nullable(),
  /** It is less than this, by a rate at which a run was SATURATED; null: not known. */
  capacityQpsHigh: measure.nullable().optional(),
  writeCapacityQps: measure.nullable(),
  /** Capacity over that of the present; null: it is not known how the present shards are filled. */
  capacityRatio: measure.nullable(),
  /** Of one shard: how it is known is in `basis`. */
  databaseQps: measure.nullable(),
  basis: finding,
  /** Capacity over that of one database: how many databases' work so many shards do. */
  effectiveShards: measure,
  /** null: the placement follows from the keys, or growth.present says it. */
  placements: placements.nullable().optional(),
  /** The fullest shard, and why it is. */
  hottest: z.strictObject({
    shard: count,
    /** Work that the shard key directs to it, and what that would be if all shards had the same. */
    keyedWork: measure,
    evenKeyedWork: measure,
    scatterWork: measure,
    operations: z.array(operationDemand),
  }),
  why: finding,
  /** Utilisation of the fullest and of the mean shard today: of `databaseQps`. */
  utilisation: z.strictObject({ max: measure, mean: measure }).nullable(),
  shards: z.array(shardState),
  /** null: not known. */
  monthsToFull: months.nullable(),
  monthsToFullBy: z.strictObject({ load: months.nullable(), bytes: months }),
  horizonMonths: measure,
  firstToFill: z
    .strictObject({
      shard: count,
      by: z.enum(['load', 'bytes']),
      /** Share of the futures that fill a shard in which it is this one. */
      fraction: fraction,
      why: finding,
    })
    .nullable(),
});
