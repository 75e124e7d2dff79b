/** Exit codes of the program. 1 is Node's own and means a bug. */
export const exitCodes = {
  ok: 0,
  /** Bad invocation or scenario. */
  usage: 2,
  /** Target or machine unusable: no image, no disk, no memory, no connection. */
  unusable: 3,
  /** A gate or threshold failed, a missing baseline included. */
  failed: 4,
  /** The run finished but its numbers are invalid. */
  invalid: 5,
  /** The gate could not decide. */
  undecided: 6,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A mistake or a condition that the user can mend: printed as message and hint, never as a stack. */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, options: { exitCode: ExitCode; hint?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.exitCode = options.exitCode;
    this.hint = options.hint;
  }
}
