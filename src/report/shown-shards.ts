import type { Cell, RunResult, ShardResult } from '../result/types.ts';
import { rowLimit } from './row-limit.ts';

/** Shards at either end that are shown of a cell when all would be too many. */
export const shownEach = 2;

/** Whether the shards of all cells together are more than anybody looks through. */
export function tooManyShards({ cells }: RunResult): boolean {
  return cells.reduce((sum, cell) => sum + cell.shards.length, 0) > rowLimit;
}

/**
 * The shards of a cell to show: all, or those with the most and the least writes sent; in order.
 */
export function shownShards(cell: Cell, shorten: boolean): readonly ShardResult[] {
  if (!shorten) return cell.shards;
  const sorted = cell.shards.toSorted((a, b) => b.writesSent - a.writesSent);
  const shown = new Set([...sorted.slice(0, shownEach), ...sorted.slice(-shownEach)]);
  return cell.shards.filter((shard) => shown.has(shard));
}
