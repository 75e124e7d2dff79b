import { z } from 'zod';
import type { KeyType, RoutedKeyType } from '../base/keys.ts';
import { suggest } from '../base/suggest.ts';
import { bitsInput } from './bits-input.ts';
import { list, text } from './fields.ts';
import { idKeyTypes } from './id-styles.ts';
import { mismatch, type Path, type Problems } from './problem.ts';
import type { Column, Generator } from './types.ts';

/** Between the columns of a key in names; no column's own name can hold it. */
const separator = '+';

/** Some bits of an integer: `order_id[12:10]` are ten of them, from bit 12 up. */
const bitsName = /^(.*)\[(\d+):(\d+)\]$/;

/**
 * The columns of a shard key, from its name: one (of `order_id[12:10]` too), or several of
 * `tenant_id+user_id`.
 */
export function keyColumns(key: string): string[] {
  const [, column] = bitsName.exec(key) ?? [];
  return column === undefined ? key.split(separator) : [column];
}

/** Which bits of its column a key is; null where it is all of them. */
export function keyBits(key: string): { readonly from: number; readonly count: number } | null {
  const [, , from, count] = bitsName.exec(key) ?? [];
  return from === undefined ? null : { from: Number(from), count: Number(count) };
}

const columnsAllowed =
  'a column, a list of columns such as [tenant_id, user_id], or ' +
  '{ bits: order_id, from: 12, count: 10 }';

/** Read as the key's name, so that a key is one text wherever it goes. */
export const keyField = z
  .union([text('a column'), list(text('a column'), columnsAllowed), bitsInput], {
    error: columnsAllowed,
  })
  .transform((written) => {
    if (typeof written === 'string') return written;
    if (Array.isArray(written)) return written.join(separator);
    return `${written.bits}[${written.from}:${written.count}]`;
  })
  .describe('Shard key: the column that the router reads, a list of columns, or bits of one');

/** Type of a column's values as a shard key; undefined for values that no router takes. */
export function keyTypeOf(generator: Generator, tenantIdType: KeyType): KeyType | undefined {
  if (generator.kind === 'tenant') return tenantIdType;
  if (generator.kind === 'user') return 'int8';
  if (generator.kind === 'id') return idKeyTypes[generator.style];
  return generator.kind === 'choice' ? 'text' : undefined;
}

/** What a key is checked against; undefined while the table or the tenants have problems. */
export interface KeyContext {
  readonly columns: readonly Column[] | undefined;
  readonly idType: KeyType | undefined;
}

/** Columns that could be a shard key; undefined while they are not known. */
export function keyableColumns({ columns, idType }: KeyContext): string[] | undefined {
  if (idType === undefined) return undefined;
  return columns
    ?.filter(({ generator }) => keyTypeOf(generator, idType) !== undefined)
    .map(({ name }) => name);
}

/** The type of the key of that name; undefined, and what is wrong with it, where it is none. */
export function readKey(
  key: string,
  context: KeyContext,
  path: Path,
  problems: Problems,
): RoutedKeyType | undefined {
  const names = keyColumns(key);
  if (keyBits(key) !== null) return readBits(names[0] ?? '', context, path, problems);
  const types = names.map((name, i) => {
    const here = names.length === 1 ? path : [...path, i];
    if (names.indexOf(name) < i) problems.add(here, `${name} is in the shard key twice`);
    return readColumn(name, context, here, problems);
  });
  if (types.includes(undefined)) return undefined;
  return types.length === 1 ? types[0] : 'composite';
}

function readBits(
  name: string,
  context: KeyContext,
  path: Path,
  problems: Problems,
): RoutedKeyType | undefined {
  const type = readColumn(name, context, [...path, 'bits'], problems);
  if (type === undefined || type === 'int8') return type;
  problems.add([...path, 'bits'], `${name} is ${type}; allowed: a column of integers (int8)`);
  return undefined;
}

function readColumn(
  name: string,
  { columns, idType }: KeyContext,
  path: Path,
  problems: Problems,
): KeyType | undefined {
  if (columns === undefined || idType === undefined) return undefined;
  const column = columns.find((each) => each.name === name);
  const keyType = column && keyTypeOf(column.generator, idType);
  if (keyType !== undefined) return keyType;
  const keyable = keyableColumns({ columns, idType }) ?? [];
  const allowed = keyable.join(', ');
  problems.add(
    path,
    column
      ? `${name} (${column.generator.kind}) cannot be a shard key; allowed: ${allowed}`
      : mismatch(name, allowed, suggest(name, keyable)),
  );
  return undefined;
}
