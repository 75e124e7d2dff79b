import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { thresholdText } from '../../base/thresholds/threshold-text.ts';
import { type BrokenLimit, thresholdsOf } from '../../gate/thresholds/judged-thresholds.ts';
import type { RunResult } from '../../result/types.ts';
import type { Threshold } from '../../base/thresholds/threshold-types.ts';
import { duration } from '../../wording/format.ts';
import type { CellSpec } from './cell-specs.ts';

/** A limit with `abortOnFail` is broken: no cell follows. */
export class LimitBroken extends UserError {
  /** Of a cell that was still running; null where it had come to its end. */
  readonly limit: BrokenLimit | null;

  constructor(message: string, limit: BrokenLimit | null) {
    super(message, { exitCode: exitCodes.failed });
    this.limit = limit;
  }
}

/** While a cell runs. */
export function brokenWithin(limit: BrokenLimit): LimitBroken {
  const text = thresholdText(limit.threshold);
  const when = `after ${duration(limit.atMs)} of the window`;
  return new LimitBroken(`the limit ${text} was broken ${when}: it ended the run`, limit);
}

/** By the cell that was the last so far; null where none of those that end a run is broken. */
export function brokenAfter(
  { thresholds = [] }: RunResult,
  limits: readonly Threshold[],
  { name, shardCount }: CellSpec,
): LimitBroken | null {
  const ending = new Set(limits.filter(({ abortOnFail }) => abortOnFail).map(thresholdText));
  const broken = thresholdsOf(thresholds, { strategy: name, shardCount }).find(
    ({ ok, expression }) => !ok && ending.has(expression),
  );
  if (broken === undefined) return null;
  return new LimitBroken(
    `the limit ${broken.expression} is broken by ${name}: it ended the run`,
    null,
  );
}
