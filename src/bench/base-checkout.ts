import { mkdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { type Fact, fact } from '../result/finding.ts';
import { type GitQuestion, gitText } from './git.ts';
import { bringModules } from './base-modules.ts';
import {
  type Commit,
  findCommit,
  headState,
  type HeadState,
  openRepository,
  type Repository,
} from './repository.ts';
import { temporaryFolder } from './temporary-folder.ts';

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
  readonly notes: readonly Fact[];
  /** Removes what was made for it; a folder of the user's stays. Never throws. */
  remove(): void;
}

/**
 * The base that the user names, a git ref or a folder.
 *
 * A ref's files are written into a temporary folder by an index of our own (read-tree, then
 * checkout-index), not by `git worktree add`: that would leave entries below .git, run the user's
 * post-checkout hook, and fail where .git is read-only. `git archive` would leave out what is
 * marked export-ignore. So nothing below .git changes, whatever happens to this process; objects
 * that a partial clone has to fetch go to a folder of ours too. Filters that are configured do run.
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
    throw new UserError(`the base ${named} is not a folder (the gate looked for ${folder})`, {
      exitCode: exitCodes.usage,
      hint: 'allowed: a git ref such as origin/main, or a folder',
    });
  }
  if (isPath) return userFolder(named, folder, question);
  let found: { readonly repository: Repository; readonly commit: Commit };
  try {
    const repository = await openRepository(question);
    found = { repository, commit: await findCommit(named, repository, question) };
  } catch (error) {
    // A folder may be named without ./ where no ref has its name.
    if (!(error instanceof UserError) || !isFolder || signal.aborted) throw error;
    return userFolder(named, folder, question);
  }
  return checkOutCommit(found.commit, found.repository, question);
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
  const notes = [fact('base-is-folder', { names: { folder }, place: '/base' })];
  return {
    folder: await realpath(folder),
    name,
    commit: null,
    head,
    notes,
    remove: () => undefined,
  };
}

async function checkOutCommit(
  { id, name: ref }: Commit,
  repository: Repository,
  question: GitQuestion,
): Promise<BaseCheckout> {
  const head = await headState(question);
  const temporary = await temporaryFolder('base');
  try {
    const tree = join(temporary.path, 'tree');
    await writeTree(id, tree, temporary.path, repository, question);
    const folder = join(tree, repository.prefix);
    if (!(await isDirectory(folder))) {
      throw new UserError(`the base ${ref} has no folder ${repository.prefix}`, {
        exitCode: exitCodes.failed,
        hint: 'name a newer base, or merge this change first, so that the base has the folder',
      });
    }
    const notes = await bringModules(
      { name: ref, folder, top: tree },
      { folder: question.folder, top: repository.top },
      question.signal,
    );
    const remove = (): void => temporary.remove();
    return { folder, name: ref, commit: id, head, notes, remove };
  } catch (error) {
    temporary.remove();
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
  { gitFolder, objectFolder }: Repository,
  { signal }: GitQuestion,
): Promise<void> {
  const objects = join(temporary, 'objects');
  for (const made of [tree, objects]) await mkdir(made);
  const question: GitQuestion = {
    folder: tree,
    environment: {
      GIT_DIR: gitFolder,
      GIT_WORK_TREE: tree,
      GIT_INDEX_FILE: join(temporary, 'index'),
      GIT_OBJECT_DIRECTORY: objects,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: objectFolder,
      // A router is no large file, and fetching them all would write them below .git.
      GIT_LFS_SKIP_SMUDGE: '1',
    },
    ...(signal && { signal }),
  };
  // The user may have checked out only a part of the files; the base is needed whole.
  const whole = ['-c', 'core.sparseCheckout=false'];
  await gitText([...whole, 'read-tree', commit], question);
  await gitText([...whole, 'checkout-index', '--all', '--quiet'], question);
}
