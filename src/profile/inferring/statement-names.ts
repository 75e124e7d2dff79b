import type { StoredName } from '../evidence.ts';

/** A column as a statement calls it, with the tables that it may be of. */
export interface NamedColumn {
  readonly tables: readonly string[];
  readonly column: string;
}

/** Columns of one table. */
export interface NamedColumns {
  readonly table: string;
  readonly columns: readonly string[];
}

export interface InsertedColumns extends NamedColumns {
  /** By column, its parameter in the first of the rows; null: none. */
  readonly parameters: readonly (number | null)[];
}

/** What the names in a statement say of tables, of which nothing else is known. */
export class StatementNames {
  /** By the names that `NamedColumn` has. */
  readonly tables = new Map<string, StoredName>();
  readonly columns: NamedColumn[] = [];
  /** Parameters that are compared with a column or become its value. */
  readonly values: { readonly of: NamedColumn; readonly parameter: number }[] = [];
  /** Types by their names in SQL, such as int8. */
  readonly types: { readonly of: NamedColumn; readonly type: string }[] = [];
  /** Columns that are compared with each other. */
  readonly alike: (readonly [NamedColumn, NamedColumn])[] = [];
  readonly inserts: InsertedColumns[] = [];
  /** ON CONFLICT says that they are unique. */
  readonly conflicts: NamedColumns[] = [];
  /** Columns by which rows of the table are found, where nothing else is asked for. */
  readonly points: (NamedColumns & { readonly writes: boolean })[] = [];
}
