import type { BrokenLimit } from '../../gate/thresholds/judged-thresholds.ts';
import type { CellMetrics } from '../../metrics/cell-metrics.ts';
import type { LookupResult } from '../../result/lookup.ts';
import type { Fact } from '../../result/finding.ts';
import type { RepeatResult } from '../../result/repeat.ts';
import type { LostConstraintResult, TableResult } from '../../result/table-result.ts';
import type { Cell } from '../../result/types.ts';
import type { WalResult } from '../../result/wal-result.ts';
import { wordedCell } from '../../wording/worded-cell.ts';
import type { CellSpec } from './cell-specs.ts';

/** A cell that ran to its end: it has everything that a cell can have. */
export interface MeasuredCell extends CellMetrics {
  readonly status: 'ok';
  /** What a person should know of it beside its numbers; places are within the cell. */
  readonly notes: readonly Fact[];
  readonly server: Cell['server'];
  /** null: no server was asked, or nothing was written. */
  readonly wal: WalResult | null;
  /** null: no key was looked up. */
  readonly lookup: LookupResult | null;
  /** Share of the keyed writes that the largest value of the shard key has; null if unknown. */
  readonly topKeyShare: number | null;
  /** Absent in the short form of one table. */
  readonly tables?: TableResult[];
  /** Absent where the window was measured in one piece. */
  readonly repeats?: RepeatResult[];
  readonly lostConstraints?: LostConstraintResult[];
}

interface FailedCell {
  readonly status: 'failed';
  /** Why. */
  readonly error: string;
  /** Absent: no limit ended it. */
  readonly limit?: BrokenLimit;
}

interface InterruptedCell {
  readonly status: 'interrupted';
}

/** How a cell ended: it has all of its numbers, or none. */
export type CellOutcome = MeasuredCell | FailedCell | InterruptedCell;

export interface FinishedCell {
  readonly spec: CellSpec;
  readonly startedAt: Date;
  readonly outcome: CellOutcome;
  /** 2 where the machine spoilt it, and it was measured again. */
  readonly attempt: number;
}

/** JSON pointer to a cell of a document. */
export const cellPlace = (index: number): string => `/cells/${index}`;

/**
 * A cell as a document has it, at this place; what the growth models say of its work is added
 * there.
 */
export function documentCell(
  { spec, startedAt, outcome, attempt }: FinishedCell,
  place: string,
): Cell {
  const { strategy, shardCount } = spec;
  const identity = {
    strategy: spec.name,
    shardKey: strategy?.key ?? null,
    router: routerName(spec),
    hash: strategy?.hash ?? null,
    shardCount,
    startedAt: startedAt.toISOString(),
    ...(attempt > 1 && { attempt }),
  };
  switch (outcome.status) {
    case 'ok': {
      const { topKeyShare: _, wal, lookup, notRunnable, ...measured } = outcome;
      return {
        ...identity,
        ...measured,
        ...wordedCell({ ...measured, ...(notRunnable && { notRunnable }) }, place),
        error: null,
        ...(lookup && { lookup }),
        ...(wal && { wal }),
      };
    }
    case 'failed':
      return { ...identity, ...nothingMeasured, status: 'failed', error: outcome.error };
    case 'interrupted':
      return { ...identity, ...nothingMeasured, status: 'interrupted', error: 'interrupted' };
  }
}

const nothingMeasured = {
  notes: [],
  verdict: null,
  load: null,
  generator: null,
  overall: null,
  shards: [],
  operations: [],
  imbalance: null,
  fanOut: null,
  alarms: [],
  server: null,
};

/** `ring:150`; null for the baseline. */
export function routerName({ strategy }: CellSpec): string | null {
  if (strategy === null) return null;
  return strategy.parameter === null ? strategy.router : `${strategy.router}:${strategy.parameter}`;
}
