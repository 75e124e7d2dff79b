import { latencyRanks } from '../../gate/differences/latency-ranks.ts';
import { runDifferences } from '../../gate/differences/run-differences.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { worded } from '../../wording/worded.ts';

/** The cells with their ranks by latency, and what differs between those with repeats. */
export function comparedCells(cells: readonly Cell[]): Pick<RunResult, 'cells' | 'comparison'> {
  const found = runDifferences(cells);
  if (found === null) return { cells: [...cells] };
  const ranks = latencyRanks(cells);
  const differences = found.differences.map(({ note, ...difference }, i) => ({
    ...difference,
    ...(note && { note: worded({ ...note, place: `/comparison/differences/${i}` }) }),
  }));
  return {
    cells: cells.map((cell, i) => {
      const rank = ranks[i] ?? null;
      return rank === null ? cell : { ...cell, latencyRank: rank };
    }),
    comparison: { family: found.family, differences },
  };
}
