import type { Table } from '../table-types.ts';
import type { CountedTables } from './distinct-values.ts';
import { expectedRows } from './expected-rows.ts';
import type { TableTree } from './table-tree.ts';

/**
 * Whether columns tell a table's rows apart by the way they are made: an id, or a sequence together
 * with what tells the parents apart, or the latter alone where each has one row.
 */
export function isSurelyUnique(
  table: Table,
  columns: readonly string[],
  counted: CountedTables,
): boolean {
  const { tree } = counted;
  const own = table.columns.filter(({ name }) => columns.includes(name));
  const has = (kind: string): boolean => own.some(({ generator }) => generator?.kind === kind);
  if (has('id') || has('padded')) return true;
  if (table.per === null) return has('sequence');
  if (!has('sequence') && !isOnce(table, counted)) return false;
  const sources = new Set(own.map(({ name }) => sourceOf(table, name, tree)));
  if (table.per.kind === 'tenant') return sources.has(tenantSource);
  const parent = tree.table(table.per.table);
  if (parent === undefined) return false;
  const copied = parent.columns
    .map(({ name }) => name)
    .filter((name) => sources.has(sourceOf(parent, name, tree)));
  return isSurelyUnique(parent, copied, counted);
}

const tenantSource = 'tenant';

function isOnce(table: Table, { tree, tenants }: CountedTables): boolean {
  const { per, rows } = table;
  if (rows.kind === 'shared') {
    const parent = per?.kind === 'table' ? tree.table(per.table) : undefined;
    // Of others the number is an average.
    const isKnown = tree
      .above(table.name)
      .every((name) => ['fixed', 'shared'].includes(tree.table(name)?.rows.kind ?? ''));
    const owners = parent === undefined ? tenants : expectedRows(parent, tree, tenants);
    return isKnown && rows.quantiles === null && rows.top === undefined && rows.total <= owners;
  }
  if (rows.kind === 'fixed') return rows.count <= 1;
  return rows.kind === 'range' && rows.to <= 1;
}

/** The column above it from which its value comes, or the tenant. */
function sourceOf(table: Table, column: string, tree: TableTree): string {
  const generator = table.columns.find(({ name }) => name === column)?.generator;
  if (generator?.kind === 'tenant') return tenantSource;
  const above = generator?.kind === 'parent' ? tree.table(generator.table) : undefined;
  return above !== undefined && generator?.kind === 'parent'
    ? sourceOf(above, generator.column, tree)
    : `${table.name}.${column}`;
}
