import { z } from 'zod';
import { documentFormat } from './document-text.ts';
import { finding } from './finding.ts';
import { fates } from './table-result.ts';

/**
 * The output document of `check-queries`, `"schema": "shardlab/queries/v1"`: what becomes of each
 * statement under one shard key. Everything a report says is drawn from it.
 */

const count = z.int().nonnegative();
const place = z.int().positive();

/** What the gate objects to, in the words of `-- shardlab: allow ...`. */
export const offences = ['scatter', 'cross-shard', 'not-runnable', 'key-update'] as const;

export const offence = z.enum(offences);

/**
 * passed: one shard runs it, or any will do. failed: the gate fails by it. known: the base has it
 * too. allowed: a comment with a reason allows it. unread: the grammar cannot read it. not-judged:
 * the scenario does not have its tables.
 */
export const queryStatus = z.enum(['passed', 'failed', 'known', 'allowed', 'unread', 'not-judged']);

export const queryStatement = z.strictObject({
  /** As it was named on the command line; a file of a folder with that folder before it. */
  file: z.string(),
  /** Of its first word, from 1; columns in UTF-16 units. In a log, of the entry. */
  line: place,
  column: place,
  endLine: place,
  /** `transaction`: the statements from BEGIN to COMMIT together, at the place of BEGIN. */
  of: z.enum(['statement', 'transaction']),
  /** How often a log shows it; 1 in a file of SQL. */
  calls: count,
  /** Its beginning, on one line; of logs without values. */
  sql: z.string(),
  /** Statements that differ only in values, places and blanks have the same. */
  fingerprint: z.string(),
  /** null where it is not judged. */
  fate: z.enum(fates).nullable(),
  /** null: there is nothing to object to. */
  offence: offence.nullable(),
  status: queryStatus,
  /** Why it is allowed, in the words of the comment; null: it is not. */
  allowedFor: z.string().nullable(),
  /** Why it has its fate, or none; null where one shard runs it. */
  reason: finding.nullable(),
});

export const queryCounts = z.strictObject({
  /** Statements that read or write rows, those of a log once for each form. */
  statements: count,
  /** By fate. */
  single: count,
  reference: count,
  multi: count,
  scatter: count,
  notRunnable: count,
  /** Without a fate. */
  notJudged: count,
  unread: count,
  /** By what became of an objection; transactions are among them. */
  failed: count,
  known: count,
  allowed: count,
  /** Statements that read or write no rows, by what they are. */
  passedOver: z.strictObject({
    /** They make, change or drop what holds data. */
    definitions: count,
    /** Of the session: SET and the like. */
    settings: count,
    /** BEGIN, COMMIT and the like. */
    transactions: count,
    /** DO, CALL and CREATE FUNCTION: the SQL in their bodies is not looked at. */
    routines: count,
    /** COPY of a table. */
    loads: count,
  }),
});

/** A remark on a place in a file, or on the whole where there is none. */
export const queryRemark = z.strictObject({
  file: z.string().nullable(),
  line: place.nullable(),
  finding,
});

export const queriesDocument = z.strictObject({
  schema: z.literal('shardlab/queries/v1'),
  startedAt: z.string(),
  environment: z.strictObject({ shardlab: z.string(), node: z.string() }),
  scenario: z.strictObject({ name: z.string(), file: z.string() }),
  /** Whose shard key and placing of tables statements are judged by. */
  strategy: z.strictObject({ name: z.string(), key: z.string(), router: z.string() }),
  /** Whether statements that cannot be read fail. */
  strict: z.boolean(),
  /** null: everything counts. commit is null where the base is none of git. */
  base: z
    .strictObject({
      kind: z.enum(['ref', 'folder', 'document']),
      name: z.string(),
      commit: z.string().nullable(),
    })
    .nullable(),
  files: z.array(
    z.strictObject({
      file: z.string(),
      kind: z.enum(['sql', 'log', 'pg_stat_statements']),
      /** That read or write rows. */
      statements: count,
    }),
  ),
  counts: queryCounts,
  /** In the order of files and lines. */
  statements: z.array(queryStatement),
  remarks: z.array(queryRemark),
  verdict: z.strictObject({
    status: z.enum(['passed', 'failed']),
    /** 0 or 4. */
    exitCode: count,
    /** What was found; the first is the most important. */
    reasons: z.array(finding),
  }),
});

export type QueriesDocument = z.infer<typeof queriesDocument>;
export type QueryStatement = z.infer<typeof queryStatement>;
export type QueryRemark = z.infer<typeof queryRemark>;
export type QueryStatus = z.infer<typeof queryStatus>;
export type QueryCounts = z.infer<typeof queryCounts>;
export type Offence = z.infer<typeof offence>;

/** Reads and writes documents of `check-queries`. */
export const { parse: parseQueriesDocument, format: formatQueriesDocument } = documentFormat(
  queriesDocument,
  'shardlab check-queries',
);
