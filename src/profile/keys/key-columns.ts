import { familyOfType } from '../../sql/families.ts';
import { typeBelow } from '../evidence-tables.ts';
import type { ColumnEvidence, SchemaEvidence, TableEvidence } from '../evidence.ts';

/** A column of a table that may be (a part of) a shard key. */
export interface KeyColumn {
  readonly table: TableEvidence;
  readonly column: ColumnEvidence;
  /** Equal values of one family are the same key. */
  readonly family: string;
  /** Whether it is by itself the primary key, or unique. */
  readonly isUnique: boolean;
  /** In the primary key, from 0; Infinity: not in it. */
  readonly place: number;
}

/** `table.column`. */
export const columnId = (table: string, column: string): string => `${table}.${column}`;

export const idOf = ({ table, column }: KeyColumn): string => columnId(table.name, column.name);

/** All of a schema that could be keys, by `table.column`, in an order that names decide. */
export function keyColumnsIn({ tables }: SchemaEvidence): ReadonlyMap<string, KeyColumn> {
  const sorted = tables.toSorted((one, other) => byText(one.name, other.name));
  return new Map(
    sorted.flatMap((table) =>
      table.columns
        .toSorted((one, other) => byText(one.name, other.name))
        .flatMap((column) => keyColumn(table, column) ?? [])
        .map((key) => [idOf(key), key] as const),
    ),
  );
}

function keyColumn(table: TableEvidence, column: ColumnEvidence): KeyColumn | undefined {
  const family = keyFamilyOf(column);
  // Of a file it is not known what a column is for, so that each of them may be a key.
  if (family === undefined && table.kind !== 'file') return undefined;
  const alone = (columns: readonly string[]): boolean =>
    columns.length === 1 && columns[0] === column.name;
  const place = table.primary.indexOf(column.name);
  return {
    table,
    column,
    family: family ?? familyOfType(typeBelow(column)),
    isUnique: alone(table.primary) || table.unique.some(alone),
    place: place === -1 ? Number.POSITIVE_INFINITY : place,
  };
}

/**
 * The family of a column's values as keys; undefined for what nobody shards by: truth values,
 * fractions, times, JSON, arrays, ranges, long texts.
 */
function keyFamilyOf(column: ColumnEvidence): string | undefined {
  const { typeKind, enumLabels, stats } = column;
  if (typeKind === 'array' || typeKind === 'range' || typeKind === 'composite') return undefined;
  const type = typeBelow(column);
  if (enumLabels.length > 0) return type;
  const family = familyOfType(type);
  if (family === 'numeric')
    return /^(?:numeric|decimal)\(\d+(?:,\s*0)?\)$/.test(type) ? family : undefined;
  if (!keyFamilies.has(family)) return undefined;
  const isText = family !== 'int' && family !== 'uuid';
  return isText && stats !== null && stats.averageWidth > textBytesMost ? undefined : family;
}

const keyFamilies = new Set(['int', 'text', 'uuid', 'bpchar', 'citext']);

/** Values of more bytes than this on average are prose. */
const textBytesMost = 64;

/** A plain comparison: that of a locale would differ between machines. */
export function byText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
