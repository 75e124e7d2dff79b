import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { parseRunResult } from '../../result/parse.ts';
import type { RunResult } from '../../result/types.ts';
import type { RunSide } from './run-side.ts';

/** Of what it printed, the end says why it failed. */
const stderrCharactersMax = 4000;

/** Exit codes of a run that has measured all its cells. */
const whole: ReadonlySet<number | null> = new Set([
  exitCodes.ok,
  exitCodes.failed,
  exitCodes.invalid,
]);

/**
 * One run in a process of its own, so that all runs begin alike: what Node has compiled by then,
 * and what it holds in memory, is part of no difference. It stands in a process group of its own,
 * and hears of Ctrl-C once, from here.
 *
 * @returns null where it was interrupted; what it had measured is in the folder
 * @throws UserError with what it printed, where it could not measure
 */
export async function oneRun(
  { launcher, scenario, folder, given }: RunSide,
  out: string,
  options: readonly string[],
  signal: AbortSignal,
): Promise<RunResult | null> {
  // The summary of a job is of the comparison, not of each of its runs.
  const { GITHUB_STEP_SUMMARY: _, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [launcher, 'run', scenario, ...options, '--out', resolve(out)],
    {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    },
  );
  const stop = (): void => {
    child.kill(signal.reason === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
  };
  const end = (): void => {
    child.kill('SIGTERM');
  };
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  process.once('exit', end);
  try {
    let printed = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-stderrCharactersMax);
    });
    const code = await new Promise<number | null>((ended, reject) => {
      child.once('error', reject);
      child.once('close', ended);
    });
    if (signal.aborted) return null;
    if (!whole.has(code)) throw failed(given, code, printed);
    const path = join(out, 'result.json');
    return parseRunResult(await readFile(path, 'utf8'), path);
  } finally {
    signal.removeEventListener('abort', stop);
    process.off('exit', end);
  }
}

function failed(given: string, code: number | null, printed: string): UserError {
  const lines = printed.trim().split('\n');
  const at = lines.findLastIndex((line) => line.startsWith('error:'));
  const said = lines
    .slice(Math.max(0, at))
    .join('\n')
    .replace(/^error: /, '');
  return new UserError(`a run of ${given} ended with exit code ${code ?? 'none'}: ${said}`, {
    exitCode: code === exitCodes.usage ? exitCodes.usage : exitCodes.unusable,
  });
}
