import { z } from 'zod';
import { difference, differenceFamily } from './difference.ts';
import { count, fraction, measure, perhaps } from './distribution.ts';
import { finding } from './finding.ts';

/** The output document of `compare`, `"schema": "shardlab/comparison/v1"`. */

/**
 * How the runs of both sides lie in time. single: one run on a side, or on both; apart: several on
 * each, measured at times of their own; alternating: in pairs, one of each side beside the other.
 */
export const comparisonDesigns = ['single', 'apart', 'alternating'] as const;

export const comparedRun = z.strictObject({
  /** The file, or `<ref>:<path>` in a git repository. */
  file: z.string(),
  startedAt: z.iso.datetime(),
  seed: z.int(),
  arrivalsDigest: z.string(),
  /** Cells whose verdict is another than VALID, with it. */
  doubtful: z.array(z.string()),
});

export const comparedSide = z.strictObject({
  /** a, b, c, ... in the order in which they were named. */
  side: z.string(),
  /** As it was named: a file, a folder, `<ref>:<path>`. */
  given: z.string(),
  /** Of the ref; null for what lies in the file system. */
  commit: z.string().nullable(),
  /** Of the scenario. */
  name: z.string(),
  source: z.enum(['measured', 'simulated']),
  runs: z.array(comparedRun).min(1),
});

/** A field that the two sides have with other values. */
export const changedField = z.strictObject({
  /** JSON pointer (RFC 6901) within the result document. */
  place: z.string(),
  /** Absent where the side has no such field, as `b`. */
  a: z.json().optional(),
  b: z.json().optional(),
  /** Whether it decides what is measured, so that a reader should see it first. */
  decisive: z.boolean(),
});

const countedValue = z.union([measure, z.string()]).nullable();

/** What follows from the seed, of one strategy on both sides. */
export const countsOfStrategy = z.strictObject({
  strategy: z.string(),
  /** Whether both sides must have the same counts if they route alike. */
  exact: z.boolean(),
  /** Why they need not, or that they do. */
  note: finding,
  /** How many were compared. */
  compared: count,
  /** Those that are not the same. */
  changed: z.array(
    z.strictObject({
      metric: z.string(),
      tags: z.record(z.string(), z.string()),
      /** null: the side has no such count. */
      a: countedValue,
      b: countedValue,
    }),
  ),
});

/** What charts of a strategy on one side are drawn from: all its usable runs merged. */
export const sideCurve = z.strictObject({
  strategy: z.string(),
  /** a is the first side, b the last. */
  side: z.enum(['a', 'b']),
  /** Runs in it. */
  runs: count,
  /** Of the response times of all shard queries. */
  quantiles: z.array(z.strictObject({ fraction, ms: measure })),
  shards: z.array(
    z.strictObject({
      shard: count,
      /** Means over the runs. */
      writeQps: measure,
      readQps: measure,
      /** Response times of merged histograms. */
      p50: perhaps,
      p95: perhaps,
      p99: perhaps,
    }),
  ),
});

/** A quantity over dated results. */
export const trendSeries = z.strictObject({
  strategy: z.string(),
  metric: z.string(),
  /** One for each of `runs`; null where it was not measured, or is not valid. */
  values: z.array(perhaps),
  /** The split at which it changed; null where chance explains all splits. */
  change: z
    .strictObject({
      /** Index among `runs` of the first result after it. */
      from: count,
      before: measure,
      after: measure,
      ratio: measure,
      /** Chance of a split as clear as this where nothing changed. */
      pValue: fraction,
    })
    .nullable(),
});

export const trend = z.strictObject({
  /** In the order of their dates. */
  runs: z.array(z.strictObject({ file: z.string(), startedAt: z.iso.datetime() })),
  series: z.array(trendSeries),
  /** Chance of one false change or more on the page; each series has its part of it. */
  errorRate: fraction,
  /** Fewer results show no change. */
  changesFrom: count,
  permutationsMax: count,
});

export const comparisonDocument = z.strictObject({
  schema: z.literal('shardlab/comparison/v1'),
  /** When it was compared. */
  startedAt: z.iso.datetime(),
  shardlab: z.string(),
  /** The command that repeats it. */
  command: z.string(),
  /** `differences`, `counts` and `curves` are of the last of them (b), seen from the first (a). */
  sides: z.array(comparedSide).min(2),
  design: z.enum(comparisonDesigns),
  /** What differs in the scenarios as understood. */
  scenario: z.array(changedField),
  /** What differs in machine, servers and programs. */
  environment: z.array(changedField),
  /** What a reader must know before any number. */
  notes: z.array(finding),
  counts: z.array(countsOfStrategy),
  family: differenceFamily,
  differences: z.array(difference),
  curves: z.array(sideCurve),
  /** Absent where there are no more than two results. */
  trend: trend.optional(),
});

export type ComparisonDocument = z.infer<typeof comparisonDocument>;
export type ComparisonDesign = (typeof comparisonDesigns)[number];
export type ComparedSideFacts = z.infer<typeof comparedSide>;
export type ChangedField = z.infer<typeof changedField>;
export type CountsOfStrategy = z.infer<typeof countsOfStrategy>;
export type SideCurve = z.infer<typeof sideCurve>;
export type Trend = z.infer<typeof trend>;
export type TrendSeries = z.infer<typeof trendSeries>;
