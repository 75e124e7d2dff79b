import type { PackedKeys, RoutedKeyType } from '../base/keys.ts';
import type { Layout } from '../scenario/layout-types.ts';
import type { TableSet } from '../scenario/table-types.ts';
import type { Operation, Column, ArrivalProcess } from '../scenario/types.ts';

/**
 * Plain data (typed arrays and the scenario's own parts), so that it can be cloned to a worker.
 */
export interface Workload {
  readonly seed: number;
  readonly tenants: Tenants;
  readonly rows: Rows;
  readonly columns: readonly Column[];
  readonly operations: readonly Operation[];
  readonly arrivals: ArrivalProcess;
  readonly durationMs: number;
  readonly warmupMs: number;
  /** Absent in the short form of one table. */
  readonly tables?: TableWorkload;
}

/**
 * The tables of a scenario, their loaded rows and where they lie. An arrival's `row` is then its
 * number, counted through all phases from 0: all rows that it is about follow from that and from
 * its tenant, and so do the numbers of the rows that it makes.
 */
export interface TableWorkload {
  readonly set: TableSet;
  /** In the order of `set.tables`. */
  readonly loaded: readonly LoadedTable[];
  /** By the name of the shard key; `single` is the baseline on one shard. */
  readonly layouts: ReadonlyMap<string, Layout>;
}

/** Rows of a table before the first arrival, numbered in the order of time. */
export interface LoadedTable {
  readonly count: number;
  /** Tenant of each row; null for a table without tenants. */
  readonly tenantOf: Uint32Array | null;
  /** Row of the parent table of each row; null without a parent. */
  readonly parentOf: Uint32Array | null;
  /** Rows below parent row p (or tenant p) are order[starts[p] .. starts[p + 1]). */
  readonly starts: Uint32Array | null;
  /** null: the rows stand in that order already. */
  readonly order: Uint32Array | null;
}

export interface Tenants {
  readonly count: number;
  /** Canonical text of each id: text as is, int8 in decimal, uuid in lower case with hyphens. */
  readonly ids: readonly string[];
  readonly keys: PackedKeys;
  /**
   * Share of the load of each tenant; sums to 1. Of tenants that join or leave, the expected share
   * of all arrivals of the measured window: models that know no time are then right for the whole.
   */
  readonly weights: Float64Array;
  /**
   * Share of the stored bytes of each tenant; sums to 1. That some join or leave makes no
   * difference: all rows are loaded at the start and stay.
   */
  readonly bytes: Float64Array;
  /** Absent where all tenants are there all the time. */
  readonly changes?: TenantChanges;
}

/** Tenants that join or leave, in the order of time. */
export interface TenantChanges {
  /** Size of every tenant as a share of all: while it is there its load is in proportion to it. */
  readonly sizes: Float64Array;
  /** Who joins or leaves, ... */
  readonly tenants: Uint32Array;
  /** ... whether it joins (1) or leaves (0), and ... */
  readonly joins: Uint8Array;
  /**
   * ... after which part of the measured window, above 0 and below 1.
   */
  readonly moments: Float64Array;
}

/**
 * The rows loaded before a cell starts, numbered in the order of time: row r belongs to
 * tenantOf[r]. The rows of tenant t are order[starts[t] .. starts[t + 1]), ascending. Every tenant
 * has at least one.
 */
export interface Rows {
  readonly count: number;
  /** Rows of the data that each of these stands for: 1 where all of them are drawn. */
  readonly standsFor: number;
  readonly tenantOf: Uint32Array;
  readonly starts: Uint32Array;
  readonly order: Uint32Array;
}

/** Receives arrivals in order; numbers instead of an object, because this is a hot path. */
export type ArrivalVisitor = (
  /** Since the start of the phase. */
  intendedNs: number,
  tenant: number,
  /** Index into operations. */
  operation: number,
  /** The loaded row it addresses, or for an insert the number of the new row (>= rows.count). */
  row: number,
) => void;

/** A stretch of arrivals, drawn from streams of the seed that are named after it. Plain data. */
export interface Phase {
  readonly name: string;
  readonly durationMs: number;
  readonly arrivals: ArrivalProcess;
  /** Number of the first row that its inserts make. */
  readonly firstNewRow: number;
  /**
   * Whose arrivals it has where tenants join or leave: of those there at the start of the measured
   * window (before it), or of all by their expected shares, which makes its first thousand as good
   * a sample of the window as any. Absent: they come and go as it goes on.
   */
  readonly who?: 'atStart' | 'onAverage';
  /**
   * The part of it that runs, in milliseconds since its start; absent: all of it. Its arrivals are
   * those of the whole phase that fall into it, with times since the start of the part.
   */
  readonly part?: { readonly fromMs: number; readonly toMs: number };
}

/**
 * A shard key as routers read it: the canonical encoding (base/keys.ts) of its value in a row,
 * without strings. Writing allocates nothing.
 */
export interface KeyColumn {
  readonly type: RoutedKeyType;
  /** Length of the longest encoded value: an `out` of this size always suffices. */
  readonly maxBytes: number;
  /** A whole number that stands for the value: rows have the same one just when values agree. */
  valueOf(tenant: number, row: number): number;
  /** Encodes the value that such a number stands for to the start of `out`; returns its length. */
  encode(value: number, out: Uint8Array): number;
  /** Both at once: encodes the value in a row. */
  write(tenant: number, row: number, out: Uint8Array): number;
}
