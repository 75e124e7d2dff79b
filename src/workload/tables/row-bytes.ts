import type { DataVolume } from '../../scenario/types.ts';
import { estimatedRowBytes } from '../../scenario/tables/row-bytes.ts';
import { TableTree } from '../../scenario/tables/table-tree.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import type { TableWorkload } from '../types.ts';

/**
 * Bytes of a row of each table with its index entries: as the scenario says, else estimated from
 * its columns as Postgres stores them.
 */
export function rowBytes({ tables }: Pick<TableSet, 'tables'>): number[] {
  const tree = new TableTree(tables);
  return tables.map((table) => table.rowBytes ?? estimatedRowBytes(table, tree));
}

/** Of all tables together: what the short form says in `data`. */
export function tableVolume({ set, loaded }: TableWorkload): DataVolume {
  const bytes = rowBytes(set);
  const rows = loaded.reduce((sum, { count }) => sum + count, 0);
  const totalBytes = loaded.reduce((sum, { count }, i) => sum + count * (bytes[i] ?? 0), 0);
  return { totalBytes: Math.round(totalBytes), rowBytes: rows === 0 ? 1 : totalBytes / rows };
}
