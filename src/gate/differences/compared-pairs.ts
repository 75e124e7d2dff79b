import { cellName } from '../../result/cells.ts';
import type { Cell } from '../../result/types.ts';

/** What is known of a cell when it is compared with another of its run. */
export type ComparedCell = Pick<
  Cell,
  | 'strategy'
  | 'shardCount'
  | 'router'
  | 'verdict'
  | 'attempt'
  | 'repeats'
  | 'operations'
  | 'notRunnable'
  | 'work'
>;

/** Two cells of one run: `b` is seen from `a`, which stands before it in the document. */
export interface Pair {
  readonly a: ComparedCell;
  readonly b: ComparedCell;
  /** What they are called among the cells of their document. */
  readonly against: string;
  readonly strategy: string;
}

/** The cell without a router, on one shard. */
export const isBaseline = ({ router }: ComparedCell): boolean => router === null;

/**
 * All pairs of cells on as many shards, and of each with the baseline, which has one. What other
 * shard counts do to a strategy is another question, and more pairs make each claim harder.
 */
export function pairsOf(cells: readonly ComparedCell[]): Pair[] {
  return cells.flatMap((a, i) =>
    cells
      .slice(i + 1)
      .filter((b) => a.shardCount === b.shardCount || isBaseline(a) || isBaseline(b))
      .map((b) => ({ a, b, against: cellName(a, cells), strategy: cellName(b, cells) })),
  );
}

/** Names of the operations that some cell has, in the order of the scenario. */
export function operationNames(cells: readonly ComparedCell[]): string[] {
  const named = cells.flatMap(({ repeats = [] }) =>
    repeats.flatMap(({ operations }) => operations.map(({ operation }) => operation)),
  );
  return [...new Set(named)];
}
