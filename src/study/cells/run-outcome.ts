import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { RunResult } from '../../result/types.ts';
import { LimitBroken } from './limit-broken.ts';

/** How a run or a simulation ended, early or not. */
export interface RunOutcome {
  readonly result: RunResult;
  readonly exitCode: ExitCode;
  /** Why the run ended early; null when it did not. */
  readonly problem: unknown;
}

/** Of a run that has ended, early or not. */
export function exitCodeOf(result: RunResult, problem: unknown, signal: AbortSignal): ExitCode {
  if (signal.aborted) {
    return signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted;
  }
  const measured = result.cells.filter(({ status }) => status === 'ok');
  if (problem !== null && !(problem instanceof LimitBroken)) {
    return problem instanceof UserError ? problem.exitCode : exitCodes.unusable;
  }
  // Numbers that are not valid keep and break limits by chance.
  const valid = measured.every(({ verdict }) => verdict?.status === 'VALID');
  if (!valid) return exitCodes.invalid;
  const kept = problem === null && (result.thresholds ?? []).every(({ ok }) => ok);
  return kept ? exitCodes.ok : exitCodes.failed;
}
