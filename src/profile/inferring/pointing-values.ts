import { singular } from '../keys/key-names.ts';
import { columnKey, type SeenNames } from './seen-names.ts';
import type { SeenValues } from './seen-values.ts';
import type { StatementNames } from './statement-names.ts';

/**
 * Different values of columns that point to the key of a table, which has as many rows at least:
 * those that are compared with it, and those called user_id where it is the id of users.
 */
export class PointingValues {
  readonly #byName = new Map<string, number>();
  readonly #byKey = new Map<string, number>();

  constructor(
    seen: SeenNames,
    statements: readonly { readonly names: StatementNames }[],
    values: ReadonlyMap<string, SeenValues>,
  ) {
    const distinct = (key: string): number => values.get(key)?.distinct ?? 0;
    for (const { key, columns } of seen.all()) {
      for (const column of columns) raise(this.#byName, column, distinct(columnKey(key, column)));
    }
    for (const { names } of statements) {
      for (const pair of names.alike) {
        const [one, other] = pair.map((each) => seen.columnKey(each));
        if (one === undefined || other === undefined) continue;
        raise(this.#byKey, one, distinct(other));
        raise(this.#byKey, other, distinct(one));
      }
    }
  }

  /** @param column that is the key of the table by itself */
  of(table: string, column: string): number {
    const [name = table] = table.split('.').slice(-1);
    const named = column === 'id' ? (this.#byName.get(`${singular(name)}_id`) ?? 0) : 0;
    return Math.max(named, this.#byKey.get(columnKey(table, column)) ?? 0);
  }
}

const raise = (counts: Map<string, number>, key: string, to: number): void => {
  counts.set(key, Math.max(counts.get(key) ?? 0, to));
};
