/** Where the tables of a scenario lie under one shard key, and what follows for its statements. */
export interface Layout {
  /** Name of the shard key, as strategies and routes call it. */
  readonly key: string;
  /** In the order of the scenario's tables. */
  readonly tables: readonly TableLayout[];
  /** In the order of the scenario's operations. */
  readonly operations: readonly OperationLayout[];
  /** Constraints that no shard can hold whole. */
  readonly lost: readonly LostConstraint[];
}

export type TablePlacementKind = 'sharded' | 'own-key' | 'reference' | 'home';

export interface TableLayout {
  readonly table: string;
  readonly placement: TablePlacementKind;
  /** Columns whose value decides the shard; empty for reference tables and those at home. */
  readonly keyColumns: readonly string[];
  /** Only these bits of the key's value. */
  readonly bits?: { readonly from: number; readonly count: number };
  /** Why it lies there, where nobody said it: for the notes. */
  readonly reason: 'key' | 'stated' | 'small' | 'no-key' | 'primary-key';
}

export interface LostConstraint {
  readonly table: string;
  readonly kind: 'foreign' | 'unique' | 'primary';
  readonly columns: readonly string[];
  /** The table that a foreign key points to. */
  readonly references?: string;
}

/** In the documents' words; an operation takes that of its worst statement. */
export type Fate = 'single' | 'multi' | 'scatter' | 'reference' | 'notRunnable';

export interface OperationLayout {
  readonly fate: Fate;
  /** Which statements run: the operation's own, its way round, or none. */
  readonly runs: 'own' | 'instead' | 'none';
  /** The first of its own statements that does not run, and why; absent where all do. */
  readonly refused?: { readonly statement: number; readonly reason: FateReason };
  /** Of the script that runs (of the operation's own where none does), by statement. */
  readonly statements: readonly StatementLayout[];
}

export interface StatementLayout {
  readonly fate: Fate;
  readonly route: StatementRoute;
  /** Whether it writes rows or locks those that it reads. */
  readonly locks: boolean;
  /** Why it is not better than that; absent for single. */
  readonly reason?: FateReason;
}

export interface FateReason {
  readonly code: FateCode;
  /** Tables, columns and constraints that it is about. */
  readonly names: readonly string[];
  /** Index into the SQL as written, in UTF-16 units; absent: the statement as a whole. */
  readonly at?: number;
}

export type FateCode =
  | 'key-not-bound'
  | 'key-in-list'
  | 'key-in-range'
  | 'several-keys'
  | 'undecided'
  | 'reference-write'
  | 'join-not-co-located'
  | 'insert-without-key'
  | 'conflict-on-lost-unique'
  | 'cascade-over-lost-key'
  | 'key-changed'
  | 'home-and-sharded';

export type StatementRoute =
  /** To the shards of these keys, each of them that of one row. */
  | { readonly to: 'keys'; readonly router: KeyedRouter; readonly keys: readonly BoundKey[] }
  /** To every shard whose keys may lie in a range. */
  | {
      readonly to: 'range';
      readonly router: KeyedRouter;
      readonly low: KeyValue;
      readonly high: KeyValue;
    }
  | { readonly to: 'all' }
  /** Any shard will do: where the operation's other statements go, else one by the arrival. */
  | { readonly to: 'any' }
  /** The shard of the tables that are at home. */
  | { readonly to: 'home' }
  | { readonly to: 'nowhere' };

/** `main`: by the strategy's key. Else the table whose own key decides. */
export type KeyedRouter = 'main' | { readonly ownKeyOf: string };

/** A key of one or several columns, each with where its value comes from. */
export interface BoundKey {
  readonly values: readonly KeyValue[];
}

export type KeyValue =
  /** Parameter $n (from 1) of the statement, of one value, or of a list of them. */
  | { readonly parameter: number; readonly list?: true }
  /**
   * A column of a draw's row: what an earlier statement answered, where it is known to be that.
   */
  | { readonly draw: number; readonly column: string }
  /** A constant in the SQL, in Postgres' text form. */
  | { readonly constant: string };
