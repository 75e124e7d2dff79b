import { ScenarioNames } from '../../../profile/scenario-names.ts';
import type { Catalog } from './read-catalog.ts';
import { grouped } from '../typed-rows.ts';

/** Names of the scenario, by ids and numbers. */
export interface CatalogNames {
  /** Of a table (partitions have their table's), or a view. */
  table(id: string): string;
  column(table: string, number: number): string;
  columns(table: string, numbers: readonly number[]): string[];
}

/** A name that can stay does, in whichever order the database has them. */
const isPlain = (name: string): boolean => /^[a-z_][a-z0-9_]*$/.test(name);

export function catalogNames(
  catalog: Pick<Catalog, 'tables' | 'views' | 'columns' | 'partitioning'>,
): CatalogNames {
  const tables = new Map<string, string>();
  const taken = new ScenarioNames();
  const all = [...catalog.tables, ...catalog.views];
  const plain = all.filter(({ name }) => isPlain(name));
  for (const { id, name, schema } of [...plain, ...all.filter((each) => !plain.includes(each))]) {
    tables.set(id, taken.add(name, schema));
  }
  const columns = new Map<string, string>();
  for (const [table, own] of grouped(catalog.columns, (column) => column.table)) {
    const names = new ScenarioNames();
    for (const wanted of [true, false]) {
      for (const { number, name } of own) {
        if (isPlain(name) === wanted) columns.set(`${table}/${number}`, names.add(name));
      }
    }
  }
  const column = (table: string, number: number): string => columns.get(`${table}/${number}`) ?? '';
  return {
    table: (id) => tables.get(catalog.partitioning.rootOf(id).id) ?? '',
    column,
    columns: (table, numbers) => numbers.map((number) => column(table, number)),
  };
}
