import type { StoredName } from '../evidence.ts';
import type { NamedColumn, StatementNames } from './statement-names.ts';

/** Tables and columns of all statements that were seen, by the names of the database. */
export class SeenNames {
  readonly #tables = new Map<string, { stored: StoredName; columns: Set<string> }>();
  /** Of one of several tables each. */
  #unclear: NamedColumn[] = [];

  add(names: StatementNames): void {
    for (const [key, stored] of names.tables) {
      if (!this.#tables.has(key)) this.#tables.set(key, { stored, columns: new Set() });
    }
    for (const each of names.columns) {
      const [only] = each.tables;
      if (each.tables.length > 1) this.#unclear.push(each);
      else if (only !== undefined) this.#tables.get(only)?.columns.add(each.column);
    }
  }

  /** To be called when all are there: what others say decides about a name that stands alone. */
  settle(): void {
    for (const each of this.#unclear) {
      const table = this.tableOf(each);
      if (table !== undefined) this.#tables.get(table)?.columns.add(each.column);
    }
    this.#unclear = [];
  }

  /** The table that a column is of; undefined: none is known. */
  tableOf({ tables, column }: NamedColumn): string | undefined {
    const known = tables.filter((each) => this.#tables.has(each));
    const having = known.find((each) => this.#tables.get(each)?.columns.has(column));
    if (having !== undefined || known.length < 2) return having ?? known[0];
    // Some call all columns of a table alike: c_id, c_name.
    const [prefix = ''] = /^[^_]+_/.exec(column) ?? [];
    const alike = (table: string): number => {
      const columns = [...(this.#tables.get(table)?.columns ?? [])];
      const isInitial = table.startsWith(prefix.slice(0, -1));
      return columns.filter((each) => each.startsWith(prefix)).length + (isInitial ? 0.5 : 0);
    };
    return prefix === '' ? known[0] : known.toSorted((a, b) => alike(b) - alike(a))[0];
  }

  /** `table` and `column`, joined so that no name can be taken for another. */
  columnKey(named: NamedColumn): string | undefined {
    const table = this.tableOf(named);
    return table === undefined ? undefined : columnKey(table, named.column);
  }

  *all(): Generator<{ key: string; stored: StoredName; columns: readonly string[] }> {
    for (const [key, { stored, columns }] of this.#tables) {
      yield { key, stored, columns: [...columns] };
    }
  }
}

export const columnKey = (table: string, column: string): string => `${table}\u001F${column}`;
