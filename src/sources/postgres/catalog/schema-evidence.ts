import type { SchemaEvidence } from '../../../profile/evidence.ts';
import type { Steps } from '../../../base/steps.ts';
import { mapped } from '../../interruptible.ts';
import type { SeenActivity } from '../seen-activity.ts';
import { grouped } from '../typed-rows.ts';
import type { CatalogNames } from './catalog-names.ts';
import type { Catalog } from './read-catalog.ts';
import { type TableParts, tableEvidence, tableKey } from './table-evidence.ts';

/** SQL as the database has it, in names of the scenario. */
export type Renaming = (sql: string, schema: SchemaEvidence) => string;

/**
 * The tables and views, in order of their schemas (public first) and names. Names are settled
 * before expressions and views, which are renamed by them.
 */
export function* schemaEvidence(
  catalog: Catalog,
  names: CatalogNames,
  activity: SeenActivity,
  renaming: Renaming,
): Steps<SchemaEvidence> {
  const parts = partsOf(catalog, names, activity);
  // For their names only.
  const plain = { ...parts, statistics: new Map(), renamed: (sql: string): string => sql };
  const views = catalog.views.flatMap((view) => {
    const sql = catalog.viewSql.get(view.id);
    if (sql === undefined) return [];
    const { schema, name } = view;
    const materialized = view.kind === 'materialized view';
    return [{ name: names.table(view.id), stored: { schema, name }, materialized, sql }];
  });
  const tables = yield* mapped(catalog.tables, (table) => tableEvidence(table, plain));
  const known = { tables, views };
  const renamed = expressionRenaming(known, catalog, names, renaming);
  return {
    tables: yield* mapped(catalog.tables, (table) => tableEvidence(table, { ...parts, renamed })),
    views: yield* mapped(views, ({ name, stored, materialized, sql }) => {
      return { name, stored, materialized, sql: renaming(sql, known) };
    }),
  };
}

/**
 * Thousands of tables have the same few defaults: where all columns keep their names, what becomes
 * of an expression is the same in every table.
 */
function expressionRenaming(
  known: SchemaEvidence,
  { tables }: Catalog,
  names: CatalogNames,
  renaming: Renaming,
): TableParts['renamed'] {
  const keep = new Set(
    known.tables
      .filter(({ columns }) => columns.every(({ name, stored }) => name === stored))
      .map(({ name }) => name),
  );
  const keeping = new Set(tables.filter(({ id }) => keep.has(names.table(id))));
  const done = new Map<string, string>();
  return (sql, table) => {
    const key = keeping.has(table) ? sql : `${table.id}/${sql}`;
    const before = done.get(key);
    if (before !== undefined) return before;
    const head = 'select ';
    const whole = `${head}${sql} from ${quoted(table.schema)}.${quoted(table.name)}`;
    const text = renaming(whole, known);
    // A text that stays as it is may have the words of the slice in the name of the table.
    const renamed =
      text === whole ? sql : text.slice(head.length, text.toLowerCase().lastIndexOf(' from '));
    done.set(key, renamed);
    return renamed;
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function partsOf(
  catalog: Catalog,
  names: CatalogNames,
  activity: SeenActivity,
): Omit<TableParts, 'renamed'> {
  const { columns, expressions, statistics, constraints, indexes, groups, partitioning } = catalog;
  return {
    catalog,
    names,
    activity,
    columns: grouped(columns, ({ table }) => table),
    expressions: new Map(expressions.map(({ table, number, sql }) => [`${table}/${number}`, sql])),
    statistics: grouped(statistics, tableKey),
    constraints: grouped(constraints, ({ table }) => table),
    indexes: grouped(indexes, ({ table }) => table),
    indexParts: grouped(indexes, ({ id }) => partitioning.rootIndexOf(id)),
    groups: grouped(groups, ({ table }) => table),
  };
}
