/** Tables, columns, keys and counters of a database, or columns of files, as they were seen. */

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
  /** Policies hide rows: what is counted is a part. */
  readonly rowsHidden?: true;
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
