import type { RoutedKeyType } from '../base/keys.ts';
import type { NamedKey, TableSet } from './table-types.ts';
import type { Operation } from './types.ts';

/** Names that a scenario may use but that are registered elsewhere; commands pass them in. */
export interface ScenarioVocabulary {
  readonly routers: readonly RouterName[];
  /** Routers of the user's own that cannot be used, by their path, each with the reason. */
  readonly unusable?: ReadonlyMap<string, string>;
  /** Key hashes, the default one included. */
  readonly hashes: readonly string[];
  /** More loaded rows are refused; absent: nothing is to be loaded. */
  readonly rowsMax?: number;
  readonly sql: SqlReader;
}

export interface SqlFault {
  /** As Postgres words it. */
  readonly message: string;
  /** Index of the character at which it is seen, in UTF-16 units. */
  readonly at: number;
}

export interface RouterName {
  readonly name: string;
  /** The number that may follow the name after a colon; null where there is none. */
  readonly parameter: {
    readonly name: string;
    readonly default: number;
    readonly min: number;
    readonly max: number;
  } | null;
  /** Whether it takes `hash` and `salt`. */
  readonly hashes: boolean;
  readonly keyTypes: readonly RoutedKeyType[];
  /**
   * What is wrong with the settings of a router that takes some, on shards of these weights;
   * absent: it takes none.
   */
  readonly settingsProblems?: (
    settings: unknown,
    weights: readonly number[],
    keyType: RoutedKeyType,
  ) => readonly string[];
  /** Whether it is a table of keys, which can be looked up. */
  readonly table?: boolean;
}

/** SQL as Postgres' own grammar reads it. */
export interface SqlReader {
  /** One statement with named parameters. */
  read(sql: string): ReadSql;
  /** The first thing wrong with SQL without them, such as DDL. */
  faultOf(sql: string): SqlFault | undefined;
  /** Columns of a table that a statement fixes by parameters. */
  fixedColumns(sql: ReadSql, table: FixedTable): readonly FixedColumn[];
  /** Names in it that are no table or column of the scenario. */
  unknownNames(sql: ReadSql, known: KnownNames): readonly SqlProblem[];
  /**
   * Of each statement of the operation's own script, whether it goes by values of the key;
   * undefined where it cannot run by that key.
   */
  boundStatements(
    set: TableSet,
    operation: Operation,
    key: NamedKey,
  ): readonly (boolean | undefined)[];
}

export interface ReadSql {
  /** As written. */
  readonly sql: string;
  /** With $1, $2 ... in place of the names. */
  readonly text: string;
  /** Names in the order of their numbers, each once: `tenant_id`, `new.orders.id`. */
  readonly names: readonly string[];
  /** First word in lower case: select, insert, with, rollback ...; '' for none. */
  readonly verb: string;
  /** What keeps it from being one prepared statement, besides `fault`. */
  readonly problems: readonly SqlProblem[];
  /** What the grammar says, its place in the SQL as written; absent where `problems` has any. */
  readonly fault?: SqlFault;
}

/** The one table of the short form, of which not all columns need be known. */
export interface FixedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

export interface FixedColumn {
  readonly column: string;
  /** Name of the parameter whose value (or one of whose values) it must have, or may not pass. */
  readonly parameter: string;
}

export interface SqlProblem {
  /** A full clause for a message. */
  readonly text: string;
  /** Index into the SQL as written, in UTF-16 units. */
  readonly at: number;
}

export interface KnownNames {
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[];
  readonly views: readonly { readonly name: string; readonly sql: string }[];
}
