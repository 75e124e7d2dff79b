import { styleText } from 'node:util';
import { UserError } from '../base/user-error.ts';

export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
}

/** NO_COLOR (https://no-color.org) and streams that are no terminal are respected. */
export function wantsColour(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const refused = environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '';
  return stream.isTTY && !refused && environment['TERM'] !== 'dumb';
}

/** How a table is to be drawn: with `wide` all of its columns, whatever room there is. */
export function tableView(
  stream: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
  { wide }: { readonly wide?: true },
): { readonly width: number; readonly colour: boolean } {
  const width = wide === true ? Number.POSITIVE_INFINITY : columnsOf(stream);
  return { width, colour: wantsColour(stream, environment) };
}

/** Width of a terminal; 80 where there is none, or one that does not know (it then says 0). */
export function columnsOf({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}

/**
 * `shardlab ... | head` closes the pipe: that is no error. Nobody reads what would follow on
 * stdout, so the process ends, with the exit code it has by then; without a reader of its progress
 * a measurement goes on.
 */
export function endQuietlyOnClosedPipe({ stdout, stderr }: Streams): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
  stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** A mistake of the user's as message and hint; a bug of ours with its stack. */
export function describeError(error: unknown, { stderr, environment }: Streams): string {
  const label = wantsColour(stderr, environment) ? styleText('red', 'error:') : 'error:';
  if (error instanceof UserError) {
    const hint = error.hint === undefined ? '' : `hint: ${error.hint}\n`;
    return `${label} ${error.message}\n${hint}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${label} this is a bug in shardlab\n${stack}\n`;
}
