import type { RowDependence, Simulation } from '../scenario/simulation-types.ts';
import type { Operation } from '../scenario/types.ts';
import { classify } from '../workload/classify.ts';

/** How the operations of a cell are routed; `keyName` is null for the baseline on one shard. */
export interface KeyedBy {
  readonly keyName: string | null;
  readonly splitBy: string | null;
}

/**
 * Rows that one query of an operation may have to read, on each shard: those of the shard, where
 * the operation asks all of them. Where the key directs it, what it looks for lies together as if
 * it were on one database.
 */
export function rowsBefore(
  operation: Operation,
  { keyName, splitBy }: KeyedBy,
  rows: readonly number[],
): readonly number[] {
  const all = rows.reduce((sum, own) => sum + own, 0);
  const asksAll = keyName !== null && classify(operation, keyName, splitBy) === 'scatter-gather';
  return asksAll ? rows : rows.map(() => all);
}

/** How many times as long as stated each operation takes, by shard and operation. */
export function rowFactors(
  simulation: Simulation,
  operations: readonly Operation[],
  keyed: KeyedBy,
  rows: readonly number[],
): readonly Float64Array[] {
  const all = rows.reduce((sum, own) => sum + own, 0);
  const factors = rows.map(() => new Float64Array(operations.length).fill(1));
  for (const [index, operation] of operations.entries()) {
    const { scan } = simulation.operations[operation.name] ?? simulation.service;
    if (scan === undefined) continue;
    for (const [shard, own] of rowsBefore(operation, keyed, rows).entries()) {
      const into = factors[shard];
      if (into !== undefined) into[index] = rowFactor(scan, own, all);
    }
  }
  return factors;
}

/** Times as long as stated; a share that is not known counts as 0: as a look-up. */
export function rowFactor(scan: RowDependence, rows: number, all: number): number {
  const share = scan.share ?? 0;
  const stated = scan.rows ?? all;
  return stated === 0 ? 1 : 1 - share + (share * rows) / stated;
}
