import pg from 'pg';
import type { Layout, LostConstraint } from '../../scenario/layout-types.ts';
import type { ForeignKey, Table, TableColumn, TableSet } from '../../scenario/table-types.ts';

/** A statement that builds something, and what that is, for messages. */
export interface BuildStatement {
  readonly sql: string;
  readonly table: string;
  readonly what: 'table' | 'view' | 'primary' | 'unique' | 'index' | 'foreign';
  readonly columns: readonly string[];
}

const quoted = (name: string): string => pg.escapeIdentifier(name);
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');

/**
 * The empty tables, then the views. Keys and indexes come after the load (`keyStatements`), when
 * they are built in one go instead of row by row.
 */
export function createStatements({ tables, views }: TableSet): BuildStatement[] {
  return [
    ...tables.map(
      (table): BuildStatement => ({
        sql: `create table ${quoted(table.name)} (${table.columns.map(columnText).join(', ')})`,
        table: table.name,
        what: 'table',
        columns: [],
      }),
    ),
    ...views.map(
      ({ name, sql }): BuildStatement => ({
        sql: `create view ${quoted(name)} as ${sql}`,
        table: name,
        what: 'view',
        columns: [],
      }),
    ),
  ];
}

function columnText({ name, type, generator, default: value, nulls }: TableColumn): string {
  const parts = [quoted(name), type];
  if (value !== null) parts.push(`default ${value}`);
  // Nothing fills a column without a generator and a default: it can only be NULL.
  if (nulls === 0 && (generator !== null || value !== null)) parts.push('not null');
  return parts.join(' ');
}

/**
 * Primary keys, unique constraints and indexes of all tables. A unique one that no shard can hold
 * whole is declared all the same, and then holds within each shard.
 */
export function keyStatements({ tables }: TableSet): BuildStatement[] {
  return tables.flatMap(({ name, primary, unique, indexes }): BuildStatement[] => [
    ...(primary.length === 0 ? [] : [uniqueKey(name, 'primary', primary)]),
    ...unique.map((columns) => uniqueKey(name, 'unique', columns)),
    ...indexes.map(
      (columns): BuildStatement => ({
        sql: `create index on ${quoted(name)} (${listed(columns)})`,
        table: name,
        what: 'index',
        columns,
      }),
    ),
  ]);
}

const uniqueKey = (
  table: string,
  what: 'primary' | 'unique',
  columns: readonly string[],
): BuildStatement => ({
  sql:
    `alter table ${quoted(table)} add ${what === 'primary' ? 'primary key' : 'unique'} ` +
    `(${listed(columns)})`,
  table,
  what,
  columns,
});

/** The foreign keys that a shard can hold; Postgres looks at every row as it adds one. */
export function foreignStatements({ tables }: TableSet, { lost }: Layout): BuildStatement[] {
  return tables.flatMap(({ name, foreign }) =>
    foreign
      .filter((key) => !lost.some((each) => isKey(each, name, key)))
      .map(
        ({ columns, table, references, onDelete }): BuildStatement => ({
          sql:
            `alter table ${quoted(name)} add foreign key (${listed(columns)}) references ` +
            `${quoted(table)} (${listed(references)}) on delete ${onDelete}`,
          table: name,
          what: 'foreign',
          columns,
        }),
      ),
  );
}

const isKey = (lost: LostConstraint, table: string, key: ForeignKey): boolean =>
  lost.kind === 'foreign' &&
  lost.table === table &&
  lost.references === key.table &&
  lost.columns.length === key.columns.length &&
  lost.columns.every((column, i) => column === key.columns[i]);

/** Columns that the load fills; of the others the default holds. */
export const filledColumns = ({ columns }: Table): readonly TableColumn[] =>
  columns.filter(({ generator }) => generator !== null);

/** COPY of one table's rows. */
export function copyText(table: Table): string {
  const columns = listed(filledColumns(table).map(({ name }) => name));
  // Nothing reads the table before it is whole, so its rows need no vacuum to be seen by all.
  return `copy ${quoted(table.name)} (${columns}) from stdin with (freeze)`;
}
