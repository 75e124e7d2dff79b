import { type Fact, fact, type Unworded } from '../result/finding.ts';
import type { NotRunnable } from '../result/table-result.ts';
import { arrivalsOf, type CellSamples } from './cell-samples.ts';

interface OperationRefusals {
  readonly operations: readonly {
    readonly name: string;
    /** Why its fate is what it is. */
    readonly reason?: Fact;
  }[];
}

/** What a cell has left out; null where every arrival was run. */
export function notRunnableOf(
  samples: CellSamples,
  { operations }: OperationRefusals,
): Unworded<NotRunnable> | null {
  const skipped = skippedOf(samples);
  if (skipped === 0) return null;
  const asked = arrivalsOf(samples) + skipped;
  return {
    fraction: skipped / asked,
    operations: operations.flatMap(({ name, reason = fact('not-runnable') }, i) => {
      const own = samples.operations[i]?.skipped ?? 0;
      return own === 0 ? [] : [{ operation: name, fraction: own / asked, reason }];
    }),
  };
}

/** Arrivals that were not run, of all operations. */
export function skippedOf({ operations }: CellSamples): number {
  return operations.reduce((total, { skipped }) => total + skipped, 0);
}

/** What the verdict says of a cell that serves a part of the workload alone. */
export function partOfWorkload(
  left: Unworded<NotRunnable> | null,
  operations: number,
): readonly Fact[] {
  if (left === null) return [];
  return [
    fact('part-of-workload', {
      severity: 'warning',
      numbers: { servedFraction: 1 - left.fraction, operations },
      names: { operations: left.operations.map(({ operation }) => operation) },
      place: '/notRunnable',
    }),
  ];
}
