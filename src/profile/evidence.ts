/**
 * What was seen of a workload, before anything is concluded from it. Sources make it, `profile/`
 * reads it. Tables and columns are called by the names that the scenario will use
 * (`scenario-names.ts`); `stored` has those of the database. Values are the user's own here: they
 * leave `profile/` as pseudonyms only.
 */

import type { SchemaEvidence } from './schema-evidence.ts';

export type {
  StoredName,
  SchemaEvidence,
  TableEvidence,
  ColumnEvidence,
  ColumnStats,
  ForeignEvidence,
  IndexEvidence,
  TableActivity,
  ViewEvidence,
} from './schema-evidence.ts';

/** Statements that differ in their literals only are one template. */
export interface Template {
  /** In names of the scenario, with $1, $2 ... for what varies. */
  readonly sql: string;
  /** By libpg-query. */
  readonly fingerprint: string;
  readonly calls: number;
  /** Of all calls together; null: not known. */
  readonly totalMs: number | null;
  /** Rows answered or changed by all calls together; null: not known. */
  readonly rows: number | null;
  /** Of the times of its calls, from a log; absent: not known. */
  readonly latencyMs?: { readonly p50: number; readonly p99: number | null; readonly max: number };
  /**
   * Index of dispersion of its calls by second (variance / mean; 1 is Poisson); absent: not known.
   */
  readonly burstiness?: number;
  /** Index into the sources, and where it was first seen: a line of the file from 1, or null. */
  readonly source: number;
  readonly line: number | null;
}

/** Templates that ran in one transaction, one after another. */
export interface TransactionTemplate {
  /** Indexes into the templates; what repeats at once stands once, with its mean `repeats`. */
  readonly steps: readonly { readonly template: number; readonly repeats: number }[];
  readonly count: number;
}

export interface QueryEvidence {
  readonly templates: readonly Template[];
  /** Over how long the calls were counted; null: not known. */
  readonly seconds: number | null;
  /** Empty where no source shows transactions. */
  readonly transactions: readonly TransactionTemplate[];
  /** Statements a second in equal parts of a log's time (1 s; wider beyond 4,096 s), or empty. */
  readonly perSecond: readonly number[];
}

/** What could not be parsed, with its place; `count` like it, of which this is the first. */
export interface Unparsed {
  readonly source: number;
  readonly line: number | null;
  readonly reason: string;
  readonly count: number;
}

/** A thing that could not be seen, as code and numbers; wording/ says it. */
export interface Unseen {
  readonly code: string;
  readonly names: Readonly<Record<string, string | readonly string[]>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Columns that decide where rows lie, in each table that has them. */
export interface CandidateKey {
  /** Unique among the candidates: `tenant_id`, `tenant_id+user_id`, `customer`. */
  readonly key: string;
  readonly columns: readonly { readonly table: string; readonly columns: readonly string[] }[];
  /**
   * The table in which each value stands once, whose rows are the "tenants": null where there is
   * none (a column `region`).
   */
  readonly root: string | null;
  /** Why it is a candidate. */
  readonly because: readonly ('foreign key' | 'several tables' | 'where clause' | 'file column')[];
}

/** How the rows of one table spread over the values of one candidate's columns. */
export interface KeyValues {
  readonly key: string;
  readonly table: string;
  readonly basis: 'exact' | 'estimated' | 'sampled';
  /** Of the whole table. */
  readonly rows: number;
  /** That were looked at; those of the sample. */
  readonly looked: number;
  readonly distinct: number;
  /** Whether `distinct` may be off by more than a factor of 2. */
  readonly distinctDoubtful: boolean;
  readonly nullFraction: number;
  /** The largest first, at most 1,000; `value` joins columns by U+001F. Shares of rows not NULL. */
  readonly top: readonly { readonly value: string; readonly share: number }[];
  /** Sum of the squares of all shares, without the bias of the sample. */
  readonly sumOfSquares: number;
  /**
   * Rows of a value at these quantiles over the values (0, 0.01 ... 1: 101 numbers), the smallest
   * first; empty where it is not known.
   */
  readonly rowsPerValue: readonly number[];
  /** Between physical order and value, of the first column; null: not known. */
  readonly physicalCorrelation: number | null;
  /** Whether new rows always have higher values than older ones: an id or a time that rises. */
  readonly monotonic: boolean | null;
}

/** Children a parent, by a foreign key or by a candidate's columns. */
export interface ChildShape {
  readonly parent: string;
  readonly child: string;
  /** Columns of the child. */
  readonly columns: readonly string[];
  readonly basis: 'exact' | 'sampled';
  readonly parents: number;
  /** Share of the parents without any. */
  readonly childless: number;
  readonly mean: number;
  /** At 0, 0.01 ... 1 over the parents, those without any included. */
  readonly quantiles: readonly number[];
}

/** Load by value of a candidate key, in operations (or transactions), not in rows. */
export interface KeyLoad {
  readonly key: string;
  /**
   * observed: a log shows the values of parameters. written: distinct transactions that made or
   * changed the rows that are there (`xmin`).
   */
  readonly basis: 'observed' | 'written';
  /** Operations that were counted, each by its first value of the key. */
  readonly counted: number;
  readonly distinct: number;
  /** The largest first, at most 1,000; true counts lie between count - error and count. */
  readonly top: readonly {
    readonly value: string;
    readonly count: number;
    readonly error: number;
    /** In `timeBuckets` equal parts of the time of the log. */
    readonly overTime: readonly number[];
  }[];
  /** Sum over values of count (count - 1), for the unbiased sum of squares; null: not known. */
  readonly pairs: number | null;
  /** Operations at these quantiles over the values (101 numbers), the smallest first, or empty. */
  readonly countsPerValue: readonly number[];
  /** Transactions whose statements have several values of the key, of those that have any. */
  readonly transactions: { readonly several: number; readonly all: number } | null;
  /** Number of distinct values seen in each part of the time, cumulated; empty: no time. */
  readonly distinctOverTime: readonly number[];
}

/** A number that the guides tell people to look at before sharding. */
export interface HealthFact {
  /** Such as `cache-hit-ratio`; names are in `wording/`. */
  readonly code: string;
  readonly value: number;
  readonly unit: string;
  readonly numbers: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, string | readonly string[]>>;
  /** What it argues for, if it argues for anything. */
  readonly arguesFor:
    | 'index'
    | 'pooler'
    | 'replica'
    | 'blobs-elsewhere'
    | 'partitions'
    | 'vacuum'
    | 'more-memory'
    | 'sharding'
    | null;
}

export interface SourceEvidence {
  readonly kind: 'postgres' | 'csv' | 'tsv' | 'parquet' | 'log' | 'pg_stat_statements' | 'sql';
  /** A path, or a URL without user and password. */
  readonly name: string;
  /** Rows, statements, bytes or seconds that were read, by name with the unit last. */
  readonly read: Readonly<Record<string, number>>;
  /** Server version, log format, delimiter and the like. */
  readonly about: Readonly<Record<string, string>>;
}

/** Everything that all sources together have shown. */
export interface Evidence {
  readonly sources: readonly SourceEvidence[];
  readonly schema: SchemaEvidence | null;
  readonly queries: QueryEvidence | null;
  readonly candidates: readonly CandidateKey[];
  readonly values: readonly KeyValues[];
  readonly shapes: readonly ChildShape[];
  readonly load: readonly KeyLoad[];
  readonly health: readonly HealthFact[];
  readonly unparsed: readonly Unparsed[];
  readonly unseen: readonly Unseen[];
}
