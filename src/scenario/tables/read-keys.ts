import type { KeyType, RoutedKeyType } from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import { keyColumns } from '../shard-key.ts';
import type { KeyOfTable, NamedKey, Table } from '../table-types.ts';
import type { KeysInput, TableKeyInput } from './keys-input.ts';
import { keyColumnsOf, keyTypeOfColumn } from './table-keys.ts';

/** What keys are checked against. */
export interface KeyedTables {
  readonly tables: readonly Table[];
  readonly idType: KeyType;
  /** Some of \`keys\` are not known by their names, because their form is wrong. */
  readonly hasUnsoundKeys?: boolean;
}

/** Keys by name, those with problems too, so that strategies that name them are no problem. */
export function readKeys(inputs: KeysInput, keyed: KeyedTables, problems: Problems): NamedKey[] {
  return Object.entries(inputs).map(([name, tables]): NamedKey => {
    const path: Path = ['keys', name];
    if (name === baselineKey) {
      const text = `${name} is the name of the baseline; allowed: another name`;
      problems.all.push({ path, at: 'key', text });
    }
    const columns = Object.entries(tables).flatMap(
      ([table, input]) => readTableKey(table, input, keyed, [...path, table], problems) ?? [],
    );
    if (columns.length === Object.keys(tables).length) {
      const fault = disagreement(columns, keyed);
      if (fault !== undefined) problems.add(path, fault);
    }
    return { name, columns };
  });
}

const baselineKey = 'single';

/** The key of one table; undefined, and what is wrong with it, where it is none. */
export function readTableKey(
  name: string,
  { columns, ...rest }: TableKeyInput,
  keyed: KeyedTables,
  path: Path,
  problems: Problems,
): KeyOfTable | undefined {
  const names = keyed.tables.map((table) => table.name);
  const table = keyed.tables.find((each) => each.name === name);
  if (table === undefined) {
    const text = mismatchAmong(name, names, suggest(name, names));
    problems.all.push({ path, at: 'key', text });
    return undefined;
  }
  const before = problems.all.length;
  const bits = 'bits' in rest ? rest.bits : undefined;
  for (const [index, column] of columns.entries()) {
    const here = columns.length === 1 ? path : [...path, index];
    const fault =
      columns.indexOf(column) < index
        ? `${column} is in the shard key twice`
        : columnFault(table, column, keyed, bits !== undefined);
    if (fault !== undefined) problems.add(here, fault);
  }
  if (problems.all.length > before) return undefined;
  return { table: name, columns, ...(bits && { bits }) };
}

function columnFault(
  table: Table,
  column: string,
  keyed: KeyedTables,
  isBits: boolean,
): string | undefined {
  const typeOf = (name: string) => keyTypeOfColumn(keyed, table.name, name, keyed.idType);
  const keyable = table.columns
    .map(({ name }) => name)
    .filter((name) => (isBits ? typeOf(name) === 'int8' : typeOf(name) !== undefined));
  if (keyable.includes(column)) return undefined;
  const known = table.columns.find(({ name }) => name === column);
  if (known === undefined) return mismatchAmong(column, keyable, suggest(column, keyable));
  const what = isBits ? 'has no bits of an integer' : 'cannot be a shard key';
  const allowed = keyable.length === 0 ? `no column of ${table.name}` : keyable.join(', ');
  return `${column} (${known.generator?.kind ?? 'not filled'}) ${what}; allowed: ${allowed}`;
}

/** Tables with one key must agree on the number of its columns and on their types. */
function disagreement(columns: readonly KeyOfTable[], keyed: KeyedTables): string | undefined {
  const typesOf = (each: KeyOfTable): string =>
    each.columns
      .map((column) => keyTypeOfColumn(keyed, each.table, column, keyed.idType) ?? 'no key')
      .join(', ');
  const [first] = columns;
  const other = first && columns.find((each) => typesOf(each) !== typesOf(first));
  if (first === undefined || other === undefined) return undefined;
  const shown = (each: KeyOfTable): string =>
    `${typesOf(each)} in ${each.table} (${each.columns.join(', ')})`;
  return `is ${shown(first)} and ${shown(other)}; allowed: the same types in all tables`;
}

/** Type of the key of a strategy; undefined, and what is wrong with it, where it is none. */
export function readStrategyKey(
  key: string,
  keys: readonly NamedKey[],
  keyed: KeyedTables,
  path: Path,
  problems: Problems,
): RoutedKeyType | undefined {
  const columns = keyColumnsOf({ tables: keyed.tables, keys }, key);
  const isNamed = keys.some(({ name }) => name === key);
  if (!isNamed) {
    if (keyed.hasUnsoundKeys === true && columns.length === 0) return undefined;
    const fault = columnsFault(key, columns, keys, keyed);
    if (fault !== undefined) {
      problems.add(path, fault);
      return undefined;
    }
  }
  const [first] = columns;
  if (first === undefined) return undefined;
  if (first.columns.length > 1) return 'composite';
  return keyTypeOfColumn(keyed, first.table, first.columns[0] ?? '', keyed.idType);
}

/** Of a key that is the name of a column, or of several. */
function columnsFault(
  key: string,
  columns: readonly KeyOfTable[],
  keys: readonly NamedKey[],
  keyed: KeyedTables,
): string | undefined {
  const { tables, idType } = keyed;
  const keyable = tables.flatMap((table) =>
    table.columns
      .map(({ name }) => name)
      .filter((name) => keyTypeOfColumn(keyed, table.name, name, idType) !== undefined),
  );
  const allowed = [...new Set([...keys.map(({ name }) => name), ...keyable])];
  const names = keyColumns(key);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `${twice} is in the shard key twice`;
  const known = new Set(tables.flatMap((table) => table.columns.map(({ name }) => name)));
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) return mismatchAmong(stranger, allowed, suggest(stranger, allowed));
  if (columns.length === 0) {
    return (
      `no table has ${names.join(' and ')} together; allowed: columns of one table, or a key of ` +
      '`keys`'
    );
  }
  for (const { table, columns: own } of columns) {
    const at = tables.find(({ name }) => name === table);
    for (const column of own) {
      const fault = at && columnFault(at, column, keyed, false);
      if (fault !== undefined) return `in ${table} ${fault}`;
    }
  }
  const fault = disagreement(columns, keyed);
  return fault && `${key} ${fault}, or a key of \`keys\` with its column in each table`;
}
