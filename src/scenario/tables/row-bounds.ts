import type { RowCount, Table } from '../table-types.ts';
import type { TableTree } from './table-tree.ts';

function fewest(rows: RowCount): number {
  if (rows.kind === 'fixed') return rows.count;
  if (rows.kind === 'shared') return 0;
  return rows.kind === 'range' ? rows.from : 1;
}

function most(rows: RowCount): number {
  if (rows.kind === 'fixed') return rows.count;
  return rows.kind === 'range' ? rows.to : Number.POSITIVE_INFINITY;
}

function lineOf(name: string, tree: TableTree): readonly Table[] {
  return [name, ...tree.above(name)].flatMap((each) => tree.table(each) ?? []);
}

/** Whether a tenant, or the whole table where there are none, can be without rows of it. */
export function mayBeEmpty(name: string, tree: TableTree): boolean {
  return lineOf(name, tree).some(({ rows }) => fewest(rows) === 0);
}

/** Whether it has no row at all before the first arrival. */
export function hasNoRows(name: string, tree: TableTree): boolean {
  return lineOf(name, tree).some(({ rows }) => most(rows) === 0);
}
