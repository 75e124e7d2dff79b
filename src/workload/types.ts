import type { PackedKeys } from '../base/keys.ts';
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
}

export interface Tenants {
  readonly count: number;
  /** Canonical text of each id: text as is, int8 in decimal, uuid in lower case with hyphens. */
  readonly ids: readonly string[];
  readonly keys: PackedKeys;
  /** Share of the load of each tenant; sums to 1. */
  readonly weights: Float64Array;
  /** Share of the stored bytes of each tenant; sums to 1. */
  readonly bytes: Float64Array;
}

/**
 * The rows loaded before a cell starts, numbered in the order of time: row r belongs to
 * tenantOf[r]. The rows of tenant t are order[starts[t] .. starts[t + 1]), ascending. Every tenant
 * has at least one.
 */
export interface Rows {
  readonly count: number;
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

export type Phase = 'warmup' | 'measure';
