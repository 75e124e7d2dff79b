import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { git, type GitQuestion, gitText } from '../../bench/git.ts';
import { type Commit, findCommit, openRepository } from '../../bench/repository.ts';
import type { KnownOffence } from '../../queries/known-offences.ts';
import { parseQueriesDocument, type QueriesDocument } from '../../result/queries-document.ts';
import { type QueryReading, readQueryFile, type ReadQueryFile, sqlFile } from './query-file.ts';
import { type GivenPath, sqlEndings, sqlFilesIn } from './query-paths.ts';

/** What is compared with: objections that are known, or files whose objections are. */
export interface QueryBase {
  readonly about: NonNullable<QueriesDocument['base']>;
  readonly known: readonly KnownOffence[];
  readonly files: readonly ReadQueryFile[];
  /** Files of head that it does not have. */
  readonly missing: readonly string[];
}

export interface BaseQuestion {
  /** As given: `main`, `./old`, `queries.json`. */
  readonly named: string;
  readonly given: readonly GivenPath[];
  readonly head: readonly ReadQueryFile[];
  /** The shard key that statements are judged by. */
  readonly key: string;
}

/**
 * A document of an earlier check, a folder with the same files, or a git ref, of which files are
 * read without writing any.
 *
 * @throws UserError that says what is wrong with the base and what is allowed
 */
export async function queryBase(question: BaseQuestion, reading: QueryReading): Promise<QueryBase> {
  const { named } = question;
  const found = await stat(named).catch(() => null);
  const isPath = isAbsolute(named) || /^\.\.?([/\\]|$)/.test(named);
  if (found?.isFile() === true) return documentBase(question);
  if (isPath && found === null) {
    throw new UserError(`there is no folder and no document ${named} to compare with`, {
      exitCode: exitCodes.usage,
      hint: 'allowed: a git ref such as origin/main, a folder, or a document of an earlier check',
    });
  }
  if (isPath) return folderBase(question, reading);
  const ask: GitQuestion = { folder: resolve('.'), signal: reading.signal };
  let commit: Commit;
  try {
    commit = await findCommit(named, await openRepository(ask), ask);
  } catch (error) {
    // A folder may be named without ./ where no ref has its name.
    if (!(error instanceof UserError) || found === null || reading.signal.aborted) throw error;
    return folderBase(question, reading);
  }
  return refBase(question, commit, ask);
}

async function documentBase({ named, key }: BaseQuestion): Promise<QueryBase> {
  const { strategy, statements } = parseQueriesDocument(await readFile(named, 'utf8'), named);
  if (strategy.key !== key) {
    throw new UserError(`${named} is about the shard key ${strategy.key}, and this about ${key}`, {
      exitCode: exitCodes.usage,
      hint: `name its strategy (--strategy ${strategy.name}), or another base`,
    });
  }
  const known = statements
    .filter(({ status, offence, reason }) => {
      const unread = reason?.code === 'statement-unread';
      return status !== 'allowed' && (offence !== null || unread);
    })
    .map(({ file, of, fingerprint, offence, reason }): KnownOffence => {
      return { file, of, fingerprint, offence, unread: reason?.code === 'statement-unread' };
    });
  const about = { kind: 'document', name: named, commit: null } as const;
  return { about, known, files: [], missing: [] };
}

async function folderBase(
  { named, given, head }: BaseQuestion,
  reading: QueryReading,
): Promise<QueryBase> {
  const names = new Set<string>();
  for (const { name, isFolder } of given) {
    if (!isFolder) names.add(name);
    else for (const file of await sqlFilesIn(name, named)) names.add(file);
  }
  const files: ReadQueryFile[] = [];
  for (const name of names) {
    const path = join(named, name);
    const isThere = await stat(path).then(
      (each) => each.isFile(),
      () => false,
    );
    if (isThere) files.push(await readQueryFile(path, name, reading));
  }
  const about = { kind: 'folder', name: named, commit: null } as const;
  return { about, known: [], files, missing: missingOf(head, files) };
}

async function refBase(
  { named, given, head }: BaseQuestion,
  { id: commit }: Commit,
  ask: GitQuestion,
): Promise<QueryBase> {
  const log = head.find(({ kind }) => kind !== 'sql');
  if (log !== undefined) {
    throw new UserError(`${log.file} is a log, of which git has no earlier state`, {
      exitCode: exitCodes.usage,
      hint: 'write a document with --json, and name it as the base of the next check',
    });
  }
  const names = new Set<string>();
  for (const { name, isFolder } of given) {
    if (!isFolder) names.add(name);
    else for (const file of await sqlFilesAt(commit, name, ask)) names.add(file);
  }
  const before = await renamedSince(commit, ask);
  const files: ReadQueryFile[] = [];
  for (const name of names) {
    const own = await textAt(commit, name, ask);
    const old = before.get(name);
    const text = own ?? (old === undefined ? null : await textAt(commit, old, ask));
    if (text !== null) files.push(sqlFile(Buffer.from(text), name));
  }
  const about = { kind: 'ref', name: named, commit } as const;
  return { about, known: [], files, missing: missingOf(head, files) };
}

const missingOf = (head: readonly ReadQueryFile[], files: readonly ReadQueryFile[]): string[] =>
  head.map(({ file }) => file).filter((name) => !files.some(({ file }) => file === name));

async function sqlFilesAt(commit: string, folder: string, ask: GitQuestion): Promise<string[]> {
  const args = ['ls-tree', '-r', '-z', '--name-only', commit, '--', `${folder}/`];
  const listed = await gitText(args, ask);
  return listed
    .split('\0')
    .filter((name) => sqlEndings.some((ending) => name.endsWith(`.${ending}`)));
}

/** null: the commit does not have it. */
async function textAt(commit: string, name: string, ask: GitQuestion): Promise<string | null> {
  const { code, stdout } = await git(['show', `${commit}:./${name}`], ask);
  return code === 0 ? stdout : null;
}

/** The old name of each file that has another one since. */
async function renamedSince(
  commit: string,
  ask: GitQuestion,
): Promise<ReadonlyMap<string, string>> {
  const args = ['diff', '--name-status', '-z', '-M', '--diff-filter=R', '--relative', commit];
  const parts = (await gitText(args, ask)).split('\0').filter((part) => part !== '');
  const names = new Map<string, string>();
  for (let at = 0; at + 2 < parts.length; at += 3) {
    names.set(parts[at + 2] ?? '', parts[at + 1] ?? '');
  }
  return names;
}
