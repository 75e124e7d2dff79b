import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/**
 * Runs `work` with a signal that Ctrl-C (reason SIGINT) or SIGTERM (SIGHUP too) aborts, so that it
 * can stop what it started. A second Ctrl-C ends the process at once; the shards' watchdog then
 * cleans up.
 *
 * @throws UserError (exit code 130 or 143) where work ends with an error after that
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  message = 'interrupted before anything was measured',
): Promise<T> {
  const controller = new AbortController();
  // SIGHUP: the terminal was closed, which is no key that the user pressed.
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name) => {
    const handler = (): void => {
      if (controller.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143);
      controller.abort(name === 'SIGHUP' ? 'SIGTERM' : name);
    };
    process.on(name, handler);
    return { name, handler };
  });
  try {
    return await work(controller.signal);
  } catch (cause) {
    if (!controller.signal.aborted) throw cause;
    throw new UserError(message, {
      exitCode:
        controller.signal.reason === 'SIGTERM' ? exitCodes.terminated : exitCodes.interrupted,
      cause,
    });
  } finally {
    for (const { name, handler } of handlers) process.off(name, handler);
  }
}
