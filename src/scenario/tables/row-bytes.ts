// Sizes of what Postgres stores: https://www.postgresql.org/docs/18/storage-page-layout.html
import type { Table, TableColumn, TableGenerator } from '../table-types.ts';
import type { TableTree } from './table-tree.ts';
import { copiedFrom } from './column-source.ts';

/** Header of a tuple without its bitmap of NULLs, and the pointer to it in its page. */
const headerBytes = 23;
const pointerBytes = 4;
/** Of an entry in a B-tree: its header, and its pointer with what pages keep free. */
const entryBytes = 8 + 8;

/**
 * Bytes of a row with its index entries, from the types and the average widths of its columns: what
 * holds where nothing has been measured and the scenario says nothing.
 */
export function estimatedRowBytes(table: Table, tree: TableTree): number {
  const widths = new Map(
    table.columns.map((column) => [column.name, widthOf(table, column, tree)]),
  );
  const hasNulls = table.columns.some(({ nulls }) => nulls > 0);
  const bitmap = hasNulls ? Math.ceil(table.columns.length / 8) : 0;
  const row = packed([...widths.values()], aligned(headerBytes + bitmap, 8));
  const indexes = [table.primary, ...table.unique, ...table.indexes].filter(
    (columns) => columns.length > 0,
  );
  const entries = indexes.map(
    (columns) =>
      entryBytes +
      packed(
        columns.flatMap((name) => widths.get(name) ?? []),
        0,
      ),
  );
  return pointerBytes + row + entries.reduce((sum, bytes) => sum + bytes, 0);
}

interface Width {
  readonly bytes: number;
  readonly alignment: number;
}

/** Columns one after another, each where its type may begin; in all a multiple of 8. */
function packed(columns: readonly Width[], from: number): number {
  let at = from;
  for (const { bytes, alignment } of columns) at = aligned(at, alignment) + bytes;
  return aligned(at, 8);
}

function aligned(bytes: number, to: number): number {
  return Math.ceil(bytes / to) * to;
}

const fixedWidths: Readonly<Record<string, number>> = {
  bool: 1,
  boolean: 1,
  int2: 2,
  smallint: 2,
  int4: 4,
  int: 4,
  integer: 4,
  date: 4,
  real: 4,
  float4: 4,
  int8: 8,
  bigint: 8,
  'double precision': 8,
  float8: 8,
  timestamptz: 8,
  timestamp: 8,
};

function widthOf(table: Table, column: TableColumn, tree: TableTree): Width {
  const present = 1 - column.nulls;
  const type = column.type.toLowerCase().replace(/\s*(?:\(.*| collate .*)$/, '');
  if (type === 'uuid') return { bytes: 16 * present, alignment: 1 };
  const fixed = fixedWidths[type];
  if (fixed !== undefined) return { bytes: fixed * present, alignment: fixed };
  const source = copiedFrom(table.name, column.name, (name) => tree.table(name)?.columns)?.at(-1);
  const content = contentBytes(source?.generator ?? null);
  // Of at most 126 bytes it has a header of one byte and begins anywhere.
  const isShort = content <= 126;
  return { bytes: (content + (isShort ? 1 : 4)) * present, alignment: isShort ? 1 : 4 };
}

/** Text of the tenants' ids, and of a default that nobody has counted. */
const idBytes = 8;

/** What a value of varying length has on average, without its header. */
function contentBytes(generator: TableGenerator | null): number {
  if (generator?.kind === 'text' || generator?.kind === 'json') return generator.bytes;
  if (generator?.kind === 'padded') return generator.length;
  if (generator?.kind === 'words') return generator.count * averageLength(generator.words);
  if (generator?.kind === 'number') return numericBytes(generator);
  if (generator?.kind !== 'choice') return idBytes;
  const { values, weights } = generator;
  return values.reduce((sum, value, i) => sum + bytesOf(value) * (weights[i] ?? 0), 0);
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function averageLength(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + bytesOf(word), 0) / words.length;
}

/** numeric: a header of 2 bytes, and 2 for each four digits before and after the point. */
function numericBytes(range: Extract<TableGenerator, { kind: 'number' }>): number {
  const largest = Math.max(Math.abs(range.min), Math.abs(range.max), 1);
  const digits = Math.floor(Math.log10(largest)) + 1;
  return 2 + 2 * Math.ceil(digits / 4) + 2 * Math.ceil(range.decimals / 4);
}
