import { glob, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

/** A file or a folder as it was given. */
export interface GivenPath {
  /** Below the current folder where it is there, with slashes. */
  readonly name: string;
  readonly isFolder: boolean;
}

/** @throws UserError (exit code 2) that lists all that are not there */
export async function givenPaths(given: readonly string[]): Promise<readonly GivenPath[]> {
  const missing: string[] = [];
  const paths: GivenPath[] = [];
  for (const path of given) {
    const found = await stat(path).catch(() => null);
    if (found === null) missing.push(path);
    else paths.push({ name: nameOf(path), isFolder: found.isDirectory() });
  }
  if (missing.length > 0) {
    throw new UserError(missing.map((path) => `there is no file ${path}`).join('\n'), {
      exitCode: exitCodes.usage,
      hint: 'give files of SQL, folders of them, or logs of Postgres',
    });
  }
  return paths;
}

function nameOf(path: string): string {
  const below = relative('.', resolve(path)) || '.';
  const isOutside = below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below);
  return (isOutside ? path : below).split(sep).join('/');
}

/** Of files that are looked for in folders. */
export const sqlEndings = ['sql', 'psql', 'pgsql'] as const;

/** Files of SQL below a folder, in order, with that folder before them; no hidden folders. */
export async function sqlFilesIn(folder: string, root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const file of glob(`**/*.{${sqlEndings.join()}}`, { cwd: join(root, folder) })) {
    const name = join(folder, file).split(sep).join('/');
    if (!/(^|\/)(?:node_modules|\.[^/.][^/]*)\//.test(name)) found.push(name);
  }
  return found.toSorted();
}
