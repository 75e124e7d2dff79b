/** Columns by the names that a statement has for them; the scenario's name, undefined for none. */
export type Columns = (stored: string) => string | undefined;

/** Something in FROM that columns may belong to. */
export interface NameItem {
  /** As the statement calls it, and as it is to be called. */
  readonly alias: string | null;
  readonly renamed: string | null;
  readonly columns: Columns;
  /** Names of all of its columns, as far as they are known: for a star. */
  readonly all: ReadonlyMap<string, string>;
  /** Whether it may have further columns. */
  readonly open: boolean;
}

export interface NameScope {
  readonly items: readonly NameItem[];
  readonly outer: NameScope | null;
  /** Columns of the CTEs that are seen. */
  readonly queries: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export interface FoundName {
  /** null: without one. */
  readonly alias: string | null;
  readonly column: string;
}

/**
 * What a reference to a column becomes; undefined: it stays as it is.
 *
 * @param anywhere name of a column whose table is not known
 */
export function renamedReference(
  names: readonly string[],
  scope: NameScope,
  anywhere: Columns,
): FoundName | undefined {
  const column = names.at(-1) ?? '';
  const alias = names.at(-2);
  return alias === undefined
    ? renamedBare(column, scope, anywhere)
    : renamedQualified(alias, column, scope, anywhere);
}

function renamedBare(column: string, scope: NameScope, anywhere: Columns): FoundName | undefined {
  let isOpen = false;
  for (let at: NameScope | null = scope; at !== null; at = at.outer) {
    for (const item of at.items) {
      const found = item.columns(column);
      if (found !== undefined) return { alias: null, column: found };
      isOpen ||= item.open;
    }
    // A whole row.
    const row = at.items.find(({ alias }) => alias === column);
    if (row !== undefined) return { alias: null, column: row.renamed ?? column };
  }
  const found = isOpen ? anywhere(column) : undefined;
  return found === undefined ? undefined : { alias: null, column: found };
}

function renamedQualified(
  alias: string,
  column: string,
  scope: NameScope,
  anywhere: Columns,
): FoundName | undefined {
  for (let at: NameScope | null = scope; at !== null; at = at.outer) {
    const item = at.items.find((each) => each.alias === alias);
    if (item === undefined) continue;
    const found = item.columns(column) ?? (item.open ? anywhere(column) : undefined);
    return { alias: item.renamed, column: found ?? column };
  }
  return undefined;
}

export const columnsOf =
  (all: ReadonlyMap<string, string>): Columns =>
  (stored) =>
    all.get(stored);
