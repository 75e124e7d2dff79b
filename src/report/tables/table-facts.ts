import type { TableResult } from '../../result/table-result.ts';
import { name } from '../text.ts';

/** Where a table lies, in a few words. */
export function placementText(table: TableResult, shardCount: number): string {
  if (shardCount === 1) return 'whole';
  const columns = (table.keyColumns ?? []).map(name).join(', ');
  switch (table.placement) {
    case 'sharded':
      return columns === '' ? 'by the shard key' : `by ${columns}`;
    case 'own-key':
      return columns === '' ? 'by its own key' : `by its own key ${columns}`;
    case 'reference':
      return 'on every shard';
    case 'home':
      return 'on shard 0';
  }
}

/** Rows of the data: a copy of a reference table is none. */
export function rowsInAll({ placement, rows }: TableResult): number {
  if (placement === 'reference') return Math.max(0, ...rows);
  return rows.reduce((sum, one) => sum + one, 0);
}

/**
 * Rows of the fullest shard over the mean; null for an empty table, and where no key decides who
 * has how many.
 */
export function maxOverMean({ placement, rows }: TableResult): number | null {
  const all = rows.reduce((sum, one) => sum + one, 0);
  if (all === 0 || placement === 'reference' || placement === 'home') return null;
  return (Math.max(...rows) * rows.length) / all;
}
