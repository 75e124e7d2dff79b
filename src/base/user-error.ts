import type { ExitCode } from './exit-codes.ts';

/**
 * A mistake or a condition that the user can mend: printed as message and hint, never as a stack.
 */
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
