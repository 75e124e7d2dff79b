import { z } from 'zod';
import { finding, type Unworded } from './finding.ts';

/**
 * The output document of `profile`, `"schema": "shardlab/characteristics/v1"`: what was seen of a
 * workload, and what each candidate for the shard key would make of it. Shares lie in [0, 1];
 * values of the user's data stand as pseudonyms unless the user kept them.
 */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);

/** exact: counted. estimated: from the planner's statistics. sampled: from a part of the rows. */
const basis = z.enum(['exact', 'estimated', 'sampled']);

const source = z.strictObject({
  kind: z.enum(['postgres', 'csv', 'tsv', 'parquet', 'log', 'pg_stat_statements', 'sql']),
  /** A path, or a URL without user and password. */
  name: z.string(),
  read: z.record(z.string(), z.number()),
  about: z.record(z.string(), z.string()),
});

const table = z.strictObject({
  table: z.string(),
  /** As the database calls it, with its schema. */
  stored: z.string(),
  kind: z.enum(['table', 'partitioned', 'foreign', 'file']),
  rows: measure.nullable(),
  rowsBasis: z.enum(['exact', 'estimated', 'none']),
  bytes: z.strictObject({ heap: measure, indexes: measure, toast: measure }),
  partitions: count,
  columns: count,
  primary: z.array(z.string()),
  /** Rows a second, over the time that was watched or since the last reset. */
  rates: z
    .strictObject({ inserts: measure, updates: measure, deletes: measure, seconds: measure })
    .nullable(),
});

/** Shares of the query weight by fate: they sum to 1. */
const bindShare = z.strictObject({
  single: share,
  multi: share,
  scatter: share,
  reference: share,
  notRunnable: share,
});

const lostConstraint = z.strictObject({
  table: z.string(),
  kind: z.enum(['primary', 'unique', 'foreign', 'exclusion']),
  columns: z.array(z.string()),
  references: z.string().optional(),
});

const heavyValue = z.strictObject({
  value: z.string(),
  share,
  /** Above what was counted for certain; 0 where counts are exact. */
  error: share.optional(),
});

const load = z.strictObject({
  /** observed: of statements in a log. written: of transactions that left rows. rows: of rows. */
  basis: z.enum(['observed', 'written', 'rows']),
  counted: measure,
  largestShare: share,
  top: z.array(heavyValue),
  effective: measure,
  usefulShards: measure,
});

/** Load by value and time: each row of the map is one of the heaviest values. */
const heatMap = z.strictObject({
  values: z.array(z.string()),
  /** Seconds from the first statement at which each part of the time begins. */
  atSeconds: z.array(measure),
  /** Operations of each value in each part. */
  counts: z.array(z.array(measure)),
});

const frequentQuery = z.strictObject({
  sql: z.string(),
  share,
  fate: z.enum(['single', 'multi', 'scatter', 'reference', 'notRunnable']),
  /** Why it is not single; absent where it is. */
  reason: finding.optional(),
});

