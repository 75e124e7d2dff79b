import type { IdStyle } from './id-styles.ts';

/** A whole schema, validated: tables in an order in which parents come before their children. */
export interface TableSet {
  readonly tables: readonly Table[];
  /** The keys that the scenario names; every column's name is a key besides (`keyColumnsOf`). */
  readonly keys: readonly NamedKey[];
  readonly views: readonly View[];
}

export interface Table {
  readonly name: string;
  /**
   * What its rows hang on: one tenant, a row of another table (by its name), or nothing: then the
   * table belongs to no tenant.
   */
  readonly per: { readonly kind: 'tenant' } | ParentTable | null;
  readonly rows: RowCount;
  readonly columns: readonly TableColumn[];
  /** Columns of the primary key; empty for a table without one. */
  readonly primary: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly foreign: readonly ForeignKey[];
  readonly indexes: readonly (readonly string[])[];
  /** Bytes of one row with its index entries, as the scenario says; null: measured or estimated. */
  readonly rowBytes: number | null;
}

export interface ParentTable {
  readonly kind: 'table';
  readonly table: string;
}

/** Rows of a table: in all, for each tenant, or for each row of the parent. */
export type RowCount =
  /** So many. */
  | { readonly kind: 'fixed'; readonly count: number }
  /** Each number from `from` to `to` is equally likely. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  /** `mean` on average, shared out by a distribution; at least one each. */
  | { readonly kind: 'skewed'; readonly mean: number; readonly by: RowSkew }
  /** So many in all, shared out by the tenants' bytes; at least one each. */
  | { readonly kind: 'byTenantBytes'; readonly total: number }
  /**
   * Exactly so many in all: those of the owners with most by themselves, the others shared out by a
   * table of quantiles, from the owner with the fewest on; null: as evenly as can be. Owners may be
   * without any.
   */
  | {
      readonly kind: 'shared';
      readonly total: number;
      /** The largest first; absent: none. */
      readonly top?: readonly number[];
      readonly quantiles: readonly number[] | null;
    };

export type RowSkew =
  | { readonly distribution: 'zipf'; readonly exponent: number }
  | { readonly distribution: 'pareto'; readonly shape: number }
  | { readonly distribution: 'lognormal'; readonly sigma: number };

export interface TableColumn {
  readonly name: string;
  /** Postgres' type, as CREATE TABLE has it. */
  readonly type: string;
  /** null: the column is not filled; its default holds. */
  readonly generator: TableGenerator | null;
  /** SQL of the column's default; null without one. */
  readonly default: string | null;
  /** Share of the rows in which it is NULL; 0 makes it NOT NULL. */
  readonly nulls: number;
}

/** How a value follows from the row: from its tenant, its parents and its number. */
export type TableGenerator =
  | { readonly kind: 'tenant' }
  /** One of `perTenant` users of the row's tenant; int8. */
  | { readonly kind: 'user'; readonly perTenant: number }
  /** Unique in the table. */
  | { readonly kind: 'id'; readonly style: IdStyle }
  /** 1 and on within the tenant or the parent; without either the row's number from 1; int4. */
  | { readonly kind: 'sequence' }
  /** Value of a column of the parent, or of a table above it. */
  | { readonly kind: 'parent'; readonly table: string; readonly column: string }
  /**
   * Value of a column of some row of another table: of the same tenant where that table has
   * tenants. All columns that pick from one table pick the same row of it.
   */
  | {
      readonly kind: 'pick';
      readonly table: string;
      readonly column: string;
      /** Share of the rows that pick from another tenant, drawn by weight; absent: none. */
      readonly remote?: number;
    }
  /** Weights sum to 1. */
  | {
      readonly kind: 'choice';
      readonly values: readonly string[];
      readonly weights: readonly number[];
      readonly per: 'row' | 'tenant';
    }
  /** Rises with the row. */
  | { readonly kind: 'timestamp' }
  /** Days since 1970-01-01, both included; rises with the row. */
  | { readonly kind: 'date'; readonly fromDay: number; readonly toDay: number }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly decimals: number;
    }
  /** Hexadecimal text of a fixed length. */
  | { readonly kind: 'text'; readonly bytes: number }
  /** The row's number from 1, in decimal, with leading zeros to this length. */
  | { readonly kind: 'padded'; readonly length: number }
  /** `count` words after one another, such as the last names of TPC-C. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly count: number }
  /** A JSON object of about so many bytes. */
  | { readonly kind: 'json'; readonly bytes: number };

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly onDelete: 'no action' | 'cascade' | 'set null';
}

/** A shard key by name: its columns in each table that has it. */
export interface NamedKey {
  readonly name: string;
  readonly columns: readonly KeyOfTable[];
}

