import type { SchemaEvidence, TableEvidence } from '../evidence.ts';

/** How many of the rows that were seen the scenario has. */
export interface RowScale {
  readonly scale: number;
  /** Of a table. */
  readonly rows: (table: TableEvidence) => number;
  /** Bytes that the rows take with their indexes, as in the database. */
  readonly bytes: number;
}

const rowsMost = 2_000_000;
const scales = [
  1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 5e-4, 2e-4, 1e-4, 1e-5, 1e-6, 1e-7, 1e-9,
];

/** Where nothing is known of a table's size. */
const assumedRowBytes = 100;

export function rowBytesOf({ rows, bytes }: TableEvidence): number {
  const all = bytes.heap + bytes.toast + bytes.indexes;
  return rows.count > 0 && all > 0 ? all / rows.count : assumedRowBytes;
}

/**
 * The largest scale at which rows and bytes fit. Small tables stay whole: a hundredth of ten
 * districts is none.
 *
 * @param asked null: what fits
 */
export function rowScale(
  { tables }: SchemaEvidence,
  asked: number | null,
  roomBytes: number,
): RowScale {
  if (asked !== null) return scaled(tables, asked, asked >= 1 ? 0 : 1);
  const small = Math.min(10_000, Math.floor(rowsMost / 10 / Math.max(1, tables.length)));
  const tried = scales.map((scale) => scaled(tables, scale, small));
  const fits = (each: RowScale): boolean =>
    each.bytes <= roomBytes && rowsIn(tables, each) <= rowsMost;
  return tried.find(fits) ?? scaled(tables, scales.at(-1) ?? 1, 1);
}

const rowsIn = (tables: readonly TableEvidence[], { rows }: RowScale): number =>
  tables.reduce((sum, table) => sum + rows(table), 0);

function scaled(tables: readonly TableEvidence[], scale: number, small: number): RowScale {
  const rows = ({ rows: { count } }: TableEvidence): number => {
    const all = Math.round(count);
    return scale === 1 ? all : Math.max(Math.round(all * scale), Math.min(all, small));
  };
  const bytes = tables.reduce((sum, table) => sum + rows(table) * rowBytesOf(table), 0);
  return { scale, rows, bytes };
}
