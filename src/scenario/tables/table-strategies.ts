import type { RoutedKeyType } from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { TableStrategyInput } from '../strategy-input.ts';
import type { KeyOfTable, NamedKey, TableChoices } from '../table-types.ts';
import { type KeyedTables, readStrategyKey, readTableKey } from './read-keys.ts';
import { keyColumnsOf } from './table-keys.ts';

/** What a strategy of a scenario with `tables` is checked against. */
export interface StrategyTables extends KeyedTables {
  readonly keys: readonly NamedKey[];
}

type Choices = Pick<TableStrategyInput, 'key' | 'reference' | 'home' | 'own'>;

export interface ReadChoices {
  readonly keyType: RoutedKeyType | undefined;
  /** Absent where the strategy says nothing of tables. */
  readonly tables?: TableChoices;
}

/** The key of a strategy, and what it says of tables without a column of it. */
export function readTableStrategy(
  input: Choices,
  context: StrategyTables,
  path: Path,
  problems: Problems,
): ReadChoices {
  const keyType = readStrategyKey(input.key, context.keys, context, [...path, 'key'], problems);
  const { reference = [], home = [], own = {} } = input;
  const said = [
    ...reference.map((table, index) => ({ table, path: [...path, 'reference', index] })),
    ...home.map((table, index) => ({ table, path: [...path, 'home', index] })),
    ...Object.keys(own).map((table) => ({ table, path: [...path, 'own', table] })),
  ];
  if (said.length === 0) return { keyType };
  for (const [index, each] of said.entries()) {
    const twice = said.findIndex(({ table }) => table === each.table) < index;
    const fault = twice
      ? `${each.table} has its place already; allowed: one of reference, home and own`
      : choiceFault(each.table, input.key, context);
    // An own key of a table that is not there is told by the key.
    if (fault !== undefined && !isOwnStranger(each, own, context)) problems.add(each.path, fault);
  }
  const ownKeys = Object.entries(own).flatMap(([table, key]): KeyOfTable[] => {
    const read = readTableKey(table, key, context, [...path, 'own', table], problems);
    return read === undefined ? [] : [read];
  });
  return { keyType, tables: { reference, home, own: ownKeys } };
}

function isOwnStranger(
  { table, path }: { readonly table: string; readonly path: Path },
  own: object,
  { tables }: StrategyTables,
): boolean {
  const isOwn = Object.hasOwn(own, table) && path.at(-1) === table;
  return isOwn && !tables.some(({ name }) => name === table);
}

function choiceFault(table: string, key: string, context: StrategyTables): string | undefined {
  const names = context.tables.map(({ name }) => name);
  const keyed = new Set(keyColumnsOf(context, key).map((each) => each.table));
  const free = names.filter((name) => !keyed.has(name));
  if (!names.includes(table)) return mismatchAmong(table, free, suggest(table, free));
  if (!keyed.has(table)) return undefined;
  const allowed = free.length === 0 ? 'nothing, because all tables have it' : free.join(', ');
  return `${table} has a column of the key ${key}, by which it is sharded; allowed: ${allowed}`;
}

/** A strategy with the choices that make its layout. */
interface Keyed {
  readonly key: string;
  readonly tables?: TableChoices;
}

/**
 * Strategies whose key names a layout: where two of the same key say different things of their
 * tables, these follow in the name of the key.
 */
export function withLayoutKeys<T extends Keyed>(
  strategies: readonly (T | undefined)[],
): (T | undefined)[] {
  const choicesOf = (each: T): string => JSON.stringify(each.tables ?? null);
  const sound = strategies.filter((each) => each !== undefined);
  return strategies.map((each) => {
    if (each?.tables === undefined) return each;
    const alike = sound.filter(({ key }) => key === each.key);
    if (new Set(alike.map(choicesOf)).size === 1) return each;
    return { ...each, key: `${each.key}[${choicesText(each.tables)}]` };
  });
}

function choicesText({ reference, home, own }: TableChoices): string {
  const keys = own.map(({ table, columns, bits }) => {
    const field = bits === undefined ? '' : `:${bits.from}:${bits.count}`;
    return `${table}.${columns.join('+')}${field}`;
  });
  return Object.entries({ reference, home, own: keys })
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name}=${list.join('+')}`)
    .join(',');
}
