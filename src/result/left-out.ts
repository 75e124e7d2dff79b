import type { Cell } from './types.ts';

/** The part of the workload that a cell does not run. */
export interface LeftOut {
  /** Share of all operations, the same for all cells that leave out the same ones; 0: none. */
  readonly share: number;
  /** Which, as one text to compare. */
  readonly operations: string;
}

/**
 * By the weights of the operations where they are known: shares of the arrivals differ from cell to
 * cell where clients wait for answers.
 */
export function leftOut({ notRunnable, work }: Pick<Cell, 'notRunnable' | 'work'>): LeftOut {
  const left = notRunnable?.operations ?? [];
  const weightOf = (operation: string): number | undefined =>
    work?.operations.find((one) => one.operation === operation)?.share;
  const share = left.reduce(
    (sum, { operation, fraction }) => sum + (weightOf(operation) ?? fraction),
    0,
  );
  const operations = left.map(({ operation }) => operation).toSorted();
  // The sum must not depend on the order in which the parts were added.
  return { share: Number(share.toFixed(9)), operations: operations.join('\n') };
}
