import type { KeyType } from '../../base/keys.ts';
import { keyColumns } from '../shard-key.ts';
import type { KeyOfTable, TableSet } from '../table-types.ts';
import { columnKeyType } from './column-types.ts';

/** A key's name without what tells strategies with other choices for tables apart. */
export function bareKey(key: string): string {
  return key.replace(/\[.*$/, '');
}

/**
 * The columns of a shard key in each table that has it, in the order of the tables: of a key that
 * the scenario names, else of all tables with columns of that name (`a+b`: with both).
 */
export function keyColumnsOf(
  { tables, keys }: Pick<TableSet, 'tables' | 'keys'>,
  key: string,
): readonly KeyOfTable[] {
  const bare = bareKey(key);
  const named = keys.find(({ name }) => name === bare);
  if (named !== undefined) {
    return tables.flatMap(({ name }) => named.columns.filter(({ table }) => table === name));
  }
  const columns = keyColumns(bare);
  return tables.flatMap((table): KeyOfTable[] =>
    columns.every((column) => table.columns.some(({ name }) => name === column))
      ? [{ table: table.name, columns }]
      : [],
  );
}

/** Type of a column's values as (a part of) a shard key; undefined where no router takes them. */
export function keyTypeOfColumn(
  { tables }: Pick<TableSet, 'tables'>,
  table: string,
  column: string,
  idType: KeyType,
): KeyType | undefined {
  const columnsOf = (name: string) => tables.find((each) => each.name === name)?.columns;
  return columnKeyType(table, column, columnsOf, idType);
}