export interface KeyOfTable {
  readonly table: string;
  /** One, or several of a composite key, in the same order in all tables. */
  readonly columns: readonly string[];
  /** Only these bits of an integer: the worker or the time of a Snowflake id. */
  readonly bits?: { readonly from: number; readonly count: number };
}

export interface View {
  readonly name: string;
  readonly sql: string;
}

/** What a strategy says of tables without a column of its key; tables not named get the default. */
export interface TableChoices {
  readonly reference: readonly string[];
  readonly home: readonly string[];
  /** Tables by a key of their own: its columns. */
  readonly own: readonly KeyOfTable[];
}

/** The work of an operation on several tables. */
export interface Script {
  /**
   * implicit: all statements of a shard in one round trip and one transaction. interactive: BEGIN,
   * each statement and COMMIT as messages of their own. none: each statement by itself.
   */
  readonly transaction: 'implicit' | 'interactive' | 'none';
  /** Rows that the statements are about; each refers only to those before it. */
  readonly draws: readonly Draw[];
  /** Values that are no column's. */
  readonly values: readonly DrawnValue[];
  /** The first is the operation itself, which runs once. */
  readonly groups: readonly Group[];
  /** In the order in which they are written. */
  readonly statements: readonly ScriptStatement[];
}

/**
 * A row (or several) that an arrival is about. It follows from the seed, the arrival's number and
 * its tenant alone, so that routing and statements find the same one.
 */
export interface Draw {
  /** As parameters name it: `:name.column`. */
  readonly name: string;
  readonly table: string;
  /** Index of the group that draws it: anew in each repetition. */
  readonly group: number;
  readonly from: DrawFrom;
  /** More than one for lists (`:name.column_list`) and ranges (`_from`, `_to`). */
  readonly rows: number;
}

export type DrawFrom =
  /** A row of the arrival's tenant, or of the table where it has no tenants; all equally likely. */
  | { readonly kind: 'tenant' }
  /** In a share of the arrivals a row of another tenant, drawn by weight; else of its own. */
  | { readonly kind: 'remote'; readonly fraction: number }
  /** A row of the same tenant as another draw's row. */
  | { readonly kind: 'sameTenant'; readonly draw: number }
  /** The row above another draw's row. */
  | { readonly kind: 'ancestor'; readonly draw: number }
  /** A row below another draw's row; all equally likely. */
  | { readonly kind: 'descendant'; readonly draw: number }
  /** Of a table without tenants, as TPC-C draws items and customers: NURand(a, ...). */
  | { readonly kind: 'nurand'; readonly a: number }
  /** The repetition's own row: child number `repetition` of another draw's row. */
  | { readonly kind: 'eachChild'; readonly draw: number }
  /** A new row, below another draw's row; null for a table that hangs on a tenant or on nothing. */
  | { readonly kind: 'new'; readonly parent: number | null };

export interface DrawnValue {
  readonly name: string;
  readonly group: number;
  readonly generator: Extract<
    TableGenerator,
    { kind: 'choice' | 'number' | 'text' | 'json' | 'words' | 'date' }
  >;
}

export interface Group {
  readonly repeat: Repeat;
  readonly steps: readonly ScriptStep[];
}

export type Repeat =
  | { readonly kind: 'times'; readonly from: number; readonly to: number }
  /** Once for each loaded child of a draw's row in a table, at most `limit` times. */
  | {
      readonly kind: 'children';
      readonly table: string;
      readonly of: number;
      readonly limit: number;
    };

/** Index of a statement, or of another group that is repeated there. */
export type ScriptStep = { readonly statement: number } | { readonly group: number };

export interface ScriptStatement {
  /** As written, with named parameters. */
  readonly sql: string;
  /** With $1, $2 ... */
  readonly text: string;
  /** What $1, $2 ... stand for. */
  readonly parameters: readonly ScriptParameter[];
  /** By which name later statements use the first row of its answer; null: they do not. */
  readonly as: string | null;
  readonly group: number;
  /** JSON path of the statement below `operations`, for messages. */
  readonly path: readonly (string | number)[];
  /**
   * Foreign keys by which nothing points any more to the rows that it deletes, for statements
   * before have deleted what did, so that no cascade has anything to do.
   */
  readonly deletedBelow?: readonly PointingColumns[];
}

export interface PointingColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

export type ScriptParameter =
  | {
      readonly kind: 'row';
      readonly draw: number;
      readonly column: string;
      readonly form: 'value' | 'list' | 'from' | 'to';
    }
  | { readonly kind: 'value'; readonly value: number }
  /** A column of the first row that an earlier statement answered. */
  | { readonly kind: 'answer'; readonly statement: number; readonly column: string };
