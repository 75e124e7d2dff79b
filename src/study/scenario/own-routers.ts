import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RouterDefinition } from '../../router/contract.ts';
import { type ReadRouter, readOwnRouter } from '../../router/own/own-router.ts';

/** Routers of the user's own, by their paths as written. */
export interface OwnRouters {
  readonly usable: ReadonlyMap<string, RouterDefinition>;
  /** Why these cannot be used, in words that follow the path. */
  readonly unusable: ReadonlyMap<string, string>;
}

export const noOwnRouters: OwnRouters = { usable: new Map(), unusable: new Map() };

/** Loads routers from files; paths are relative to `folder`. */
export async function loadOwnRouters(
  paths: readonly string[],
  folder: string,
): Promise<OwnRouters> {
  const usable = new Map<string, RouterDefinition>();
  const unusable = new Map<string, string>();
  for (const path of paths) {
    const read = await loadOwnRouter(path, folder);
    if ('problems' in read) unusable.set(path, read.problems.join('; it '));
    else usable.set(path, read.definition);
  }
  return { usable, unusable };
}

/** The router that a file exports; or everything that is wrong, in words that follow the path. */
export async function loadOwnRouter(
  path: string,
  folder: string,
): Promise<ReadRouter | { readonly problems: readonly string[] }> {
  const file = resolve(folder, path);
  const missing = await fileProblem(file);
  if (missing !== null) return { problems: [missing] };
  let loaded: { readonly default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as typeof loaded;
  } catch (error) {
    return { problems: [`cannot be loaded: ${loadProblem(error, file)}`] };
  }
  return readOwnRouter(loaded.default, path);
}

async function fileProblem(file: string): Promise<string | null> {
  try {
    if (!(await stat(file)).isFile()) return 'is not a file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    return absent ? `does not exist (looked for ${file})` : `cannot be read: ${code}`;
  }
  const known = /\.[cm]?[jt]s$/.test(file);
  return known ? null : 'is not a module; allowed: a file that ends in .ts, .mts, .js or .mjs';
}

/** The first line of what Node says, and the line of the file where it is known. */
function loadProblem(error: unknown, file: string): string {
  if (!(error instanceof Error)) return String(error);
  const [first = ''] = error.message.split('\n');
  // What Node says here leaves out why: it took the file for CommonJS.
  if (/^(Unexpected token 'export'|Cannot use import statement)/.test(first)) {
    const ending = /\.([jt])s$/.exec(file)?.[1];
    if (ending !== undefined) {
      return (
        'it is read as CommonJS because its package.json says so; end its name in ' +
        `.m${ending}s, or set "type": "module" there`
      );
    }
  }
  const line = (error.stack ?? '')
    .split('\n')
    .map((each) => each.split(`${pathToFileURL(file).href}:`)[1])
    .find((each) => each !== undefined);
  const at = line === undefined ? '' : ` (line ${Number.parseInt(line, 10)})`;
  return `${error.name}: ${first}${at}`;
}
