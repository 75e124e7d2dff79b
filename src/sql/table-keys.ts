import type { KeyOfTable, TableSet } from '../scenario/table-types.ts';

export type TableKey = Pick<KeyOfTable, 'columns' | 'bits'>;

/** Between the columns of a key that is named by them. */
const separator = '+';

/**
 * The columns of a shard key in each table that has it, by the key's name: one that the scenario
 * names, or that of a column (or several, `a+b`) of any table. What stands in brackets behind a
 * name tells layouts apart that place other tables differently.
 */
export function tableKeys(set: TableSet, key: string): ReadonlyMap<string, TableKey> {
  const name = key.replace(/\[.*$/s, '');
  const named = set.keys.find((each) => each.name === name);
  if (named !== undefined) return new Map(named.columns.map((each) => [each.table, each]));
  const columns = name.split(separator);
  const having = set.tables.filter((table) =>
    columns.every((column) => table.columns.some((each) => each.name === column)),
  );
  return new Map(having.map((table) => [table.name, { columns }]));
}
