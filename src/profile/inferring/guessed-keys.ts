import { singular } from '../keys/key-names.ts';
import type { StatementNames } from './statement-names.ts';

/** A set of columns that may be the primary key of a table. */
export interface GuessedKey {
  readonly table: string;
  readonly columns: readonly string[];
  /** ON CONFLICT says so, which needs a unique index. */
  readonly isCertain: boolean;
}

/** Guesses of a table at most: each is held against the rows that are inserted. */
const guessesMost = 4;

/** They go with the key where writes are not to overtake each other. */
const ofVersions = /^(?:lock_)?version$|^updated_at$/;

interface Found extends GuessedKey {
  calls: number;
}

/**
 * By table, the likeliest first: with a number that rows have of their own before others, what ON
 * CONFLICT names before what updates and deletes find their rows by.
 */
export function guessedKeys(
  all: readonly { readonly names: StatementNames; readonly calls: number }[],
): ReadonlyMap<string, readonly GuessedKey[]> {
  const found = new Map<string, Found>();
  const add = (table: string, named: readonly string[], calls: number, isCertain: boolean) => {
    const columns = named.filter((each) => !ofVersions.test(each));
    if (columns.length === 0) return;
    const id = JSON.stringify([table, columns.toSorted(), isCertain]);
    const known = found.get(id);
    if (known === undefined) found.set(id, { table, columns, isCertain, calls });
    else known.calls += calls;
  };
  for (const { names, calls } of all) {
    for (const { table, columns } of names.conflicts) add(table, columns, calls, true);
    for (const { table, columns, writes } of names.points) {
      if (writes || columns.some((each) => isOfRows(each, table))) {
        add(table, columns, calls, false);
      }
    }
    for (const { tables, column } of names.columns) {
      const [table] = tables;
      if (tables.length === 1 && table !== undefined && isOfRows(column, table)) {
        add(table, [column], 0, false);
      }
    }
  }
  const byTable = Map.groupBy(found.values(), ({ table }) => table);
  const guesses = new Map([...byTable].map(([table, own]) => [table, sorted(own)] as const));
  const known = new Map([...joinedKeys(all, guesses), ...guesses]);
  return new Map(
    [...known].map(([table, own]) => [table, own.filter((each) => !isOfParent(each, known))]),
  );
}

/** By `tenant_id` and `order_id` are found the lines of an order, whose key is `id`. */
function isOfParent(
  { table, columns, isCertain }: GuessedKey,
  guesses: ReadonlyMap<string, readonly GuessedKey[]>,
): boolean {
  if (isCertain) return false;
  const own = columns.toSorted().join('\u001F');
  return [...guesses].some(([other, [key]]) => {
    if (other === table || key === undefined) return false;
    const [name = other] = other.split('.').slice(-1);
    const pointing = key.columns.map((each) => (each === 'id' ? `${singular(name)}_id` : each));
    return key.columns.includes('id') && pointing.toSorted().join('\u001F') === own;
  });
}

/**
 * Of tables that have no guess: the columns by which others join them, unless these are the key of
 * the other, whose children they are then.
 */
function joinedKeys(
  all: readonly { readonly names: StatementNames }[],
  guesses: ReadonlyMap<string, readonly GuessedKey[]>,
): Map<string, readonly GuessedKey[]> {
  const found = new Map<string, readonly GuessedKey[]>();
  for (const { names } of all) {
    const sides = names.alike.flatMap(([one, other]) => [
      [one, other] as const,
      [other, one] as const,
    ]);
    const plain = sides.flatMap(([{ tables, column }, other]) => {
      const [table, joined] = [tables[0], other.tables[0]];
      const isPlain = tables.length === 1 && other.tables.length === 1 && table !== joined;
      return table === undefined || joined === undefined || !isPlain
        ? []
        : { table, column, joined, by: other.column };
    });
    for (const own of Map.groupBy(plain, ({ table, joined }) => `${table} ${joined}`).values()) {
      const [{ table, joined } = { table: '', joined: '' }] = own;
      const by = new Set(own.map((each) => each.by));
      const isChild = guesses.get(joined)?.some(({ columns }) => columns.every((e) => by.has(e)));
      if (guesses.has(table) || isChild !== false || found.has(table)) continue;
      const columns = [...new Set(own.map(({ column }) => column))];
      found.set(table, [{ table, columns, isCertain: false }]);
    }
  }
  return found;
}

/** What a table calls the number of its own rows. */
function isOfRows(column: string, table: string): boolean {
  const [name = table] = table.split('.').slice(-1);
  return /^(?:id|uuid|guid)$/i.test(column) || column === `${singular(name)}_id`;
}

function sorted(own: readonly Found[]): GuessedKey[] {
  const hasOwn = ({ columns, table }: Found): boolean =>
    columns.some((each) => isOfRows(each, table));
  // Where rows have a number of their own, a key without it is none.
  const some = own.some(hasOwn) ? own.filter((each) => each.isCertain || hasOwn(each)) : own;
  return some
    .toSorted(
      (a, b) =>
        Number(hasOwn(b)) - Number(hasOwn(a)) ||
        Number(b.isCertain) - Number(a.isCertain) ||
        b.calls - a.calls ||
        a.columns.length - b.columns.length,
    )
    .slice(0, guessesMost);
}
