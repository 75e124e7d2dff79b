import { present } from '../../base/assert.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import type { LoadedKeys } from '../key-usage.ts';
import type { Workload } from '../types.ts';
import { tablesOf } from './column-text.ts';
import { rowsByKeyAndTable } from './known-table-keys.ts';
import { rowBytes } from './row-bytes.ts';

/** Rows of all tables, or those that the rows of the one table stand for. */
export function storedRows({ rows, tables }: Pick<Workload, 'rows' | 'tables'>): number {
  if (tables === undefined) return rows.count * rows.standsFor;
  return tables.loaded.reduce((sum, { count }) => sum + count, 0);
}

/** Keys of the tables that lie by the strategy's key, with the bytes of their rows. */
export function keysWithBytes(workload: Workload, layout: Layout): LoadedKeys {
  const { keys, tables } = rowsByKeyAndTable(workload, layout);
  const { set } = tablesOf(workload);
  const bytesOfRow = rowBytes(set);
  const bytesOf = new Float64Array(keys.count);
  for (const { table, rows } of tables) {
    const bytes = bytesOfRow[set.tables.findIndex(({ name }) => name === table)] ?? 0;
    for (let key = 0; key < rows.length; key += 1) {
      bytesOf[key] = (bytesOf[key] ?? 0) + bytes * (rows[key] ?? 0);
    }
  }
  return { ...keys, bytesOf };
}

/** Bytes of the tables of a layout, by what decides where they lie. */
export interface StoredBytes {
  readonly keyed: number;
  readonly ownKey: number;
  /** Of one copy. */
  readonly reference: number;
  readonly home: number;
}

export function storedBytes(workload: Workload, { tables }: Layout): StoredBytes {
  const { set, loaded } = tablesOf(workload);
  const bytesOfRow = rowBytes(set);
  const bytesOf = (placement: Layout['tables'][number]['placement']): number =>
    tables.reduce((sum, layout, index) => {
      const { count } = present(loaded[index], `rows of ${layout.table}`);
      return layout.placement === placement ? sum + count * (bytesOfRow[index] ?? 0) : sum;
    }, 0);
  return {
    keyed: bytesOf('sharded'),
    ownKey: bytesOf('own-key'),
    reference: bytesOf('reference'),
    home: bytesOf('home'),
  };
}
