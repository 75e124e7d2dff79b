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

/** Where something was read, and how much of it. */
export const profiledSource = z.strictObject({
  kind: z.enum(['postgres', 'csv', 'tsv', 'parquet', 'log', 'pg_stat_statements', 'sql']),
  /** A path, or a URL without user and password. */
  name: z.string(),
  /** Rows, statements, bytes or seconds, by name with the unit last. */
  read: z.record(z.string(), z.number()),
  /** Version of the server, format of the log, delimiter and the like. */
  about: z.record(z.string(), z.string()),
});

export const profiledTable = z.strictObject({
  /** As the scenario calls it. */
  table: z.string(),
  /** As the database calls it, with its schema. */
  stored: z.string(),
  kind: z.enum(['table', 'partitioned', 'foreign', 'file']),
  /** null: it was never analysed, and could not be counted. */
  rows: measure.nullable(),
  rowsBasis: z.enum(['exact', 'estimated', 'none']),
  bytes: z.strictObject({ heap: measure, indexes: measure, toast: measure }),
  /** 0: it is not partitioned. */
  partitions: count,
  columns: count,
  /** Columns of the primary key; empty without one. */
  primary: z.array(z.string()),
  /** Rows a second, over the time that was watched or since the last reset. */
  rates: z
    .strictObject({ inserts: measure, updates: measure, deletes: measure, seconds: measure })
    .nullable(),
});

/** Shares of the query weight by fate: they sum to 1. */
export const bindShare = z.strictObject({
  /** One shard answers. */
  single: share,
  /** Some of the shards do. */
  multi: share,
  /** All shards are asked. */
  scatter: share,
  /** Any shard answers, for each has a copy. */
  reference: share,
  /** Shards cannot run it as it is written. */
  notRunnable: share,
});

/** A constraint that no shard could hold whole. */
export const lostConstraint = z.strictObject({
  table: z.string(),
  kind: z.enum(['primary', 'unique', 'foreign', 'exclusion']),
  columns: z.array(z.string()),
  references: z.string().optional(),
});

/** One of the values that have most. */
export const heavyValue = z.strictObject({
  /** A pseudonym, unless values were kept. */
  value: z.string(),
  /** Of all rows that have a value, or of the load. */
  share,
  /** Above what was counted for certain; 0 where counts are exact. */
  error: share.optional(),
});

/** How the load is shared out over the values. */
export const keyLoad = z.strictObject({
  /** observed: of statements in a log. written: of transactions that left rows. rows: of rows. */
  basis: z.enum(['observed', 'written', 'rows']),
  /** Statements, transactions or rows. */
  counted: measure,
  largestShare: share,
  top: z.array(heavyValue),
  effective: measure,
  usefulShards: measure,
});

/** Load by value and time: each row of the map is one of the heaviest values. */
export const heatMap = z.strictObject({
  values: z.array(z.string()),
  /** Seconds from the first statement at which each part of the time begins. */
  atSeconds: z.array(measure),
  /** Operations of each value in each part. */
  counts: z.array(z.array(measure)),
});

/** One of the three statements with most weight. */
export const frequentQuery = z.strictObject({
  sql: z.string(),
  /** Of the query weight. */
  share,
  fate: z.enum(['single', 'multi', 'scatter', 'reference', 'notRunnable']),
  /** Why it is not single; absent where it is. */
  reason: finding.optional(),
});

/** What a key would make of the workload. */
export const candidate = z.strictObject({
  /** By this name `--key` takes it. */
  key: z.string(),
  tables: z.array(z.strictObject({ table: z.string(), columns: z.array(z.string()) })),
  /** In all its tables together. */
  rows: measure,
  /** Different values, in all its tables together. */
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
  /** Of the rows. */
  nullFraction: share,
  /** Whether new rows have higher values than older ones: an id or a time; null: not known. */
  monotonic: z.boolean().nullable(),
  /** Distinct values of each table beside those of the key as a whole. */
  byTable: z.array(
    z.strictObject({
      table: z.string(),
      rows: measure,
      distinct: measure,
      largestShare: share.nullable(),
      nullFraction: share,
      /** Between the order of rows on disk and that of values, -1 to 1. */
      physicalCorrelation: z.number().nullable(),
      basis,
    }),
  ),
  /** null where no queries were seen. */
  bindShare: bindShare.nullable(),
  /** Of those that only read. */
  bindShareReads: bindShare.nullable(),
  /** Of those that write. */
  bindShareWrites: bindShare.nullable(),
  /** By time that the statements took; null where it is not known. */
  bindShareByTime: bindShare.nullable(),
  /** Whether 90 % of the query weight is single or reference. */
  ninetyPercentRule: z.boolean().nullable(),
  /** The three with most weight, and what would become of them. */
  frequent: z.array(frequentQuery),
  /** Share of the query weight that changes the key's value. */
  keyUpdates: share.nullable(),
  /** Of the transactions that have any value of the key; null where no log shows them. */
  crossShardTransactions: z
    .strictObject({
      /** With several values of the key. */
      several: count,
      all: count,
      /** several / all. */
      share: share.nullable(),
    })
    .nullable(),
  /** Constraints that no shard could hold whole. */
  lostConstraints: z.array(lostConstraint),
  /** By query weight; share is null where no query joins. */
  coLocatedJoins: z.strictObject({
    /** Of joins whose rows lie on one shard. */
    local: share,
    /** Of all joins. */
    joins: share,
    /** local / joins. */
    share: share.nullable(),
  }),
  /** Tables that would be copied to every shard. */
  referenceTables: z.array(z.string()),
  load: keyLoad,
  heatMap: heatMap.nullable(),
  /** Distinct values seen by time of a log, cumulated: what grows. */
  distinctOverTime: z.array(measure),
  basis,
  findings: z.array(finding),
});

/** A number that guides tell people to look at before sharding. */
export const healthFact = z.strictObject({
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

/** What could not be read, and where the first like it stands. */
export const unparsed = z.strictObject({
  /** By its name. */
  source: z.string(),
  /** Of the file, from 1; null: it has no lines. */
  line: count.nullable(),
  reason: z.string(),
  count,
});

/** Statements that differ in their literals only. */
export const queryTemplate = z.strictObject({
  /** With $1, $2 ... for what varies. */
  sql: z.string(),
  calls: measure,
  /** Of all calls. */
  share,
  /** Of the time of all statements; null where it is not known. */
  timeShare: share.nullable(),
  meanMs: measure.nullable(),
  latencyMs: z.strictObject({ p50: measure, p99: measure.nullable(), max: measure }).nullable(),
  /** Variance / mean of its calls by second (1 is Poisson); null: not known. */
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
  sources: z.array(profiledSource),
  tables: z.array(profiledTable),
  /** The most promising first. */
  candidates: z.array(candidate),
  /** Statements, the most called first. */
  templates: z.array(queryTemplate),
  /** Of the queries; null without any. */
  queries: z
    .strictObject({
      calls: measure,
      /** Over which they were counted. */
      seconds: measure.nullable(),
      perSecond: measure.nullable(),
      readShare: share,
      /** Largest second of a log over the mean second; null where there is no log. */
      peakOverMean: measure.nullable(),
    })
    .nullable(),
  /** Of the server: is it time to shard? */
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
