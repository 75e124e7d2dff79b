import type { SchemaEvidence, TableEvidence, Unseen } from '../../../profile/evidence.ts';
import { namesMost, unseen, unseenOf } from '../unseen-codes.ts';
import type { CatalogNames } from './catalog-names.ts';
import type { Catalog } from './read-catalog.ts';
import type { Relation } from './relations.ts';

/** What the catalogue did not show of its tables. */
export function unseenTables(
  catalog: Catalog,
  names: CatalogNames,
  schema: SchemaEvidence,
): readonly Unseen[] {
  const named = (relations: readonly Relation[]): string[] =>
    relations.map(({ id }) => names.table(id));
  const { tables } = catalog;
  const inherited = new Set(tables.flatMap((table) => catalog.partitioning.ancestorsOf(table)));
  return [
    ...unseenOf('tables-unreadable', named(tables.filter(({ readable }) => !readable))),
    ...unseenOf('columns-unreadable', unreadableColumns(schema)),
    ...unseenOf('rows-hidden-by-policies', named(tables.filter((each) => each.rowSecurity))),
    ...unseenOf(
      'tables-without-columns',
      catalog.withoutColumns.map(({ schema: at, name }) => `${at}.${name}`),
    ),
    ...unseenOf('tables-locked', named(tables.filter(({ locked }) => locked))),
    ...unseenOf('foreign-tables', named(tables.filter(({ kind }) => kind === 'foreign'))),
    ...unseenOf('inheritance', named(tables.filter(({ id }) => inherited.has(id)))),
    ...unseenOf('foreign-keys-outside', keysOutside(catalog, names)),
    ...unseenOf('temporal-keys', temporalKeys(catalog, names)),
    ...unanalyzed(catalog, names, schema),
    ...ofExtensions(catalog),
    ...unseenOf('views-unread', named(catalog.views.filter(({ id }) => !catalog.viewSql.has(id)))),
  ];
}

const unreadableColumns = (schema: SchemaEvidence): string[] =>
  schema.tables
    .filter(({ readable }) => readable)
    .flatMap(({ name, columns }) =>
      columns.filter((column) => !column.readable).map((column) => `${name}.${column.name}`),
    );

const keysOutside = (catalog: Catalog, names: CatalogNames): string[] =>
  catalog.constraints
    .filter(({ kind, references }) => {
      const known = catalog.partitioning.has(references) && names.table(references) !== '';
      return kind === 'foreign' && !known;
    })
    .map(({ table, name }) => `${names.table(table)}.${name}`);

const temporalKeys = (catalog: Catalog, names: CatalogNames): string[] =>
  catalog.constraints
    .filter(({ temporal }) => temporal)
    .map(({ table, name }) => `${names.table(table)}.${name}`);

/** Empty tables have nothing to analyse, and of what may not be read nothing is shown. */
function unanalyzed(
  catalog: Catalog,
  names: CatalogNames,
  schema: SchemaEvidence,
): readonly Unseen[] {
  const relations = new Map(catalog.tables.map((table) => [names.table(table.id), table]));
  const without = schema.tables.filter(
    (table) =>
      table.readable &&
      table.bytes.heap > 0 &&
      table.columns.every(({ stats }) => stats === null) &&
      relations.get(table.name)?.rowSecurity !== true,
  );
  // A partition that is known to have rows was analysed, or vacuumed.
  const isKnown = ({ name }: TableEvidence): boolean => {
    const relation = relations.get(name);
    const leaves = relation === undefined ? [] : catalog.partitioning.leavesOf(relation);
    return leaves.some(({ tuples, pages }) => tuples > 0 && pages > 0);
  };
  const partitioned = without.filter((each) => each.kind === 'partitioned' && isKnown(each));
  const never = without.filter((each) => !partitioned.includes(each));
  return [
    ...unseenOf(
      'never-analyzed',
      never.map(({ name }) => name),
    ),
    ...unseenOf(
      'partitioned-not-analyzed',
      partitioned.map(({ name }) => name),
    ),
  ];
}

function ofExtensions({ ofExtensions: relations }: Catalog): readonly Unseen[] {
  const tables = relations.filter(({ kind }) => !kind.endsWith('view'));
  const extensions = [...new Set(tables.flatMap(({ extension }) => extension ?? []))];
  if (tables.length === 0) return [];
  return [
    unseen(
      'extension-tables',
      { extensions: extensions.slice(0, namesMost) },
      { count: tables.length },
    ),
  ];
}
