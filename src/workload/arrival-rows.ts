import type { RoutedKeyType } from '../base/keys.ts';
import { ScriptRows } from './tables/script-rows.ts';
import type { Workload } from './types.ts';

/**
 * The rows and values that one arrival is about, under a script: one object, opened for an arrival
 * and asked as often as needed. Everything follows from the seed, the operation, the tenant and the
 * arrival's number. Asking for rows and keys allocates nothing.
 */
export interface ArrivalRows {
  /** `instead`: the operation's way round instead of its own script. */
  open(operation: number, instead: boolean, tenant: number, number: number): void;
  /** How often a group of the script runs. */
  repetitions(group: number): number;
  /**
   * Row number `index` (from 0) of a draw in a repetition of its group (any, for a draw of the
   * group that runs once); a new row has a number from the table's count on. -1: there is none (a
   * tenant or parent without rows).
   */
  row(draw: number, repetition: number, index: number): number;
  /**
   * Rows of the draw: 1, or those of a list, which are different ones where there are enough. Those
   * of a range are adjacent in time: it is named by the first and the last of them.
   */
  rowCount(draw: number): number;
  /** A column of a draw's row as Postgres' text, null for NULL. */
  text(draw: number, repetition: number, index: number, column: string): string | null;
  /** A drawn value as Postgres' text. */
  valueText(value: number, repetition: number): string;
}

/** Of a workload with tables. */
export function createArrivalRows(workload: Workload): ArrivalRows {
  return new ScriptRows(workload);
}

/**
 * A shard key of a draw's table: encodes the value (base/keys.ts) in a draw's row, without strings.
 */
export interface DrawKey {
  readonly type: RoutedKeyType;
  readonly maxBytes: number;
  /** Returns the length; 0 where there is no row. */
  write(draw: number, repetition: number, index: number, out: Uint8Array): number;
}