export const candidate = z.strictObject({
  key: z.string(),
  tables: z.array(z.strictObject({ table: z.string(), columns: z.array(z.string()) })),
  /** In all its tables together. */
  rows: measure,
  distinct: measure,
  /** Whether `distinct` may be off by more than a factor of 2. */
  distinctDoubtful: z.boolean(),
  /** Of the rows of the table with the most rows that has the key (not counting NULLs). */
  largestShare: share.nullable(),
  /** The five largest. */
  top: z.array(heavyValue),
  /** 1 / sum of squared shares. */
  effective: measure.nullable(),
  /** 1 / largestShare. */
  usefulShards: measure.nullable(),
  nullFraction: share,
  monotonic: z.boolean().nullable(),
  /** Distinct values of each table beside those of the key as a whole. */
  byTable: z.array(
    z.strictObject({
      table: z.string(),
      rows: measure,
      distinct: measure,
      largestShare: share.nullable(),
      nullFraction: share,
      physicalCorrelation: z.number().nullable(),
      basis,
    }),
  ),
  /** null where no queries were seen. */
  bindShare: bindShare.nullable(),
  bindShareReads: bindShare.nullable(),
  bindShareWrites: bindShare.nullable(),
  /** By time that the statements took; null where it is not known. */
  bindShareByTime: bindShare.nullable(),
  /** Whether 90 % of the query weight is single or reference. */
  ninetyPercentRule: z.boolean().nullable(),
  frequent: z.array(frequentQuery),
  /** Share of the query weight that changes the key's value. */
  keyUpdates: share.nullable(),
  /** Of the transactions that have any value of the key; null where no log shows them. */
  crossShardTransactions: z
    .strictObject({ several: count, all: count, share: share.nullable() })
    .nullable(),
  lostConstraints: z.array(lostConstraint),
  /** By query weight; share is null where no query joins. */
  coLocatedJoins: z.strictObject({ local: share, joins: share, share: share.nullable() }),
  /** Tables that would be copied to every shard. */
  referenceTables: z.array(z.string()),
  load,
  heatMap: heatMap.nullable(),
  /** Distinct values seen by time of a log, cumulated: what grows. */
  distinctOverTime: z.array(measure),
  basis,
  findings: z.array(finding),
});

const healthFact = z.strictObject({
  code: z.string(),
  value: z.number(),
  unit: z.string(),
  numbers: z.record(z.string(), z.number()),
  names: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  arguesFor: z
    .enum([
      'index',
      'pooler',
      'replica',
      'blobs-elsewhere',
      'partitions',
      'vacuum',
      'more-memory',
      'sharding',
    ])
    .nullable(),
  /** What it is and what it argues for, as a sentence. */
  text: z.string(),
});

const unparsed = z.strictObject({
  source: z.string(),
  line: count.nullable(),
  reason: z.string(),
  count,
});

const template = z.strictObject({
  sql: z.string(),
  calls: measure,
  /** Of all calls. */
  share,
  /** Of the time of all statements; null where it is not known. */
  timeShare: share.nullable(),
  meanMs: measure.nullable(),
  latencyMs: z.strictObject({ p50: measure, p99: measure.nullable(), max: measure }).nullable(),
  burstiness: measure.nullable(),
  rowsPerCall: measure.nullable(),
  /** Whether the scenario has it, and why not. */
  inScenario: z.boolean(),
  leftOut: finding.nullable(),
});

export const characteristicsSchema = 'shardlab/characteristics/v1';

export const characteristicsDocument = z.strictObject({
  schema: z.literal(characteristicsSchema),
  /** Of the scenario that was written. */
  name: z.string(),
  startedAt: z.string(),
  command: z.string(),
  shardlab: z.string(),
  sources: z.array(source),
  tables: z.array(table),
  /** The most promising first. */
  candidates: z.array(candidate),
  templates: z.array(template),
  /** Of the queries; null without any. */
  queries: z
    .strictObject({
      calls: measure,
      seconds: measure.nullable(),
      perSecond: measure.nullable(),
      readShare: share,
      /** Largest second of a log over the mean second; null where there is no log. */
      peakOverMean: measure.nullable(),
    })
    .nullable(),
  health: z.array(healthFact),
  unparsed: z.array(unparsed),
  /** What could not be seen, with the reason and what would show it. */
  unseen: z.array(finding),
  /** What the written scenario has of all this. */
  scenario: z.strictObject({
    file: z.string().nullable(),
    /** Share of all calls that its operations stand for. */
    coveredShare: share.nullable(),
    /** Rows of the scenario over rows of the database. */
    scale: z.number().positive(),
    notes: z.array(finding),
  }),
});

export type CharacteristicsDocument = z.infer<typeof characteristicsDocument>;
export type CandidateCharacteristics = CharacteristicsDocument['candidates'][number];
/** Findings have no sentences yet. */
export type UnwordedCharacteristics = Unworded<CharacteristicsDocument>;
