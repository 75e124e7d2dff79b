import type { Layout, TablePlacementKind } from '../../scenario/layout-types.ts';
import type { Table, TableColumn } from '../../scenario/table-types.ts';
import type { Scenario } from '../../scenario/types.ts';
import { sqlName, sqlNames } from './sql/sql-text.ts';

/** A table and where it lies, whichever form the scenario has. */
export interface PlacedTable {
  readonly name: string;
  readonly placement: TablePlacementKind;
  /** Whose value decides the shard; empty for reference tables and those at home. */
  readonly keyColumns: readonly string[];
  /** Only some bits of the key's value decide, which no other system can be told. */
  readonly isBits: boolean;
  /** Names of all columns; null: only the scenario's own DDL has them. */
  readonly columns: readonly string[] | null;
}

export function placedTables(
  { tables, schema }: Scenario,
  layout: Layout | null,
  key: string,
): PlacedTable[] {
  if (tables === undefined || layout === null) {
    const columns = schema.columns.map(({ name }) => name);
    const keyColumns = key.split('+');
    return [{ name: schema.table, placement: 'sharded', keyColumns, isBits: false, columns }];
  }
  return layout.tables.map(({ table, placement, keyColumns, bits }) => {
    const columns = tables.tables.find(({ name }) => name === table)?.columns;
    return {
      name: table,
      placement,
      keyColumns,
      isBits: bits !== undefined,
      columns: columns?.map(({ name }) => name) ?? null,
    };
  });
}

/** CREATE TABLE of all of them, with keys, indexes and the constraints that a shard can hold. */
export function tablesDdl(scenario: Scenario, layout: Layout | null): string {
  const { tables, schema } = scenario;
  if (tables === undefined) {
    return [...schema.ddl, ...schema.indexes].map((each) => `${each.trim()};`).join('\n\n');
  }
  const all = tables.tables;
  return [
    ...all.map(createTable),
    ...all.flatMap(keysOf),
    ...all.flatMap((table) => foreignOf(table, layout)),
    ...tables.views.map(({ name, sql }) => `create view ${sqlName(name)} as ${sql};`),
  ].join('\n\n');
}

/** CREATE TABLE of the columns alone. */
export function createTable({ name, columns }: Table): string {
  return `create table ${sqlName(name)} (\n${columns.map(columnText).join(',\n')}\n);`;
}

function columnText({ name, type, generator, default: value, nulls }: TableColumn): string {
  const parts = [`  ${sqlName(name)}`, type];
  if (value !== null) parts.push(`default ${value}`);
  if (nulls === 0 && (generator !== null || value !== null)) parts.push('not null');
  return parts.join(' ');
}

function keysOf({ name, primary, unique, indexes }: Table): string[] {
  const table = sqlName(name);
  return [
    ...(primary.length === 0
      ? []
      : [`alter table ${table} add primary key (${sqlNames(primary)});`]),
    ...unique.map((columns) => `alter table ${table} add unique (${sqlNames(columns)});`),
    ...indexes.map((columns) => `create index on ${table} (${sqlNames(columns)});`),
  ];
}

function foreignOf({ name, foreign }: Table, layout: Layout | null): string[] {
  return foreign
    .filter(
      (key) =>
        layout?.lost.some(
          (lost) =>
            lost.kind === 'foreign' &&
            lost.table === name &&
            lost.references === key.table &&
            lost.columns.join('\0') === key.columns.join('\0'),
        ) !== true,
    )
    .map(
      ({ columns, table, references, onDelete }) =>
        `alter table ${sqlName(name)} add foreign key (${sqlNames(columns)}) references ` +
        `${sqlName(table)} (${sqlNames(references)}) on delete ${onDelete};`,
    );
}
