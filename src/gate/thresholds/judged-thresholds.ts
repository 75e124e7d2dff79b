import { type CellId, isSameCell } from '../../result/cells.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import type { ThresholdResult } from '../../result/threshold-result.ts';
import type { Cell } from '../../result/types.ts';
import { aggregateText, thresholdText } from '../../base/thresholds/threshold-text.ts';
import type { Expression, Threshold } from '../../base/thresholds/threshold-types.ts';
import { cellValue } from './cell-value.ts';
import { type MeasuredValue, samplesNeeded } from './measured-value.ts';

export type JudgedThreshold = Unworded<ThresholdResult>;

/** A limit that was seen to be broken while its cell ran, which ended by it. */
export interface BrokenLimit {
  readonly threshold: Threshold;
  readonly measured: MeasuredValue;
  /** Since the start of the measured window. */
  readonly atMs: number;
}

/** A cell that the run has or would have had. */
export interface JudgedCell extends CellId {
  /** null: its turn has not come. */
  readonly cell: Cell | null;
  /** null: it did not end by a limit. */
  readonly ended: BrokenLimit | null;
}

/** Every limit for every cell that it is about; where there is none, it is broken. */
export function judgedThresholds(
  thresholds: readonly Threshold[],
  cells: readonly JudgedCell[],
): JudgedThreshold[] {
  return thresholds.flatMap((threshold) => {
    const { strategy, shard = 0 } = threshold.tags;
    const meant = cells.filter(
      (each) => (strategy === undefined || each.strategy === strategy) && each.shardCount > shard,
    );
    if (meant.length > 0) return meant.map((each) => judged(threshold, each));
    const nothing: MeasuredValue = { value: null, unknown: null, samples: null };
    return [result(threshold, null, nothing, fact('limit-of-no-cell', details))];
  });
}

const details = { severity: 'error' } as const;

function judged(threshold: Threshold, { cell, ended, ...id }: JudgedCell): JudgedThreshold {
  const nothing: MeasuredValue = { value: null, unknown: null, samples: null };
  if (cell === null) return result(threshold, id, nothing, fact('limit-not-reached', details));
  if (ended !== null && ended.threshold === threshold) {
    const note = noteOf(threshold, ended.measured);
    const { atMs } = ended;
    return {
      ...result(threshold, id, ended.measured, note),
      ok: false,
      endedAtMs: atMs,
      note: { ...note, numbers: { ...note.numbers, atMs } },
    };
  }
  if (cell.status !== 'ok') {
    return result(threshold, id, nothing, fact('limit-of-unmeasured-cell', details));
  }
  const measured = cellValue(cell, threshold);
  return result(threshold, id, measured, noteOf(threshold, measured));
}

function result(
  threshold: Threshold,
  cell: CellId | null,
  measured: MeasuredValue,
  note: Fact,
): JudgedThreshold {
  const { metric, tags, aggregate, operator, limit } = threshold;
  return {
    expression: thresholdText(threshold),
    metric,
    tags: { ...tags },
    aggregate: aggregateText(aggregate),
    operator,
    limit,
    strategy: cell?.strategy ?? null,
    shardCount: cell?.shardCount ?? null,
    value: measured.value,
    samples: measured.samples,
    ok: isKept(threshold, measured),
    note,
  };
}

/** What is not known keeps no limit. */
export function isKept({ operator, limit }: Expression, { value }: MeasuredValue): boolean {
  if (value === null) return false;
  switch (operator) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}

/** The number beside its limit, or why there is none. */
export function noteOf(threshold: Threshold, measured: MeasuredValue): Fact {
  const { metric, aggregate, operator, limit } = threshold;
  const { value, unknown, samples } = measured;
  const names = { metric, aggregate: aggregateText(aggregate), operator };
  if (value !== null) {
    const kept = isKept(threshold, measured);
    const severity = kept ? 'info' : 'error';
    return fact(kept ? 'limit-kept' : 'limit-broken', {
      severity,
      numbers: { value, limit },
      names,
    });
  }
  const needed =
    unknown === 'limit-too-few-samples' ? samplesNeeded(aggregate.percentile ?? 50) : null;
  return fact(unknown ?? 'limit-not-measured', {
    severity: 'error',
    numbers: { limit, samples, needed },
    names,
  });
}

/** Those of a document that belong to this cell. */
export function thresholdsOf<T extends Pick<ThresholdResult, 'strategy' | 'shardCount'>>(
  thresholds: readonly T[],
  cell: CellId,
): T[] {
  return thresholds.filter(
    ({ strategy, shardCount }) =>
      strategy !== null && shardCount !== null && isSameCell({ strategy, shardCount }, cell),
  );
}
