import { present } from '../../base/assert.ts';
import { rowBytes } from '../../workload/tables/row-bytes.ts';
import type { Workload } from '../../workload/types.ts';
import { type CellTables, everyShard } from './cell-tables.ts';

/** Rows of each table on each shard as they are loaded, in the order of the scenario's tables. */
export function tableRows(
  { tables }: Workload,
  { shardOf, routers: { shardCount } }: CellTables,
): Float64Array[] {
  const { set, loaded } = present(tables, 'tables');
  return set.tables.map(({ name }, index) => {
    const { count } = present(loaded[index], `rows of ${name}`);
    const rows = new Float64Array(shardCount);
    const place = shardOf(name);
    for (let row = 0; row < count; row += 1) {
      const shard = place(row);
      // All of its rows lie on every shard.
      if (shard === everyShard) return rows.fill(count);
      rows[shard] = (rows[shard] ?? 0) + 1;
    }
    return rows;
  });
}

/** Over all tables. */
export function rowsOfShards(rows: readonly Float64Array[]): number[] {
  const shards = Array.from(rows[0] ?? [], () => 0);
  for (const own of rows) {
    for (const [shard, count] of own.entries()) shards[shard] = (shards[shard] ?? 0) + count;
  }
  return shards;
}

/** Rows and bytes of each shard over all tables, from the rows of each. */
export function shardContents(
  { tables }: Workload,
  rows: readonly Float64Array[],
): { readonly rows: number; readonly bytes: number }[] {
  const bytesOf = rowBytes(present(tables, 'tables').set);
  return rowsOfShards(rows).map((own, shard) => ({
    rows: own,
    bytes: rows.reduce((sum, table, i) => sum + (table[shard] ?? 0) * (bytesOf[i] ?? 0), 0),
  }));
}
