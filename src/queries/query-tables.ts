import { assert } from '../base/assert.ts';
import type { Layout, TableLayout } from '../scenario/layout-types.ts';
import { keyBits, keyColumns, keyTypeOf } from '../scenario/shard-key.ts';
import type { Table, TableSet } from '../scenario/table-types.ts';
import type { Scenario, Strategy } from '../scenario/types.ts';
import { type Catalog, catalogOf } from '../sql/catalog.ts';
import { tablesOfDdl } from '../sql/ddl-tables.ts';
import { placingOfLayout } from '../sql/layout-placing.ts';
import { type Placing, placingOf } from '../sql/placing.ts';
import type { StatementReader } from '../sql/sql-reader.ts';

/** What statements are judged by: the tables that there are, and where they lie. */
export interface QueryTables {
  readonly catalog: Catalog;
  readonly placing: Placing;
}

/** @param layouts by the name of the shard key; none in the short form of a scenario */
export function queryTables(
  scenario: Scenario,
  { key }: Pick<Strategy, 'key'>,
  layouts: ReadonlyMap<string, Layout>,
  reader: StatementReader,
): QueryTables {
  if (scenario.tables === undefined) return tablesOfShortForm(scenario, key, reader);
  const layout = layouts.get(key);
  assert(layout !== undefined, `layout of ${key}`);
  const placing = placingOfLayout(scenario.tables, layout);
  return { catalog: catalogOf(scenario.tables, reader), placing };
}

function tablesOfShortForm(
  { schema, tenants }: Scenario,
  key: string,
  reader: StatementReader,
): QueryTables {
  const made = tablesOfDdl([...schema.ddl, ...schema.indexes], reader.grammar);
  const table = made.find(({ name }) => name === schema.table) ?? {
    ...bareTable,
    name: schema.table,
    columns: schema.columns.map(({ name, generator }) => {
      const type = keyTypeOf(generator, tenants.idType) ?? '';
      return { name, type, generator: null, default: null, nulls: 0 };
    }),
  };
  const set: TableSet = { tables: [table], keys: [], views: [] };
  const bits = keyBits(key);
  const layout: TableLayout = {
    table: table.name,
    placement: 'sharded',
    keyColumns: keyColumns(key),
    reason: 'key',
    ...(bits !== null && { bits }),
  };
  return { catalog: catalogOf(set, reader), placing: placingOf(set, [layout], new Map()) };
}

const bareTable: Omit<Table, 'name' | 'columns'> = {
  per: null,
  rows: { kind: 'fixed', count: 0 },
  primary: [],
  unique: [],
  foreign: [],
  indexes: [],
  rowBytes: null,
};
