import { present } from '../../base/assert.ts';
import type { TableColumn, TableGenerator } from '../../scenario/table-types.ts';
import { mix, saltOf } from '../mix.ts';
import { columnOf, nodeOf, type TableNode } from './table-tree.ts';

/** Where a column's values come from in the end: a column of the table or of one above it. */
export interface ColumnSource {
  readonly node: TableNode;
  readonly column: TableColumn;
  readonly generator: Exclude<TableGenerator, { kind: 'parent' }>;
  /** Of the seed and of the column that makes the values. */
  readonly salt: number;
  /** Where it may be NULL on the way there. */
  readonly nulls: readonly NullShare[];
}

/** Rows of a table in which a column is NULL. */
export interface NullShare {
  readonly node: TableNode;
  readonly salt: number;
  readonly share: number;
}

/** Follows `parent` generators up to the column that makes the values. */
export function columnSource(
  nodes: ReadonlyMap<string, TableNode>,
  seed: number,
  table: string,
  columnName: string,
): ColumnSource {
  const node = nodeOf(nodes, table);
  const column = columnOf(node.table, columnName);
  const name = `${table}.${columnName}`;
  const own: NullShare[] = [];
  if (column.nulls > 0) own.push({ node, salt: saltOf(seed, `${name}/null`), share: column.nulls });
  const generator = present(column.generator, `generator of ${name}`);
  if (generator.kind !== 'parent') {
    return { node, column, generator, salt: saltOf(seed, name), nulls: own };
  }
  const above = columnSource(nodes, seed, generator.table, generator.column);
  return { ...above, nulls: [...own, ...above.nulls] };
}

export function isNull({ salt, share }: NullShare, row: number): boolean {
  return mix(salt, row, 0) < share * 2 ** 32;
}
