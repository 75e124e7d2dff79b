import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { TimedRouter } from '../../bench/timed-runs.ts';
import type { CountedRouter } from '../../placement/router-counters.ts';
import { readRouterName } from '../../router/router-name.ts';
import { findRouter, routers as registered, usualRouters } from '../../router/registry.ts';
import { isRouterFile } from '../../scenario/router-file.ts';
import { loadOwnRouter } from '../scenario/own-routers.ts';

/** Every router is timed on so many. */
export const timedShards = 16;

/** The program that runs, which may be head itself. */
const programFolder = realpathSync(join(import.meta.dirname, '..', '..', '..'));

/** A router as the gate was told of it, in head. */
export interface GateRouter {
  readonly name: string;
  /** Whether it is a file of the user's. */
  readonly own: boolean;
}

/**
 * The routers whose counters are compared; without names those of the registry.
 *
 * @throws UserError (exit code 2) where the registry's are asked for and head is not the tree that
 *   they come from
 */
export async function gateRouters(
  named: readonly string[],
  headFolder: string,
): Promise<readonly GateRouter[]> {
  const names = named.length > 0 ? named : registered.map(({ name }) => name);
  const routers = names.map((name) => ({ name, own: isRouterFile(name) }));
  if (routers.some(({ own }) => !own)) await requireOwnTree(headFolder);
  return routers;
}

/** Those that are timed: all that were asked for, else the usual ones. */
export function timedOf(named: readonly string[], routers: readonly GateRouter[]): GateRouter[] {
  const usual = new Set(usualRouters.map(({ name }) => name));
  return routers.filter(({ name }) => named.length > 0 || usual.has(name));
}

async function requireOwnTree(headFolder: string): Promise<void> {
  if (headFolder === programFolder && existsSync(join(headFolder, 'src', 'router'))) return;
  if (await isShardlab(headFolder)) {
    throw new UserError(
      `${headFolder} is a different checkout of shardlab from the one that runs (${programFolder})`,
      {
        exitCode: exitCodes.usage,
        hint: 'run the program of that checkout: node bin/shardlab.js gate --base ...',
      },
    );
  }
  throw new UserError(
    `the routers of shardlab are not in ${headFolder}, so no change there can slow them down`,
    {
      exitCode: exitCodes.usage,
      hint:
        'name a router of your own: shardlab gate --base origin/main --router ./my-router.ts ' +
        '(from the top folder of the project)',
    },
  );
}

async function isShardlab(folder: string): Promise<boolean> {
  try {
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return name === 'shardlab' && existsSync(join(folder, 'src', 'router'));
  } catch {
    // No package.json, or none that can be read: then it is not ours.
    return false;
  }
}

/** The router in a tree, ready to be counted; or in words why there is none. */
export async function countedRouter(
  { name, own }: GateRouter,
  folder: string,
  headFolder: string,
): Promise<CountedRouter | { readonly problem: string }> {
  if (own) {
    const path = relative(headFolder, resolve(headFolder, name));
    const read = await loadOwnRouter(path, folder);
    if ('problems' in read) return { problem: `it ${read.problems.join('; it ')}` };
    return { definition: read.definition, parameter: null };
  }
  const read = readRouterName(name);
  if ('problem' in read) return { problem: read.problem };
  return { definition: findRouter(read.name), parameter: read.parameter };
}

/** The same for the timing. */
export function timedRouter(
  { name, own }: GateRouter,
  baseFolder: string,
  headFolder: string,
): TimedRouter {
  const head = resolve(headFolder, name);
  const base = resolve(baseFolder, relative(headFolder, head));
  const [baseUrl, headUrl] = [pathToFileURL(base).href, pathToFileURL(head).href];
  const files = own ? { base: baseUrl, head: headUrl } : null;
  return { router: name, files, hash: null, shards: timedShards };
}

/** What times head: the program itself, which head's registry is that of, if any is asked for. */
export function headEntry(): string {
  // The compiler rewrites imports, not URLs: a build has .js.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`../../router/hot-path-entry.${suffix}`, import.meta.url).href;
}

/** What times the routers of a tree, from its top. */
export const hotPathEntry = 'src/router/hot-path-entry.ts';

/** What times a base: a file of its own; null where the base is older than that. */
export function baseEntry(folder: string): string | null {
  const path = join(folder, hotPathEntry);
  return existsSync(path) ? pathToFileURL(path).href : null;
}
