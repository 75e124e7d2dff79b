import { execFile } from 'node:child_process';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

export interface GitAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how git is asked. */
export interface GitQuestion {
  readonly folder: string;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Runs git once, writing nothing that was not asked for: no refreshed index (GIT_OPTIONAL_LOCKS),
 * no hook (an index that is written calls post-index-change), no file watcher left running, no
 * prompt. Messages are in English whatever the locale, for they are read here.
 *
 * @throws UserError (exit code 3) where git is not installed
 */
export function git(args: readonly string[], question: GitQuestion): Promise<GitAnswer> {
  const { folder, environment = {}, signal } = question;
  const quiet = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...quiet, ...args],
      {
        cwd: folder,
        env: {
          ...process.env,
          LC_ALL: 'C',
          GIT_OPTIONAL_LOCKS: '0',
          GIT_TERMINAL_PROMPT: '0',
          ...environment,
        },
        maxBuffer: 64 * 2 ** 20,
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ code: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
        else reject(error.code === 'ENOENT' ? notInstalled(error) : error);
      },
    );
  });
}

function notInstalled(cause: unknown): UserError {
  return new UserError('git is not installed (or not in PATH), so no ref can be looked up', {
    exitCode: exitCodes.unusable,
    hint: 'install git, or name a folder that holds the base: --base ./base',
    cause,
  });
}

/** The trimmed output of a command of git's that must succeed; what git said otherwise. */
export async function gitText(args: readonly string[], question: GitQuestion): Promise<string> {
  const { code, stdout, stderr } = await git(args, question);
  if (code === 0) return stdout.trim();
  throw new UserError(`git ${args.join(' ')} failed: ${stderr.trim()}`, {
    exitCode: exitCodes.unusable,
  });
}
