import type { Cell, RunResult } from '../../result/types.ts';

/** One result of a side. */
export interface ComparedRun {
  /** The file, or `<ref>:<path>`. */
  readonly file: string;
  readonly result: RunResult;
}

/** What is compared with another: one result or several of one scenario, in the order of dates. */
export interface ComparedSide {
  /** a, b, c, ... */
  readonly side: string;
  readonly given: string;
  readonly commit: string | null;
  readonly runs: readonly ComparedRun[];
}

/** The first and the last side that were named. */
export interface Pair {
  readonly a: ComparedSide;
  readonly b: ComparedSide;
}

/** One strategy on both sides: its cell in each run, null where a run has none. */
export interface MatchedCell {
  /** As the differences name it. */
  readonly strategy: string;
  readonly a: readonly (Cell | null)[];
  readonly b: readonly (Cell | null)[];
}

/**
 * Whether the latencies of a cell may be compared. Too few samples for a p99 leave the other
 * percentiles as sound as they are: what is missing is null.
 */
export function isUsable(cell: Cell | null): cell is Cell {
  if (cell === null || cell.status !== 'ok') return false;
  return cell.verdict?.status === 'VALID' || cell.verdict?.status === 'TOO-FEW-SAMPLES';
}
