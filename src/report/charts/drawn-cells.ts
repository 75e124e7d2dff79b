import { isSameCell } from '../../result/cells.ts';
import { ranking } from '../../result/ranking.ts';
import type { Cell, RunResult } from '../../result/types.ts';

/** As many panels are looked at one by one; of more strategies only these many are drawn. */
const panelLimit = 12;
const panelsOfMany = 6;
/** Shards in all panels of one design: each is drawn with several marks. */
const shardLimit = 192;

/** The cells that get a panel of their own, and a sentence about the others. */
export interface DrawnCells {
  readonly cells: readonly Cell[];
  /** With its leading space; empty when every cell is drawn. */
  readonly note: string;
}

/**
 * A page with hundreds of panels is neither read nor light: of more than 12 strategies, or of fewer
 * when panels show many shards, the first two thirds and the last third of the ranking are drawn.
 * Strategies on one shard count as first, those without a rank as last.
 *
 * @param byShard whether a panel shows every shard of its cell
 */
export function drawnCells(
  result: RunResult,
  cells: readonly Cell[],
  byShard: boolean,
): DrawnCells {
  const shards = byShard ? Math.max(1, ...cells.map((cell) => cell.shards.length)) : 1;
  const affordable = Math.max(3, Math.floor(shardLimit / shards));
  if (cells.length <= Math.min(panelLimit, affordable)) return { cells, note: '' };
  const panels = Math.min(panelsOfMany, affordable);
  const { by, ranks } = ranking(result);
  const place = (cell: Cell) => {
    if (cell.router === null) return -1;
    const at = ranks.findIndex((rank) => isSameCell(rank, cell));
    return at < 0 ? result.cells.length : at;
  };
  const sorted = cells.toSorted((a, b) => place(a) - place(b));
  const last = Math.floor(panels / 3);
  const first = panels - last;
  const chosen = new Set([...sorted.slice(0, first), ...sorted.slice(-last)]);
  return {
    cells: cells.filter((cell) => chosen.has(cell)),
    note:
      ` Drawn are ${panels} of ${cells.length} strategies, the first ${first} and the last ` +
      `${last} by ${by}; the tables have the others.`,
  };
}
