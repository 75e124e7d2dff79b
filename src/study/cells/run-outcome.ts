import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { RunResult } from '../../result/types.ts';

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
  if (problem !== null) {
    return problem instanceof UserError ? problem.exitCode : exitCodes.unusable;
  }
  const valid = result.cells.every(({ verdict }) => verdict?.status === 'VALID');
  return valid ? exitCodes.ok : exitCodes.invalid;
}
