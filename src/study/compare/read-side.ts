import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { GitQuestion } from '../../bench/git.ts';
import type { ComparedRun } from '../../gate/comparison/sides.ts';
import { readUserFile } from '../../host/files.ts';
import { parseRunResult } from '../../result/parse.ts';
import { committedTexts, mayBeResult, type StoredText } from './git-results.ts';

/** What one argument names. */
export interface ReadSide {
  readonly given: string;
  readonly commit: string | null;
  /** Whether it is a folder of results, and not one run. */
  readonly isFolder: boolean;
  /** In the order of their dates. */
  readonly runs: readonly ComparedRun[];
}

/**
 * A result file; the folder of a run (it has a result.json); a folder of results or of such
 * folders; or `<ref>:<path>` of a committed one.
 *
 * @throws UserError (exit code 2) that says what is wrong with it
 */
export async function readSide(given: string, question: GitQuestion): Promise<ReadSide> {
  const found = await stat(resolve(question.folder, given)).catch(() => null);
  if (found !== null) return readStored(given, found.isDirectory(), question.folder);
  const [, ref, path] = /^([^:]+):(.+)$/s.exec(given) ?? [];
  if (ref === undefined || path === undefined) {
    throw new UserError(`there is no file or folder ${given}`, {
      exitCode: exitCodes.usage,
      hint: 'allowed: a result.json, a folder of results, or <ref>:<path> of a committed one',
    });
  }
  const { commit, isFolder, texts } = await committedTexts(ref, path, question);
  return { given, commit, ...runsOf(texts, isFolder, given) };
}

async function readStored(given: string, isFolder: boolean, from: string): Promise<ReadSide> {
  const read = async (file: string): Promise<StoredText> => {
    const bytes = await readUserFile(resolve(from, file), 'result');
    return { file, text: new TextDecoder().decode(bytes) };
  };
  if (!isFolder) return { given, commit: null, ...runsOf([await read(given)], false, given) };
  const names = await readdir(resolve(from, given), { recursive: true });
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter(mayBeResult)
    .toSorted();
  const texts: StoredText[] = [];
  for (const name of files) texts.push(await read(join(given, name)));
  return { given, commit: null, ...runsOf(texts, true, given) };
}

function runsOf(
  texts: readonly StoredText[],
  isFolder: boolean,
  given: string,
): Pick<ReadSide, 'isFolder' | 'runs'> {
  const own = texts.filter(({ file }) => /(^|[/:])result\.json$/.test(file) && depth(file, given));
  if (!isFolder || own.length > 0) {
    const [text] = isFolder ? own : texts;
    return { isFolder: false, runs: text === undefined ? [] : [parsed(text)] };
  }
  const runs = texts.filter(({ text }) => isOfRun(text)).map(parsed);
  if (runs.length === 0) {
    throw new UserError(`there is no result of \`shardlab run\` in the folder ${given}`, {
      exitCode: exitCodes.usage,
      hint: 'allowed: a folder with result files (*.json), or with folders of runs',
    });
  }
  const inOrder = runs.toSorted((a, b) => (a.result.startedAt < b.result.startedAt ? -1 : 1));
  return { isFolder: true, runs: inOrder };
}

/** Whether the file lies in the folder itself. */
const depth = (file: string, given: string): boolean =>
  file.slice(0, -'/result.json'.length) === given.replace(/\/+$/, '');

const parsed = ({ file, text }: StoredText): ComparedRun => ({
  file,
  result: parseRunResult(text, file),
});

/** A folder may have other documents beside; what is no whole JSON is told, not passed over. */
function isOfRun(text: string): boolean {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('schema' in json)) return false;
    return String(json.schema).startsWith('shardlab/result/');
  } catch {
    return true;
  }
}
