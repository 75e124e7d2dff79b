import { rankByWriteBalance } from '../../result/ranking.ts';
import type { Cell, RunResult } from '../../result/types.ts';

const fromTop = 8;
const fromEnd = 4;

/**
 * The cells that get a panel of their own, in their order. A page with hundreds of panels is neither
 * read nor light, so of more than 12 strategies the first 8 and the last 4 by write balance are
 * drawn; those on one shard come first, those without a rank last.
 */
export function drawnCells(result: RunResult, cells: readonly Cell[]): readonly Cell[] {
  if (cells.length <= fromTop + fromEnd) return cells;
  const order = new Map(rankByWriteBalance(result).map((rank, index) => [rank.strategy, index]));
  const place = (cell: Cell) =>
    cell.router === null ? -1 : (order.get(cell.strategy) ?? result.cells.length);
  const sorted = cells.toSorted((a, b) => place(a) - place(b));
  const chosen = new Set([...sorted.slice(0, fromTop), ...sorted.slice(-fromEnd)]);
  return cells.filter((cell) => chosen.has(cell));
}

/** A sentence for the legend when not every strategy is drawn, with its leading space. */
export function leftOutNote(drawn: readonly Cell[], all: readonly Cell[]): string {
  if (drawn.length === all.length) return '';
  return (
    ` Drawn are ${drawn.length} of ${all.length} strategies, the first ${fromTop} and the last ` +
    `${fromEnd} by write balance; the tables have the others.`
  );
}
