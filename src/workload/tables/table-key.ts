import { present } from '../../base/assert.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import type { TableLayout } from '../../scenario/layout-types.ts';
import { compositeColumn, RowNumbers } from '../composite-column.ts';
import type { KeyColumn, Workload } from '../types.ts';
import { tablesOf } from './column-text.ts';
import { bitKey, loadedKey, type LoadedKey } from './loaded-key.ts';
import { type TableNode, tableTree } from './table-tree.ts';

/** A table's shard key as routers read it, in its loaded rows. Writing allocates nothing. */
export interface TableKey {
  readonly type: RoutedKeyType;
  /** Length of the longest encoded value: an `out` of this size always suffices. */
  readonly maxBytes: number;
  /** Keys of the same one have the same numbers for the same values; null: no other key has. */
  readonly domain: string | null;
  /** Numbers are below this; null where that is not known. */
  readonly size: number | null;
  /** A whole number that stands for the value; -1 for NULL. */
  readonly valueOf: (row: number) => number;
  /** Encodes the value that such a number stands for to the start of `out`; its length. */
  readonly encode: (value: number, out: Uint8Array) => number;
  /** Encodes the value in a row; 0 for NULL. */
  readonly write: (row: number, out: Uint8Array) => number;
}

/** The key of a table that is sharded, by the strategy's key or one of its own. */
export function tableKey(workload: Workload, layout: TableLayout): TableKey {
  return keyOfTable(workload, tableTree(tablesOf(workload)), layout, new Map());
}

/** @param shared the numbers of composite keys by their domain, for keys of several tables */
export function keyOfTable(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  { table, keyColumns, bits }: TableLayout,
  shared: Map<string, RowNumbers>,
): TableKey {
  const parts = keyColumns.map((column) => loadedKey(workload, nodes, table, column));
  const first = present(parts[0], `key columns of ${table}`);
  if (parts.length > 1) return compositeKey(parts, shared);
  const key = bits === undefined ? first : bitKey(first, bits);
  return { ...key, write: (row, out) => Math.max(0, key.write(row, out)) };
}

function compositeKey(parts: readonly LoadedKey[], shared: Map<string, RowNumbers>): TableKey {
  const domain = domainOf(parts);
  const numbers = (domain === null ? undefined : shared.get(domain)) ?? new RowNumbers();
  if (domain !== null) shared.set(domain, numbers);
  const all = compositeColumn(parts.map(asColumn), numbers);
  const none = (row: number): boolean => parts.some((part) => part.valueOf(row) < 0);
  return {
    type: all.type,
    maxBytes: all.maxBytes,
    domain,
    size: null,
    encode: (value, out) => all.encode(value, out),
    valueOf: (row) => (none(row) ? -1 : all.valueOf(0, row)),
    write: (row, out) => (none(row) ? 0 : all.write(0, row, out)),
  };
}

function domainOf(parts: readonly LoadedKey[]): string | null {
  if (parts.some((part) => part.domain === null)) return null;
  return parts.map((part) => `${part.type}/${part.domain}`).join('\u0001');
}

/** The row says it all: its tenant need not be known. */
function asColumn({ type, maxBytes, valueOf, encode, write }: LoadedKey): KeyColumn {
  return {
    type,
    maxBytes,
    valueOf: (_, row) => valueOf(row),
    encode,
    write: (_, row, out) => write(row, out),
  };
}
