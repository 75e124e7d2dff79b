import { z } from 'zod';
import { alarm } from './alarm.ts';
import { cellWork } from './cell-work.ts';
import {
  count,
  distribution,
  fraction,
  measure,
  perhaps,
  responseDistribution,
} from './distribution.ts';
import { fanOutResult } from './fan-out-result.ts';
import { finding } from './finding.ts';
import { generatorResult } from './generator-result.ts';
import { lookupResult } from './lookup.ts';
import { difference, differenceFamily } from './difference.ts';
import { latencyRank, repeatResult } from './repeat.ts';
import { errorCount, operationResult } from './operation-result.ts';
import { type seriesRow, shardResult } from './shard-result.ts';
import { lostConstraint, notRunnable, tableResult } from './table-result.ts';
import { tenantClassResult } from './tenant-class.ts';
import { thresholdResult, watchedTimes } from './threshold-result.ts';
import { walResult } from './wal-result.ts';

/**
 * The output document of `run` and of `simulate`, `"schema": "shardlab/result/v2"`.
 * Names and meanings follow the documentation; times are milliseconds where a name ends in Ms.
 * A number the sample is too small for is null, never NaN and never a guess.
 */

/** In the order in which they are decided: the first that holds is a cell's. */
export const verdictStatuses = [
  'SATURATED',
  'FAILING',
  'EMPTY',
  'DRIFTING',
  'EXTRAPOLATED',
  'GENERATOR-BOUND',
  'TOO-FEW-SAMPLES',
  'NOISY',
  'VALID',
] as const;

export const verdict = z.strictObject({
  status: z.enum(verdictStatuses),
  /** The first belongs to the status. */
  reasons: z.array(finding),
});

/** Spread of one quantity (write QPS, rows, bytes) over the shards. */
export const spread = z.strictObject({
  maxOverMean: perhaps,
  /** Standard deviation / mean. */
  cv: perhaps,
  gini: perhaps,
});

export const writeSpread = z.strictObject({
  ...spread.shape,
  /** What a perfect hash would show with this many distinct keys. */
  idealMaxOverMean: perhaps,
  /** Expected max/mean that no router on this shard key can beat, from the realised arrivals. */
  tenantFloor: perhaps,
  /** max/mean over 1,000 hash salts of this router; null for a router without a hash. */
  band: z.strictObject({ p5: measure, p50: measure, p95: measure, salts: count }).nullable(),
});

export const cell = z.strictObject({
  /** `single`, or shard key/router. */
  strategy: z.string(),
  /** null for `single`. */
  shardKey: z.string().nullable(),
  router: z.string().nullable(),
  hash: z.string().nullable(),
  shardCount: count,
  status: z.enum(['ok', 'failed', 'interrupted']),
  /** Why a cell is not ok. */
  error: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** Which measurement of this cell it is: 2 where the machine spoilt the first; absent: 1. */
  attempt: count.optional(),
  /** Things a person should know about this cell: router warnings, non-atomic writes. */
  notes: z.array(finding),
  verdict: verdict.nullable(),
  load: z
    .strictObject({
      offeredQps: measure,
      /** Successful operations that finished within the window, per second. */
      acceptedQps: measure,
      /** = ok + failed + timedOut + dropped. */
      arrivals: count,
      ok: count,
      /** Of ok; absent in documents of earlier versions. */
      expected: count.optional(),
      failed: count,
      timedOut: count,
      dropped: count,
      /**
       * Arrivals of operations that the strategy cannot run: they are none of `arrivals`. Absent
       * where every operation runs.
       */
      skipped: count.optional(),
      errorsByCode: z.record(z.string(), count),
      /** Example message for each code. */
      errorMessages: z.record(z.string(), z.string()),
    })
    .nullable(),
  generator: generatorResult.nullable(),
  overall: z.strictObject({ responseMs: responseDistribution }).nullable(),
  shards: z.array(shardResult),
  operations: z.array(operationResult),
  /** Absent in documents of earlier versions. */
  errors: z.array(errorCount).optional(),
  imbalance: z.strictObject({ writeQps: writeSpread, rows: spread, bytes: spread }).nullable(),
  fanOut: fanOutResult.nullable(),
  /**
   * Response times by class of tenant. Absent where no tenant is larger than another, where the
   * rate rises, and in documents of earlier versions.
   */
  tenantClasses: z.array(tenantClassResult).optional(),
  /** Where the tables of a scenario with several lie; absent in the short form of one table. */
  tables: z.array(tableResult).optional(),
  /** Absent in the short form. */
  lostConstraints: z.array(lostConstraint).optional(),
  /** Absent where the strategy can run the whole workload. */
  notRunnable: notRunnable.optional(),
  /** Absent in documents of earlier versions, and where nothing was measured. */
  work: cellWork.optional(),
  /** Absent where no limit asks for times. */
  watched: z.array(watchedTimes).optional(),
  /** Absent where the window was measured in one piece. */
  repeats: z.array(repeatResult).optional(),
  /** Absent where repeats are too few for claims. */
  latencyRank: latencyRank.optional(),
  /** Absent where routing needed no look-up. */
  lookup: lookupResult.optional(),
  alarms: z.array(alarm),
  /** Absent where no server was asked, or where no row was written. */
  wal: walResult.optional(),
  /** What the servers did meanwhile, summed over the shards. */
  server: z
    .strictObject({
      checkpoints: count,
      /** Of them those that checkpoint_timeout began. */
      checkpointsTimed: count.optional(),
      autovacuums: count,
      walBytes: count,
    })
    .nullable(),
});

