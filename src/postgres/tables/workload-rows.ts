import { present } from '../../base/assert.ts';
import type { CellTables } from '../../traffic/tables/cell-tables.ts';
import { columnText, tablesOf } from '../../workload/tables/column-text.ts';
import { copyColumns } from '../../workload/tables/copy-column.ts';
import type { Workload } from '../../workload/types.ts';
import type { TableRows } from './table-rows.ts';

/** The rows of a scenario with many tables, on the shards of a cell. */
export function workloadRows(
  workload: Workload,
  { shardOf }: Pick<CellTables, 'shardOf'>,
): TableRows {
  const { set, loaded } = tablesOf(workload);
  const nameOf = (table: number): string => present(set.tables[table], 'table').name;
  return {
    set,
    count: (table) => present(loaded[table], 'rows of a table').count,
    column: (table, column) => copyColumns(workload, nameOf(table))(column),
    text: (table, column) => columnText(workload, nameOf(table))(column),
    shardOf: (table) => shardOf(nameOf(table)),
  };
}
