import type { Cell, RunResult, ShardResult } from './types.ts';

/** The verdict of a cell in one word: its status where it was not measured to the end. */
export function verdictWord(cell: Cell): string {
  if (cell.status !== 'ok') return cell.status.toUpperCase();
  return cell.verdict?.status ?? 'NO VERDICT';
}

/** Sentences behind the word: the error first where there is one. */
export function verdictReasons(cell: Cell): readonly string[] {
  const reasons = cell.verdict?.reasons ?? [];
  return cell.error === null ? reasons : [cell.error, ...reasons];
}

/** Whether the measured numbers of a cell may be taken at their word. */
export function isValid(cell: Cell): boolean {
  return cell.status === 'ok' && cell.verdict?.status === 'VALID';
}

/** Cells that route: all but the baseline on one shard. */
export function routedCells(result: RunResult): readonly Cell[] {
  return result.cells.filter((cell) => cell.router !== null);
}

/** The shard with the most write QPS; null when there are no shards or no writes. */
export function hottestShard(cell: Cell): ShardResult | null {
  let hottest: ShardResult | null = null;
  for (const shard of cell.shards) {
    if (shard.writeQps > (hottest?.writeQps ?? 0)) hottest = shard;
  }
  return hottest;
}

/** Mean write QPS of the shards; 0 when there are none. */
export function meanWriteQps(cell: Cell): number {
  if (cell.shards.length === 0) return 0;
  return cell.shards.reduce((sum, shard) => sum + shard.writeQps, 0) / cell.shards.length;
}

/**
 * Each shard's fraction of all write QPS of the cell, in the order of its shards; 0 without
 * writes.
 */
export function writeShares(cell: Cell): readonly number[] {
  const total = cell.shards.reduce((sum, shard) => sum + shard.writeQps, 0);
  return cell.shards.map((shard) => (total === 0 ? 0 : shard.writeQps / total));
}
