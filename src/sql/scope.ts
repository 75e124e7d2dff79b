import type { OutColumn, Rel } from './blocks.ts';
import type { Term } from './terms.ts';

/** Something in FROM that columns may belong to. */
export interface ScopeItem {
  /** null: its columns have no name before theirs, as those that USING merges. */
  readonly alias: string | null;
  readonly columns: readonly OutColumn[];
  /** Whether it may have further columns. */
  readonly open: boolean;
  /** Columns that are found by the alias only, because USING has merged them. */
  readonly hidden: Set<string>;
  readonly rel: Rel;
}

export interface Scope {
  readonly items: readonly ScopeItem[];
  /** Of the statement around a sub-select. */
  readonly outer: Scope | null;
}

export type Resolved =
  /** null: known to be there, but not plainly a column of a table. */
  | { readonly term: Term | null }
  | { readonly unknown: 'table' | 'column'; readonly among: readonly string[] };

/** Columns that every table has. */
const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** @param names of a column reference: column, table.column or schema.table.column */
export function resolveColumn(names: readonly string[], scope: Scope): Resolved {
  const column = names.at(-1) ?? '';
  const alias = names.at(-2);
  return alias === undefined ? bare(column, scope) : qualified(alias, column, scope);
}

function bare(column: string, scope: Scope): Resolved {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const found = at.items.flatMap((item) =>
      item.hidden.has(column) ? [] : item.columns.filter(({ name }) => name === column),
    );
    const [first] = found;
    if (first !== undefined) return { term: found.length === 1 ? first.term : null };
    const isThere = at.items.some(({ alias, open }) => open || alias === column);
    if (isThere || systemColumns.has(column)) return { term: null };
  }
  return { unknown: 'column', among: allColumns(scope) };
}

function qualified(alias: string, column: string, scope: Scope): Resolved {
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const item = at.items.find((each) => each.alias === alias);
    if (item === undefined) continue;
    const found = item.columns.filter(({ name }) => name === column);
    const [first] = found;
    if (first !== undefined) return { term: found.length === 1 ? first.term : null };
    if (item.open || systemColumns.has(column)) return { term: null };
    return { unknown: 'column', among: item.columns.map(({ name }) => name) };
  }
  return { unknown: 'table', among: allAliases(scope) };
}

function allColumns(scope: Scope): string[] {
  const own = scope.items.flatMap(({ columns }) => columns.map(({ name }) => name));
  return scope.outer === null ? own : [...own, ...allColumns(scope.outer)];
}

function allAliases(scope: Scope): string[] {
  const own = scope.items.flatMap(({ alias }) => alias ?? []);
  return scope.outer === null ? own : [...own, ...allAliases(scope.outer)];
}
