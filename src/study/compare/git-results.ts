import { posix } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { git, type GitQuestion, gitText } from '../../bench/git.ts';
import { findCommit, openRepository } from '../../bench/repository.ts';

/** A text in a folder or in a commit, by the name that messages use. */
export interface StoredText {
  readonly file: string;
  readonly text: string;
}

/** What `<ref>:<path>` names: a file alone, or what may be a result below a folder. */
export interface CommittedTexts {
  readonly commit: string;
  readonly isFolder: boolean;
  readonly texts: readonly StoredText[];
}

/**
 * Reads what is committed, by `git cat-file` and `git show`, which write nothing. The path is from
 * the top of the repository, as everywhere in git, unless it begins with ./ or ../.
 *
 * @param ref,path as in `<ref>:<path>`
 * @throws UserError (exit code 2) where there is no such ref, or nothing at the path
 */
export async function committedTexts(
  ref: string,
  path: string,
  question: GitQuestion,
): Promise<CommittedTexts> {
  const repository = await openRepository(question);
  const { id: commit } = await findCommit(ref, repository, question);
  const object = `${commit}:${path.replace(/(?<=.)\/+$/, '')}`;
  const kind = await git(['cat-file', '-t', object], question);
  const type = kind.stdout.trim();
  if (kind.code !== 0 || (type !== 'blob' && type !== 'tree')) {
    throw new UserError(`${ref} has no file or folder ${path}`, {
      exitCode: exitCodes.usage,
      hint: 'the path is from the top of the repository; ./ before it is the current folder',
    });
  }
  const show = async (name: string, of: string): Promise<StoredText> => ({
    file: name,
    text: await gitText(['show', of], question),
  });
  if (type === 'blob') {
    return { commit, isFolder: false, texts: [await show(`${ref}:${path}`, object)] };
  }
  const listed = await gitText(['ls-tree', '-r', '--name-only', '-z', '--full-tree', object], {
    ...question,
    folder: repository.top,
  });
  const names = listed.split('\0').filter((name) => mayBeResult(name));
  const texts: StoredText[] = [];
  for (const name of names) {
    texts.push(await show(`${ref}:${posix.join(path, name)}`, `${object}/${name}`));
  }
  return { commit, isFolder: true, texts };
}

/** A JSON file of the folder itself, or the result.json of a run in it. */
export const mayBeResult = (name: string): boolean =>
  /^[^/]+\.json$/.test(name) || /^[^/]+\/result\.json$/.test(name);
