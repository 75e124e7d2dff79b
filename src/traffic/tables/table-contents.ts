import { present } from '../../base/assert.ts';
import { rowBytes } from '../../workload/tables/row-bytes.ts';
import type { Workload } from '../../workload/types.ts';

/** Of rows that lie on all shards. */
export const everyShard = -1;

/** A table on each shard as it is loaded; bytes as the scenario says or as they are estimated. */
export interface TableContents {
  readonly table: string;
  readonly rows: number[];
  readonly bytes: number[];
}

/** In the order of the scenario's tables. */
export function tablesOnShards(
  { tables }: Workload,
  shardCount: number,
  shardOf: (table: string) => (row: number) => number,
): TableContents[] {
  const { set, loaded } = present(tables, 'tables');
  const bytesOfRow = rowBytes(set);
  return set.tables.map(({ name }, index) => {
    const { count } = present(loaded[index], `rows of ${name}`);
    const rows = rowsByShard(shardOf(name), count, shardCount);
    return {
      table: name,
      rows,
      bytes: rows.map((own) => Math.round(own * (bytesOfRow[index] ?? 0))),
    };
  });
}

function rowsByShard(shardOf: (row: number) => number, count: number, shardCount: number) {
  const rows = Array.from({ length: shardCount }, () => 0);
  for (let row = 0; row < count; row += 1) {
    const shard = shardOf(row);
    // All of its rows lie on every shard.
    if (shard === everyShard) return rows.fill(count);
    rows[shard] = (rows[shard] ?? 0) + 1;
  }
  return rows;
}

/** Rows and bytes of each shard over all tables. */
export function shardContents(
  tables: readonly TableContents[],
): { readonly rows: number; readonly bytes: number }[] {
  const sum = (part: 'rows' | 'bytes', shard: number): number =>
    tables.reduce((all, table) => all + (table[part][shard] ?? 0), 0);
  return (tables[0]?.rows ?? []).map((_, shard) => ({
    rows: sum('rows', shard),
    bytes: sum('bytes', shard),
  }));
}
