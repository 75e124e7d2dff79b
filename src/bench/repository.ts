import { resolve } from 'node:path';
import { suggest } from '../base/suggest.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { git, type GitQuestion, gitText } from './git.ts';

/** The working tree that a folder is in. */
export interface Repository {
  /** Where the working tree begins. */
  readonly top: string;
  /** Absolute path of the repository itself. */
  readonly gitFolder: string;
  /** Absolute path of its objects, which worktrees share. */
  readonly objectFolder: string;
  /** The folder within the working tree: '' or a path that ends in a slash. */
  readonly prefix: string;
  readonly shallow: boolean;
}

export interface Commit {
  /** 40 hexadecimal digits (64 in a repository of SHA-256). */
  readonly id: string;
  /** What it was named by, the branch where one is checked out. */
  readonly name: string;
}

/** Head as it stands: the commit that is checked out and what was changed since. */
export interface HeadState {
  /** null before the first commit. */
  readonly commit: string | null;
  /** null where head is detached. */
  readonly branch: string | null;
  /** Changed and untracked files within the folder. */
  readonly changedFiles: number;
}

/**
 * The repository that the folder is in.
 *
 * @throws UserError (exit code 2) where there is none, or none with a working tree
 */
export async function openRepository(question: GitQuestion): Promise<Repository> {
  const asked = ['--is-inside-work-tree', '--is-shallow-repository', '--absolute-git-dir'];
  const { code, stdout, stderr } = await git(['rev-parse', ...asked], question);
  if (code !== 0) throw noRepository(question.folder, stderr);
  const [inside, shallow, gitFolder = ''] = stdout.trim().split('\n');
  if (inside !== 'true') {
    throw new UserError(`${question.folder} has no working tree: it is a bare clone`, {
      exitCode: exitCodes.usage,
      hint:
        'the gate compares the files of the current folder with those of the base: run it in a ' +
        'clone with files, or in one that `git worktree add` made',
    });
  }
  const top = await gitText(['rev-parse', '--show-toplevel'], question);
  const prefix = await gitText(['rev-parse', '--show-prefix'], question);
  const objects = await gitText(['rev-parse', '--git-path', 'objects'], question);
  const objectFolder = resolve(question.folder, objects);
  return { top, gitFolder, objectFolder, prefix, shallow: shallow === 'true' };
}

function noRepository(folder: string, stderr: string): UserError {
  if (stderr.includes('dubious ownership')) {
    return new UserError(`git refuses to read ${folder}, because it belongs to another user`, {
      exitCode: exitCodes.unusable,
      hint: `to allow it, run git config --global --add safe.directory ${folder}`,
    });
  }
  return new UserError(`${folder} is not in a git repository, so it has no refs`, {
    exitCode: exitCodes.usage,
    hint: 'run the gate in a clone, or name a folder that holds the base: --base ./base',
  });
}

/**
 * The commit that a ref names.
 *
 * @throws UserError (exit code 2) that says how to get it where the clone is shallow, and which
 *   there are otherwise
 */
export async function findCommit(
  ref: string,
  repository: Repository,
  question: GitQuestion,
): Promise<Commit> {
  // A ref never begins with a hyphen; git would take it for an option.
  const { code, stdout } = ref.startsWith('-')
    ? { code: 1, stdout: '' }
    : await git(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], question);
  if (code === 0) return { id: stdout.trim(), name: ref };
  if (repository.shallow) {
    throw new UserError(`there is no commit "${ref}" here: this clone is shallow`, {
      exitCode: exitCodes.usage,
      hint: `fetch it first: ${fetchOf(ref)} (actions/checkout: fetch-depth: 0)`,
    });
  }
  const refs = await gitText(['for-each-ref', '--format=%(refname:short)'], question);
  const near = suggest(ref, refs.split('\n'));
  throw new UserError(`there is no commit "${ref}" in ${repository.top}`, {
    exitCode: exitCodes.usage,
    hint:
      near === undefined
        ? 'allowed: a branch, a tag, a commit, or a folder; `git fetch` gets the branches ' +
          'of a remote'
        : `did you mean ${near}?`,
  });
}

/** What brings the ref into a shallow clone. */
function fetchOf(ref: string): string {
  const [name = '', back] = ref.split(/(?=[~^])/);
  if (back !== undefined) return 'git fetch --deepen=50';
  const remote = /^([\w.-]+)\/(.+)$/.exec(name);
  const [, from = 'origin', branch = name] = remote ?? [];
  const tracked = remote === null ? '' : `:refs/remotes/${from}/${branch}`;
  return `git fetch --depth=1 ${from} ${branch}${tracked}`;
}

/** What is checked out, and how much of the folder differs from it; nothing is written. */
export async function headState(question: GitQuestion): Promise<HeadState> {
  const commit = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], question);
  const branch = await git(['symbolic-ref', '--quiet', '--short', 'HEAD'], question);
  const changes = await gitText(['status', '--porcelain', '-z', '--', '.'], question);
  return {
    commit: commit.code === 0 ? commit.stdout.trim() : null,
    branch: branch.code === 0 ? branch.stdout.trim() : null,
    changedFiles: changes === '' ? 0 : changes.split('\0').filter((each) => each !== '').length,
  };
}
