import type { Capacity, Cost, Growth, Objectives } from './growth-types.ts';
import type { Residency } from './residency-input.ts';
import type { IdStyle } from './id-styles.ts';
import type { OperationLayout } from './layout-types.ts';
import type { Simulation } from './simulation-types.ts';
import type { Script, TableChoices, TableSet } from './table-types.ts';
import type { TenantSource } from './tenant-types.ts';
import type { Threshold } from '../base/thresholds/threshold-types.ts';

/** The input document, validated, with every default filled in and every unit resolved. */
export interface Scenario {
  readonly name: string;
  /** One sentence for reports; '' when the scenario has none. */
  readonly description: string;
  readonly seed: number;
  /** Length of the measured window of one cell. */
  readonly durationMs: number;
  readonly warmupMs: number;
  /** Parts in which a run measures each window, those of other cells in between. */
  readonly repeat: number;
  readonly arrivals: ArrivalProcess;
  /** open: the schedule starts operations; closed: `clients` start one whenever one ends. */
  readonly loop: { readonly kind: 'open' } | { readonly kind: 'closed'; readonly clients: number };
  readonly tenants: TenantSource;
  readonly data: DataVolume;
  readonly topology: Topology;
  readonly limits: Limits;
  readonly alarms: Alarms;
  /** By which a run passes or fails; absent without any. */
  readonly thresholds?: readonly Threshold[];
  /** What a run forecasts the log of its inserts for. */
  readonly wal: { readonly indexBytes: readonly number[]; readonly checkpointMs: number };
  readonly durability: Durability;
  /** The one table of the short form; of a scenario with `tables` nothing in it counts. */
  readonly schema: Schema;
  /** Absent in the short form. */
  readonly tables?: TableSet;
  readonly operations: readonly Operation[];
  /** Whether the baseline cell `single` (one shard, no router) is measured too. */
  readonly baseline: boolean;
  readonly strategies: readonly Strategy[];
  readonly simulation: Simulation;
  readonly growth: Growth;
  readonly objectives: Objectives;
  /** Absent: rows may lie anywhere. */
  readonly residency?: Residency;
  readonly capacity: Capacity;
  readonly cost: Cost;
}

export type ArrivalProcess =
  | { readonly process: 'constant'; readonly ratePerSecond: number }
  | { readonly process: 'poisson'; readonly ratePerSecond: number }
  | {
      /** Poisson at `onPerSecond` for `onMs`, then at `offPerSecond` for `offMs`, and so on. */
      readonly process: 'burst';
      readonly onPerSecond: number;
      readonly offPerSecond: number;
      readonly onMs: number;
      readonly offMs: number;
    }
  | {
      /** Poisson whose rate rises (or falls) linearly over the window. */
      readonly process: 'ramp';
      readonly fromPerSecond: number;
      readonly toPerSecond: number;
    };

export interface DataVolume {
  /** Of all shards together; rows and bytes are scaled to it. */
  readonly totalBytes: number;
  /** Estimated size of one row with its index entries; rows = totalBytes / rowBytes. */
  readonly rowBytes: number;
}

export interface Topology {
  /** The present count: where `grow` begins. */
  readonly shards: number;
  /** Further counts at which `run` and `simulate` measure each strategy; absent without any. */
  readonly furtherShards?: readonly number[];
  /** Relative capacity of each shard; all 1 unless the scenario says otherwise. */
  readonly weights: readonly number[];
  /** Connection URLs of the user's own shards, for the fleet urls; may hold passwords. */
  readonly urls: readonly string[];
  /** Limits of one shard where the fleet can set them. */
  readonly quota: { readonly cpu: number; readonly memoryBytes: number } | null;
}

export interface Limits {
  /** From the intended start; an operation without an answer by then counts as timed out. */
  readonly operationTimeoutMs: number;
  /** From the dispatch: how long one shard of a scatter-gather may take. */
  readonly shardTimeoutMs: number;
  /** Connections of one shard's pool; one query is in flight on each. */
  readonly connectionsPerShard: number;
  /** Shard queries that may wait for a connection of one shard; a further one is dropped. */
  readonly queuePerShard: number;
  /** Share of an operation's queries that may fail or time out before its cell is FAILING. */
  readonly errorFraction: number;
}

export interface Alarms {
  /** A rule fires only when it holds for so long without a break. */
  readonly forMs: number;
  /** Mean wait for a connection above which the rule on it fires. */
  readonly waitMs: number;
}

export interface Durability {
  readonly fsync: boolean;
  readonly synchronousCommit: boolean;
}

/** What every shard holds: DDL to run, and the one table that is loaded and addressed. */
export interface Schema {
  /** Statements that build the empty table, run in order on every shard before the load. */
  readonly ddl: readonly string[];
  /** Statements run in order after the load (indexes are built faster on loaded rows). */
  readonly indexes: readonly string[];
  readonly table: string;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  readonly generator: Generator;
}

