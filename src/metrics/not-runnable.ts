import { type Fact, fact, type Unworded } from '../result/finding.ts';
import type { NotRunnable } from '../result/table-result.ts';
import { arrivalsOf, type CellSamples } from './cell-samples.ts';

interface OperationRefusals {
  readonly operations: readonly {
    readonly name: string;
    /** Why the strategy cannot run it; absent where it can. */
    readonly refused?: Fact;
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
    operations: operations.flatMap(({ name, refused = fact('not-runnable') }, i) => {
      const own = samples.operations[i]?.skipped ?? 0;
      return own === 0 ? [] : [{ operation: name, fraction: own / asked, reason: refused }];
    }),
  };
}

/** Arrivals that were not run, of all operations. */
export function skippedOf({ operations }: CellSamples): number {
  return operations.reduce((total, { skipped }) => total + skipped, 0);
}