export const skew = z.strictObject({ top1: fraction, top10: fraction, top1pct: fraction });

export const runResult = z.strictObject({
  schema: z.literal('shardlab/result/v2'),
  name: z.string(),
  description: z.string(),
  seed: z.int(),
  arrivalsDigest: z.string(),
  startedAt: z.iso.datetime(),
  source: z.enum(['measured', 'simulated']),
  /** The command that repeats this run. */
  command: z.string(),
  environment: z.strictObject({
    shardlab: z.string(),
    node: z.string(),
    postgres: z.string(),
    os: z.string(),
    cpu: z.string(),
    cores: count,
    memoryBytes: count,
    fleet: z.string(),
    /** What the shards are, in words: engine, image, limits. */
    shards: z.string(),
    /** Things a person should know about these shards, or about the model that stands for them. */
    notes: z.array(finding),
    /** Version and settings of each shard's server. */
    servers: z.array(
      z.strictObject({ version: z.string(), settings: z.record(z.string(), z.string()) }),
    ),
    fileSystem: z.string(),
    /** fsync and synchronous_commit in words. */
    durability: z.string(),
    gitCommit: z.string().nullable(),
  }),
  tenants: z.strictObject({ count, asked: skew, achieved: skew }),
  window: z.strictObject({
    durationMs: measure,
    warmupMs: measure,
    /** Cells in the order in which they were measured, drawn from the seed. */
    cellOrder: z.array(z.string()),
  }),
  /** What the numbers mean together. */
  findings: z.array(finding),
  /** The scenario as understood, all defaults filled in. */
  scenario: z.record(z.string(), z.json()),
  cells: z.array(cell),
  /** Earlier measurements of cells that the machine spoilt; absent where there are none. */
  spoilt: z.array(cell).optional(),
  /** Differences of latency between strategies; absent without repeats. */
  comparison: z
    .strictObject({ family: differenceFamily, differences: z.array(difference) })
    .optional(),
  /** Limits of the run, each for each cell that it is about; absent where none is set. */
  thresholds: z.array(thresholdResult).optional(),
});

export type Distribution = z.infer<typeof distribution>;
export type ResponseDistribution = z.infer<typeof responseDistribution>;
export type Verdict = z.infer<typeof verdict>;
export type VerdictStatus = (typeof verdictStatuses)[number];
export type Spread = z.infer<typeof spread>;
export type WriteSpread = z.infer<typeof writeSpread>;
export type SeriesRow = z.infer<typeof seriesRow>;
export type ShardResult = z.infer<typeof shardResult>;
export type OperationResult = z.infer<typeof operationResult>;
export type ErrorCount = z.infer<typeof errorCount>;
export type Alarm = z.infer<typeof alarm>;
export type Cell = z.infer<typeof cell>;
export type Skew = z.infer<typeof skew>;
export type RunResult = z.infer<typeof runResult>;
