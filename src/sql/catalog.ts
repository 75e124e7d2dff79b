import type { SelectStmt } from 'libpg-query';
import type { TableSet, View } from '../scenario/table-types.ts';
import type { KnownNames } from '../scenario/vocabulary.ts';
import { type Family, familyOfType } from './families.ts';
import type { StatementReader } from './sql-reader.ts';
import { soleStatement } from './tree.ts';

/** The tables and views that names in a statement stand for. */
export interface Catalog {
  readonly tables: ReadonlyMap<string, CatalogTable>;
  /** null: the view's own SQL is none. */
  readonly views: ReadonlyMap<string, SelectStmt | null>;
}

export interface CatalogTable {
  readonly name: string;
  /** In their order; undefined: the family is not known. */
  readonly columns: ReadonlyMap<string, Family | undefined>;
  /** Whether it may have further columns. */
  readonly open: boolean;
}

export function catalogOf(set: TableSet, reader: StatementReader): Catalog {
  const tables = set.tables.map(({ name, columns }) => {
    const families = columns.map((each) => [each.name, familyOfType(each.type)] as const);
    return [name, { name, columns: new Map(families), open: false }] as const;
  });
  return { tables: new Map(tables), views: viewsOf(set.views, reader) };
}

export function catalogOfNames(names: KnownNames, reader: StatementReader): Catalog {
  const tables = names.tables.map(({ name, columns }) => {
    const families = columns.map((column) => [column, undefined] as const);
    return [name, { name, columns: new Map(families), open: false }] as const;
  });
  return { tables: new Map(tables), views: viewsOf(names.views, reader) };
}

function viewsOf(
  views: readonly Pick<View, 'name' | 'sql'>[],
  reader: StatementReader,
): Map<string, SelectStmt | null> {
  return new Map(
    views.map(({ name, sql }) => {
      const statement = soleStatement(reader.read(sql).tree);
      return [
        name,
        statement !== undefined && 'SelectStmt' in statement ? statement.SelectStmt : null,
      ];
    }),
  );
}
