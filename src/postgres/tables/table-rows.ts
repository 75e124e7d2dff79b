import type { TableSet } from '../../scenario/table-types.ts';
import type { CopyColumn } from '../../workload/tables/copy-column.ts';

/** A column's value in a row as Postgres' text; null for NULL. */
export type CellText = (row: number) => string | null;

/** What is loaded, and where to: tables by their index in the set. */
export interface TableRows {
  readonly set: TableSet;
  /** Rows of a table. */
  count(table: number): number;
  /** A column that has a generator, as COPY takes it. */
  column(table: number, column: string): CopyColumn;
  /** The same values, to look for rows by. */
  text(table: number, column: string): CellText;
  /** The shard of each row; -1: it is on every shard. */
  shardOf(table: number): (row: number) => number;
}

/** As `shardOf` says it of a row of a reference table. */
export const everyShard = -1;