/** How the value of a column follows from a row (its tenant and its number). */
export type Generator =
  /** The tenant's id; type = the tenants' idType. */
  | { readonly kind: 'tenant' }
  /** One of `perTenant` users of the row's tenant; int8. */
  | { readonly kind: 'user'; readonly perTenant: number }
  /** Unique; int8 or uuid, and rising with time or not, by its style. */
  | { readonly kind: 'id'; readonly style: IdStyle }
  /** One of the values, drawn for each row or once for each tenant; text. */
  | {
      readonly kind: 'choice';
      readonly values: readonly string[];
      readonly per: 'row' | 'tenant';
    }
  /** Rises with the row; timestamptz. */
  | { readonly kind: 'timestamp' }
  /** Uniform in [min, max] with `decimals` digits; numeric. */
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly decimals: number;
    }
  /** Hexadecimal text of a fixed length. */
  | { readonly kind: 'text'; readonly bytes: number };

export interface Operation {
  readonly name: string;
  readonly kind: 'read' | 'write';
  /** Relative frequency. */
  readonly weight: number;
  /**
   * One, or several that run in one transaction on each shard they touch. Empty where there is a
   * script.
   */
  readonly statements: readonly Statement[];
  /** What it does on the tables of a scenario with `tables`. */
  readonly script?: Script;
  /** What it does instead where a strategy cannot run its script. */
  readonly instead?: Script;
  /** How it fares under each shard key, by the key's name; of scripts, once rows are drawn. */
  readonly byKey?: ReadonlyMap<string, OperationLayout>;
  /** The transaction ends with a ROLLBACK of the operation's own; absent: it is committed. */
  readonly rollsBack?: true;
  /** What else than success belongs to the workload; absent: nothing. */
  readonly expect?: Expectation;
}

export interface Expectation {
  /** SQLSTATEs that count as success. */
  readonly errors: readonly string[];
  /** Whether every query of the operation may find or change no row at all. */
  readonly empty: boolean;
}

export interface Statement {
  /** As written, with named parameters (`:tenant_id`). */
  readonly sql: string;
  /** The same with positional parameters ($1 ...). */
  readonly text: string;
  /** What $1, $2 ... stand for. */
  readonly parameters: readonly Parameter[];
  readonly binds: readonly Binding[];
  /** An insert makes the arrival's new row; every other statement addresses a loaded row. */
  readonly insert: boolean;
}

/** `other`: of the arrival's second row (another tenant); written other.column. */
export interface Parameter {
  readonly column: string;
  readonly form: 'value' | 'from' | 'to' | 'list';
  readonly other: boolean;
}

/** A column that the statement fixes, by equality, by a list, or by a range of adjacent rows. */
export interface Binding {
  readonly column: string;
  readonly by: 'value' | 'list' | 'range';
  /** Values in the list, or rows the range spans; 1 for a value. */
  readonly count: number;
  readonly other: boolean;
}

/** Keys that do not go where the router sends them, but to one shard by name or by load. */
export interface Pin {
  /** Values of the shard key and their shards. */
  readonly tenants: readonly { readonly id: string; readonly shard: number }[];
  /** Every key with at least this share of the load, to the least loaded shard; null: none. */
  readonly above: number | null;
  /** And every key with at least so many rows before the first arrival. */
  readonly aboveRows?: number;
  /** And every key with at least so many writes a second. */
  readonly aboveWritesPerSecond?: number;
  /** Shards that pinned keys have to themselves; keys without a shard by name get one each. */
  readonly exclusive?: true;
}

/** Keys whose rows lie on `over` shards, told apart by the column `by`. */
export interface Split {
  /** Values of the shard key. */
  readonly tenants: readonly string[];
  /** Every key with at least this share of the load; null: none. */
  readonly above: number | null;
  readonly by: string;
  readonly over: number;
}

/** A shard key and a router: what a cell measures. */
export interface Strategy {
  /**
   * Its label, or key/router, `tenant_id/ring:150`; `@hash` follows where two would share a name.
   */
  readonly name: string;
  /** Column the router reads; `tenant_id+user_id` where it reads several. */
  readonly key: string;
  /** Router's name in the registry, without its parameter. */
  readonly router: string;
  /** The number behind the colon (`150` of `ring:150`); null where none was given. */
  readonly parameter: number | null;
  /** null for a router that takes no hash. */
  readonly hash: string | null;
  readonly salt: string;
  /** As written, for a router that takes settings. */
  readonly settings?: unknown;
  /** Absent: the router is at hand, and looking up costs nothing. */
  readonly lookup?: Lookup;
  readonly pin?: Pin;
  readonly split?: Split;
  /** What it says of tables without a column of its key; absent: the defaults hold. */
  readonly tables?: TableChoices;
}

/** The router's table in Postgres, behind a cache as an application keeps one. */
export interface Lookup {
  /** Entries of the cache: the ones used last. */
  readonly cache: number;
  /** How long an entry is used before it is looked up again. */
  readonly ttlMs: number;
  /** One entry that changes meanwhile. */
  readonly move: {
    /** A tenant's id, or `heaviest`. */
    readonly tenant: string;
    /** Since the start of the measured window. */
    readonly atMs: number;
  } | null;
}
