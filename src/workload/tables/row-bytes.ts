import { present } from '../../base/assert.ts';
import type { DataVolume } from '../../scenario/types.ts';
import type { Table, TableColumn, TableGenerator, TableSet } from '../../scenario/table-types.ts';
import type { TableWorkload } from '../types.ts';

/** Header and line pointer of a row in its table, and of an entry in a B-tree. */
const rowHeaderBytes = 28;
const entryHeaderBytes = 12;
/** B-trees that grow in the order of time are filled so far. */
const entryFill = 0.9;

/**
 * Bytes of a row of each table with its index entries: as the scenario says, else estimated from
 * its columns as Postgres stores them.
 */
export function rowBytes({ tables }: TableSet): number[] {
  return tables.map((table) => table.rowBytes ?? estimated(table, tables));
}

/** Of all tables together: what the short form says in `data`. */
export function tableVolume({ set, loaded }: TableWorkload): DataVolume {
  const bytes = rowBytes(set);
  const rows = loaded.reduce((sum, { count }) => sum + count, 0);
  const totalBytes = loaded.reduce((sum, { count }, i) => sum + count * (bytes[i] ?? 0), 0);
  return { totalBytes: Math.round(totalBytes), rowBytes: rows === 0 ? 1 : totalBytes / rows };
}

function estimated(table: Table, tables: readonly Table[]): number {
  const widthOf = (name: string): number => {
    const column = table.columns.find((each) => each.name === name);
    return column === undefined ? 0 : columnBytes(column, tables);
  };
  const heap = table.columns.reduce((sum, { name }) => sum + widthOf(name), rowHeaderBytes);
  const indexes = [table.primary, ...table.unique, ...table.indexes].filter((i) => i.length > 0);
  const entries = indexes.map((columns) => {
    const key = columns.reduce((sum, name) => sum + widthOf(name), 0);
    return (entryHeaderBytes + aligned(key)) / entryFill;
  });
  return Math.round(aligned(heap) + entries.reduce((sum, entry) => sum + entry, 0));
}

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

function columnBytes(column: TableColumn, tables: readonly Table[]): number {
  const { generator, type, nulls } = column;
  const fixed = fixedBytes(type);
  const width = fixed ?? (generator === null ? 8 : textBytes(generator, tables));
  return width * (1 - nulls);
}

/** Of types of one length; null for those whose values have lengths of their own. */
function fixedBytes(type: string): number | null {
  const name = type.toLowerCase();
  if (/^(bigint|int8|timestamp|double|float8|bigserial|serial8|time)/.test(name)) return 8;
  if (/^(integer|int4?\b|int$|date|real|float4|serial)/.test(name)) return 4;
  if (/^(smallint|int2|smallserial)/.test(name)) return 2;
  if (name.startsWith('bool')) return 1;
  if (name.startsWith('uuid')) return 16;
  return /^(numeric|decimal)/.test(name) ? 8 : null;
}

function textBytes(generator: TableGenerator, tables: readonly Table[]): number {
  switch (generator.kind) {
    case 'parent':
    case 'pick': {
      const from = present(
        tables.find(({ name }) => name === generator.table),
        generator.table,
      );
      const column = from.columns.find(({ name }) => name === generator.column);
      return column === undefined ? 8 : columnBytes(column, tables);
    }
    case 'choice':
      return 1 + mean(generator.values.map((value) => Buffer.byteLength(value)));
    case 'text':
    case 'json':
      return generator.bytes + (generator.bytes > 126 ? 4 : 1);
    case 'padded':
      return generator.length + 1;
    case 'words':
      return 1 + generator.count * mean(generator.words.map((word) => Buffer.byteLength(word)));
    case 'id':
    case 'tenant':
      return 17;
    case 'user':
    case 'sequence':
    case 'number':
    case 'timestamp':
    case 'date':
      return 8;
  }
}

const mean = (lengths: readonly number[]): number =>
  lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
