import type { Cell, RunResult, ShardResult } from './types.ts';

/** The verdict of a cell in one word: its status where it was not measured to the end. */
export function verdictWord(cell: Cell): string {
  if (cell.status !== 'ok') return cell.status.toUpperCase();
  return cell.verdict?.status ?? 'NO VERDICT';
}

/** Sentences behind the word: the error first where there is one. */
export function verdictReasons(cell: Cell): readonly string[] {
  const reasons = (cell.verdict?.reasons ?? []).map(({ text }) => text);
  return cell.error === null ? reasons : [cell.error, ...reasons];
}

/** Whether the measured numbers of a cell show what its strategy can do. */
export function isValid(cell: {
  readonly status: Cell['status'];
  readonly verdict: { readonly status: string } | null;
}): boolean {
  return cell.status === 'ok' && cell.verdict?.status === 'VALID';
}

/** Names and verdicts of the cells whose verdict is another than VALID. */
export function doubtfulCells({ cells }: RunResult): readonly string[] {
  return cells
    .filter(({ verdict }) => verdict?.status !== 'VALID')
    .map((cell) => `${cellName(cell, cells)} ${cell.verdict?.status ?? ''}`);
}

/** Cells that route: all but the baseline on one shard. */
export function routedCells(result: RunResult): readonly Cell[] {
  return result.cells.filter((cell) => cell.router !== null);
}

/**
 * The shard that was sent the most writes; null when there are no shards or no writes. Writes sent
 * are counted exactly, those that succeeded within the window move with its edges.
 */
export function hottestShard(cell: Cell): ShardResult | null {
  let hottest: ShardResult | null = null;
  for (const shard of cell.shards) {
    if (shard.writesSent > (hottest?.writesSent ?? 0)) hottest = shard;
  }
  return hottest;
}

/** Mean of the successful writes per second of the shards; 0 when there are none. */
export function meanWriteQps(cell: Cell): number {
  if (cell.shards.length === 0) return 0;
  return cell.shards.reduce((sum, shard) => sum + shard.writeQps, 0) / cell.shards.length;
}

/**
 * Each shard's fraction of all writes sent of the cell, in the order of its shards; 0 without
 * writes. Times the number of shards it is the shard's max/mean.
 */
export function writeShares(cell: Cell): readonly number[] {
  const total = cell.shards.reduce((sum, shard) => sum + shard.writesSent, 0);
  return cell.shards.map((shard) => (total === 0 ? 0 : shard.writesSent / total));
}

/**
 * What tells a cell of a document from the others: a strategy may stand there on several counts.
 */
export type CellId = Pick<Cell, 'strategy' | 'shardCount'>;

export function isSameCell(a: CellId, b: CellId): boolean {
  return a.strategy === b.strategy && a.shardCount === b.shardCount;
}

/**
 * A cell's name among those of its document: the strategy, with `on 8 shards` only where the
 * document has the same strategy at several shard counts.
 */
export function cellName({ strategy, shardCount }: CellId, cells: readonly CellId[]): string {
  const alone = !cells.some(
    (other) => other.strategy === strategy && other.shardCount !== shardCount,
  );
  if (alone) return strategy;
  return `${strategy} on ${shardCount} ${shardCount === 1 ? 'shard' : 'shards'}`;
}

/** The document with each cell under its name, so that no two are called the same. */
export function withCellNames(result: RunResult): RunResult {
  const { cells, spoilt } = result;
  const named = (cell: Cell): Cell => ({ ...cell, strategy: cellName(cell, cells) });
  return { ...result, cells: cells.map(named), ...(spoilt && { spoilt: spoilt.map(named) }) };
}
