import type { Cell } from '../result/types.ts';
import type { CellFacts } from './cell-metrics.ts';
import type { CellSamples } from './cell-samples.ts';

/** What was seen of a phase beside its samples. */
type Observed = Pick<CellFacts, 'contents' | 'throttledFractions' | 'generator'>;

/** What one phase of a cell leaves. */
export interface PhaseRecord extends Observed {
  readonly samples: CellSamples;
  /** What the servers did meanwhile; null where there are none, or where nobody looked. */
  readonly server: Cell['server'];
  /**
   * The phase again, with times of these operations that follow the rows; null where it is known.
   */
  readonly otherwise: {
    readonly operations: readonly string[];
    readonly record: PhaseRecord;
  } | null;
}

/** What is known of a cell before it runs. */
export type KnownFacts = Omit<CellFacts, keyof Observed>;
