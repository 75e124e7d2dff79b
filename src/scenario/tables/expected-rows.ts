import type { RowCount, Table } from '../table-types.ts';
import type { TableTree } from './table-tree.ts';

/** Rows for each tenant or parent on average; of those with a total in all. */
function mean(rows: RowCount): number {
  switch (rows.kind) {
    case 'fixed':
      return rows.count;
    case 'range':
      return (rows.from + rows.to) / 2;
    case 'skewed':
      // At least one each.
      return Math.max(1, rows.mean);
    case 'byTenantBytes':
    case 'shared':
      return rows.total;
  }
}

/** Rows of a table before the first arrival, on average, with so many tenants. */
export function expectedRows(table: Table, tree: TableTree, tenants: number): number {
  const own = mean(table.rows);
  if (table.per === null) return own;
  if (table.per.kind === 'tenant') {
    if (table.rows.kind === 'shared') return own;
    return table.rows.kind === 'byTenantBytes' ? Math.max(own, tenants) : own * tenants;
  }
  const parent = tree.table(table.per.table);
  const owners = parent === undefined ? 0 : expectedRows(parent, tree, tenants);
  return table.rows.kind === 'shared' && owners > 0 ? own : own * owners;
}
