import { z } from 'zod';
import { finding, type Unworded } from './finding.ts';

/**
 * The output document of `bench`, `"schema": "shardlab/bench/v2"`: what the hot path of each router
 * costs on this machine, by the number of shards. Units are in the names; ns and keys/s are over
 * batches of look-ups.
 */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();

/** Median and quartiles over the batches. */
export const batchSpread = z.strictObject({
  p25: measure,
  p50: measure,
  p75: measure,
  batches: count,
  /** Look-ups in each batch. */
  lookups: count,
});

/** What a router costs at one number of shards. null: it takes no keys of that type. */
export const hotPath = z.strictObject({
  lookupNsString: batchSpread.nullable(),
  lookupNsBytes: batchSpread.nullable(),
  lookupNsInt64: batchSpread.nullable(),
  bulkKeysPerSecond: batchSpread.nullable(),
  buildMs: measure,
  /** null: why stands in `notes`. */
  addShardMs: measure.nullable(),
  memoryBytes: measure,
  /** Of the heap, the least of several passes; null where garbage was collected in all. */
  allocatedBytesPerLookup: z.strictObject({
    string: measure.nullable(),
    bytes: measure.nullable(),
    int64: measure.nullable(),
    bulk: measure.nullable(),
  }),
  /** Keys of the fullest shard over those of the mean one, `keys` distinct ones of equal weight. */
  peakToMean: z.strictObject({
    value: measure,
    keys: count,
    /** What a perfect hash shows with so many keys, on average. */
    ideal: measure.nullable(),
  }),
  /** Digests of the shards of the keys that were timed, in their order. */
  checksums: z.strictObject({ text: z.string().nullable(), int8: z.string().nullable() }),
  notes: z.array(finding),
});

export const benchRow = z.strictObject({
  /** As a command line names it: `ring:150`. */
  router: z.string(),
  hash: z.string().nullable(),
  shardCount: count,
  /** null: why stands in `reasons`. */
  hotPath: hotPath.nullable(),
  reasons: z.array(finding),
});

export const benchDocument = z.strictObject({
  schema: z.literal('shardlab/bench/v2'),
  startedAt: z.iso.datetime(),
  /** The command that makes it again. */
  command: z.string(),
  shardlab: z.string(),
  machine: z.strictObject({
    node: z.string(),
    os: z.string(),
    cpu: z.string(),
    cores: count,
    memoryBytes: count,
    gitCommit: z.string().nullable(),
  }),
  seed: z.int(),
  shardCounts: z.array(count),
  keyTypes: z.array(z.enum(['text', 'int8'])),
  maxTimeSeconds: measure,
  /** Keys of the timed loops, and one of them. */
  keys: z.strictObject({ count, text: z.string(), int8: z.string() }),
  /** Whether somebody stopped it: rows that are missing were not measured. */
  interrupted: z.boolean(),
  rows: z.array(benchRow),
});

export type BatchSpread = z.infer<typeof batchSpread>;
export type HotPath = z.infer<typeof hotPath>;
export type BenchRow = z.infer<typeof benchRow>;
export type BenchDocument = z.infer<typeof benchDocument>;
/** As the process that measured it knows it. */
export type BenchFacts = Unworded<BenchRow>;
