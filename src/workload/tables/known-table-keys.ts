import type { KeyedRouter, Layout, TableLayout } from '../../scenario/layout-types.ts';
import type { RowNumbers } from '../composite-column.ts';
import type { LoadedKeys } from '../key-usage.ts';
import type { Workload } from '../types.ts';
import { tablesOf } from './column-text.ts';
import { keyOfTable } from './table-key.ts';
import { nodeOf, tableTree } from './table-tree.ts';
import { valueCounter } from './value-counter.ts';

/** The keys of all tables that lie by one router, and how many rows of each table have each. */
export interface KeysByTable {
  readonly keys: LoadedKeys;
  readonly tables: readonly {
    readonly table: string;
    /** Rows of each key. */
    readonly rows: Uint32Array;
  }[];
}

/**
 * Distinct keys in the loaded rows of the tables that are sharded under a layout, by the strategy's
 * key or by the own key of one table; `rows` are those of all these tables together. Where the key
 * is the tenant alone it has all tenants, with their weights; else weights are shares of the rows.
 */
export function knownTableKeys(
  workload: Workload,
  layout: Layout,
  router: KeyedRouter = 'main',
): LoadedKeys {
  return rowsByKeyAndTable(workload, layout, router).keys;
}

/** The same with the rows of each table. */
export function rowsByKeyAndTable(
  workload: Workload,
  layout: Layout,
  router: KeyedRouter = 'main',
): KeysByTable {
  const nodes = tableTree(tablesOf(workload));
  const shared = new Map<string, RowNumbers>();
  const tables = layout.tables
    .filter((table) => isBy(table, router))
    .map((table) => ({
      table: table.table,
      node: nodeOf(nodes, table.table),
      key: keyOfTable(workload, nodes, table, shared),
    }));
  const counter = valueCounter(tables.map(({ key }) => key));
  for (const [place, { node, key }] of tables.entries()) {
    for (let row = 0; row < node.loaded.count; row += 1) {
      const value = key.valueOf(row);
      if (value >= 0) counter.add(place, value);
    }
  }
  const isTenant = tables.length > 0 && tables.every(({ key }) => key.domain === 'tenant');
  const { keys, values, counts } = counter.counted(isTenant);
  const rows = sums(counts, keys.count);
  const weights = isTenant ? workload.tenants.weights : shares(rows);
  return {
    keys: { ...keys, rows, weights, values },
    tables: tables.map(({ table }, place) => ({
      table,
      rows: counts[place] ?? new Uint32Array(keys.count),
    })),
  };
}

function isBy({ table, placement }: TableLayout, router: KeyedRouter): boolean {
  if (router === 'main') return placement === 'sharded';
  return placement === 'own-key' && table === router.ownKeyOf;
}

function sums(counts: readonly Uint32Array[], length: number): Uint32Array {
  const total = new Uint32Array(length);
  for (const each of counts) {
    for (let i = 0; i < length; i += 1) total[i] = (total[i] ?? 0) + (each[i] ?? 0);
  }
  return total;
}

function shares(rows: Uint32Array): Float64Array {
  const total = rows.reduce((sum, own) => sum + own, 0);
  return Float64Array.from(rows, (own) => own / total);
}
