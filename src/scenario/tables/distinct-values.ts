import type { Table, TableGenerator } from '../table-types.ts';
import { expectedRows } from './expected-rows.ts';
import type { TableTree } from './table-tree.ts';

/** Tables with so many tenants. */
export interface CountedTables {
  readonly tree: TableTree;
  readonly tenants: number;
}

/** How many different values a column can have at most; Infinity where nothing bounds them. */
export function distinctValues(table: Table, column: string, counted: CountedTables): number {
  const found = table.columns.find(({ name }) => name === column);
  // A default may be anything, and NULL is never the same as another one.
  if (found === undefined || found.generator === null) return Number.POSITIVE_INFINITY;
  const { generator } = found;
  if (generator.kind !== 'parent' && generator.kind !== 'pick') {
    return ownValues(table, generator, counted);
  }
  const other = counted.tree.table(generator.table);
  if (other === undefined) return Number.POSITIVE_INFINITY;
  const rows = expectedRows(other, counted.tree, counted.tenants);
  // Columns of one table that copy each other are an error, told elsewhere.
  if (other === table) return rows;
  return Math.min(rows, distinctValues(other, generator.column, counted));
}

type OwnGenerator = Exclude<TableGenerator, { kind: 'parent' | 'pick' }>;

function ownValues(table: Table, generator: OwnGenerator, counted: CountedTables): number {
  switch (generator.kind) {
    case 'tenant':
      return counted.tenants;
    case 'user':
      return counted.tenants * generator.perTenant;
    case 'sequence':
      return longestSequence(table, counted);
    case 'choice':
      return new Set(generator.values).size;
    case 'words':
      return new Set(generator.words).size ** generator.count;
    case 'number':
      return Math.floor((generator.max - generator.min) * 10 ** generator.decimals + 1e-6) + 1;
    case 'date':
      return generator.toDay - generator.fromDay + 1;
    case 'text':
      return 16 ** generator.bytes;
    case 'padded':
      return 10 ** generator.length;
    case 'id':
    case 'timestamp':
    case 'json':
      return Number.POSITIVE_INFINITY;
  }
}

/** Rows of one tenant or parent, where that is known, and of all of them otherwise. */
function longestSequence(table: Table, { tree, tenants }: CountedTables): number {
  if (table.rows.kind === 'fixed') return table.rows.count;
  return table.rows.kind === 'range' ? table.rows.to : expectedRows(table, tree, tenants);
}
