/**
 * What was seen of a workload, before anything is concluded from it. Sources make it, `profile/`
 * reads it. Tables and columns are called by the names that the scenario will use
 * (`scenario-names.ts`); `stored` has those of the database. Values are the user's own here: they
 * leave `profile/` as pseudonyms only.
 */

export interface StoredName {
  readonly schema: string;
  readonly name: string;
}

export interface SchemaEvidence {
  readonly tables: readonly TableEvidence[];
  readonly views: readonly ViewEvidence[];
}

export interface TableEvidence {
  readonly name: string;
  readonly stored: StoredName;
  readonly kind: 'table' | 'partitioned' | 'foreign' | 'file';
  readonly columns: readonly ColumnEvidence[];
  /** Columns of the primary key; empty without one. */
  readonly primary: readonly string[];
  /** UNIQUE constraints and unique indexes that are neither partial nor on expressions. */
  readonly unique: readonly (readonly string[])[];
  readonly exclusions: readonly { readonly name: string; readonly definition: string }[];
  /** Only those that point to tables in this evidence. */
  readonly foreign: readonly ForeignEvidence[];
  readonly checks: readonly string[];
  readonly indexes: readonly IndexEvidence[];
  /** `none`: nothing is known, for it was never analysed and could not be counted. */
  readonly rows: { readonly count: number; readonly basis: 'exact' | 'estimated' | 'none' };
  readonly bytes: { readonly heap: number; readonly indexes: number; readonly toast: number };
  /** Of a partitioned table; its partitions are no tables of their own here. */
  readonly partitions: { readonly count: number; readonly by: string } | null;
  /** Tables that it inherits from (not partitions). */
  readonly inherits: readonly string[];
  /** null: the counters could not be read. */
  readonly activity: TableActivity | null;
  /** Whether its rows can be read by this role. */
  readonly readable: boolean;
  /** Distinct values of several columns together, from extended statistics; absent: none. */
  readonly distinctTogether?: readonly {
    readonly columns: readonly string[];
    readonly distinct: number;
  }[];
}

export interface ColumnEvidence {
  readonly name: string;
  readonly stored: string;
  /** As format_type writes it: `numeric(12,2)`, `character varying(20)`, `order_status[]`. */
  readonly type: string;
  /** domain: `base` is the type below it. */
  readonly typeKind: 'base' | 'enum' | 'domain' | 'array' | 'range' | 'composite';
  /** Of a domain or an array the type below it; else the type itself. */
  readonly base: string;
  /** In their order; empty unless it is an enum (or an array of one, or a domain over one). */
  readonly enumLabels: readonly string[];
  readonly notNull: boolean;
  /** SQL of the default; null without one, and for generated columns. */
  readonly default: string | null;
  /** SQL of a generated column; null: it is none. */
  readonly generated: { readonly sql: string; readonly stored: boolean } | null;
  readonly identity: 'always' | 'by default' | null;
  readonly stats: ColumnStats | null;
  readonly readable: boolean;
}

/** Of pg_stats, or counted. */
export interface ColumnStats {
  /** Number of distinct values. */
  readonly distinct: number;
  readonly nullFraction: number;
  /** Bytes of a value. */
  readonly averageWidth: number;
  /** In Postgres' text form, each with its share of all rows, the most frequent first. */
  readonly mostCommon: readonly { readonly value: string; readonly fraction: number }[];
  /** Bounds of parts with equally many rows, without the most common values. */
  readonly histogram: readonly string[];
  /** Between the order of rows on disk and the order of values, -1 to 1; null: not known. */
  readonly physicalCorrelation: number | null;
}

export interface ForeignEvidence {
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: 'no action' | 'cascade' | 'set null';
}

export interface IndexEvidence {
  readonly name: string;
  /** Plain columns only; an expression stands as its SQL in brackets. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly partial: boolean;
  readonly bytes: number;
  readonly scans: number | null;
}

/** Counters of pg_stat_user_tables over `seconds`; partitions are summed up. */
export interface TableActivity {
  /** null: since a reset of which the time is not known. */
  readonly seconds: number | null;
  readonly inserted: number;
  readonly updated: number;
  readonly hotUpdated: number;
  readonly deleted: number;
  readonly sequentialScans: number;
  readonly sequentialRows: number;
  readonly indexScans: number;
  readonly indexRows: number;
  readonly liveRows: number;
  readonly deadRows: number;
  /** ISO times; null: never. */
  readonly lastVacuum: string | null;
  readonly lastAnalyze: string | null;
}

export interface ViewEvidence {
  readonly name: string;
  readonly stored: StoredName;
  readonly materialized: boolean;
  /** Its query, in names of the scenario. */
  readonly sql: string;
}

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
