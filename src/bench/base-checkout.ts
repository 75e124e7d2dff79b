import { mkdir, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { exitCodes, UserError } from '../base/user-error.ts';
import { type GitQuestion, gitText } from './git.ts';
import { bringModules } from './base-modules.ts';
import {
  findCommit,
  headState,
  type HeadState,
  openRepository,
  type Repository,
} from './repository.ts';

/** The files of the base, beside those of head. */
export interface BaseCheckout {
  /** Absolute; as deep in the base as head's folder is in the working tree. */
  readonly folder: string;
  /** What was named, and its commit where it is one. */
  readonly name: string;
  readonly commit: string | null;
  /** null where head is in no repository. */
  readonly head: HeadState | null;
  /** What the user should know of how it was made. */
  readonly notes: readonly string[];
  /** Removes what was made for it; a folder of the user's stays. Never throws. */
  remove(): void;
}

/**
 * The base that the user names, a git ref or a folder.
 *
 * A ref's files are written into a temporary folder by an index of our own (read-tree, then
 * checkout-index), not by `git worktree add`: that would leave entries below .git, run the user's
 * post-checkout hook, and fail where .git is read-only. `git archive` would leave out what is marked
 * export-ignore. So nothing below .git changes, whatever happens to this process.
 *
 * @param named as given: `main`, `v1.2`, `HEAD~3`, `./old`
 * @param headFolder absolute path of the folder that is compared with it
 * @throws UserError that says what is wrong with the base and what is allowed
 */
export async function checkOutBase(
  named: string,
  headFolder: string,
  signal: AbortSignal,
): Promise<BaseCheckout> {
  const question: GitQuestion = { folder: headFolder, signal };
  const folder = resolve(headFolder, named);
  const isPath = isAbsolute(named) || /^\.\.?([/\\]|$)/.test(named);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isPath && !isFolder) {
    throw new UserError(`the base ${named} is no folder (looked for ${folder})`, {
      exitCode: exitCodes.usage,
      hint: 'allowed: a git ref such as origin/main, or a folder',
    });
  }
  if (isPath) return userFolder(named, folder, question);
  try {
    const repository = await openRepository(question);
    return await checkOutRef(named, repository, question);
  } catch (error) {
    // A folder may be named without ./ where no ref has its name.
    if (!(error instanceof UserError) || !isFolder || signal.aborted) throw error;
    return userFolder(named, folder, question);
  }
}

async function userFolder(
  name: string,
  folder: string,
  question: GitQuestion,
): Promise<BaseCheckout> {
  const head = await openRepository(question).then(
    () => headState(question),
    () => null,
  );
  const notes = [`the base is the folder ${folder} as it stands`];
  return {
    folder: await realpath(folder),
    name,
    commit: null,
    head,
    notes,
    remove: () => undefined,
  };
}

async function checkOutRef(
  ref: string,
  repository: Repository,
  question: GitQuestion,
): Promise<BaseCheckout> {
  const { id } = await findCommit(ref, repository, question);
  const head = await headState(question);
  const temporary = await realpath(await mkdtemp(join(tmpdir(), 'shardlab-base-')));
  const remove = (): void => rmSync(temporary, { recursive: true, force: true });
  // However this process ends, but for a kill -9.
  process.once('exit', remove);
  try {
    const tree = join(temporary, 'tree');
    await writeTree(id, tree, temporary, repository, question);
    const folder = join(tree, repository.prefix);
    if (!(await isDirectory(folder))) {
      throw new UserError(`${ref} has no folder ${repository.prefix}`, {
        exitCode: exitCodes.failed,
        hint: 'name a newer base, or make it the base by merging this first',
      });
    }
    const notes = await bringModules(
      { name: ref, folder, top: tree },
      { folder: question.folder, top: repository.top },
      question.signal,
    );
    return {
      folder,
      name: ref,
      commit: id,
      head,
      notes,
      remove: () => {
        process.off('exit', remove);
        remove();
      },
    };
  } catch (error) {
    process.off('exit', remove);
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Writes all files of a commit to `tree`. */
async function writeTree(
  commit: string,
  tree: string,
  temporary: string,
  { gitFolder }: Repository,
  { signal }: GitQuestion,
): Promise<void> {
  await mkdir(tree);
  const question: GitQuestion = {
    folder: tree,
    environment: {
      GIT_DIR: gitFolder,
      GIT_WORK_TREE: tree,
      GIT_INDEX_FILE: join(temporary, 'index'),
    },
    ...(signal && { signal }),
  };
  // The user may have checked out only a part of the files; the base is needed whole.
  const whole = ['-c', 'core.sparseCheckout=false'];
  await gitText([...whole, 'read-tree', commit], question);
  await gitText([...whole, 'checkout-index', '--all', '--quiet'], question);
}
