import type { RowCount, Table, TableSet } from '../scenario/table-types.ts';

/** Rows of each table that are to be expected, before any is drawn. */
export function expectedRows({ tables }: TableSet, tenants: number): ReadonlyMap<string, number> {
  const rows = new Map<string, number>();
  // Parents come before their children.
  for (const table of tables) rows.set(table.name, expectedIn(table, tenants, rows));
  return rows;
}

function expectedIn(
  { per, rows }: Table,
  tenants: number,
  above: ReadonlyMap<string, number>,
): number {
  if (rows.kind === 'byTenantBytes') return rows.total;
  const of = per === null ? 1 : per.kind === 'tenant' ? tenants : (above.get(per.table) ?? 0);
  return of * meanOf(rows);
}

function meanOf(rows: Exclude<RowCount, { kind: 'byTenantBytes' }>): number {
  if (rows.kind === 'fixed') return rows.count;
  return rows.kind === 'range' ? (rows.from + rows.to) / 2 : rows.mean;
}
