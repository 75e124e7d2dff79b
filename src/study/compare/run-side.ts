import { existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { checkOutBase } from '../../bench/base-checkout.ts';
import { openRepository } from '../../bench/repository.ts';

/** What is run for one side. */
export interface RunSide {
  readonly given: string;
  readonly commit: string | null;
  /** Absolute path of the scenario. */
  readonly scenario: string;
  /** Where it is run. */
  readonly folder: string;
  /** Absolute path of the shardlab that runs it. */
  readonly launcher: string;
  /** Removes what was made for it. Never throws. */
  remove(): void;
}

interface RunSetting {
  /** Absolute. */
  readonly folder: string;
  /** Of the shardlab that compares. */
  readonly launcher: string;
  readonly signal: AbortSignal;
}

/**
 * A scenario file, or `<ref>:<scenario>`: the scenario as that commit (or that folder) has it.
 * Where the commit is one of shardlab itself, its own shardlab runs it.
 *
 * @throws UserError (exit code 2) where there is no such file or ref
 */
export async function openRunSide(given: string, setting: RunSetting): Promise<RunSide> {
  const { folder, launcher, signal } = setting;
  const file = resolve(folder, given);
  if (await isFile(file)) {
    return { given, commit: null, scenario: file, folder, launcher, remove: () => undefined };
  }
  const [, ref, path] = /^([^:]+):(.+)$/s.exec(given) ?? [];
  if (ref === undefined || path === undefined) {
    throw new UserError(`there is no scenario file ${given}`, {
      exitCode: exitCodes.usage,
      hint: 'with --runs a side is a scenario file, or <ref>:<scenario> of a git repository',
    });
  }
  const tree = await checkOutBase(ref, folder, signal);
  try {
    // As everywhere in git: from the top of the repository, unless it says otherwise.
    const { top } =
      tree.commit === null ? { top: folder } : await openRepository({ folder, signal });
    const treeTop = resolve(tree.folder, relative(folder, top));
    const scenario = resolve(/^\.\.?\//.test(path) ? tree.folder : treeTop, path);
    if (!(await isFile(scenario))) {
      throw new UserError(`${ref} has no scenario file ${path}`, {
        exitCode: exitCodes.usage,
        hint: 'the path is from the top of the repository; ./ before it is the current folder',
      });
    }
    const own = join(treeTop, 'bin', 'shardlab.js');
    return {
      given,
      commit: tree.commit,
      scenario,
      folder: tree.folder,
      launcher: isShardlab(treeTop) && existsSync(own) ? own : launcher,
      remove: () => tree.remove(),
    };
  } catch (error) {
    tree.remove();
    throw error;
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Whether the tree is one of this program. */
function isShardlab(tree: string): boolean {
  const nameIn = (folder: string): unknown => {
    try {
      const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return typeof json === 'object' && json !== null && 'name' in json ? json.name : null;
    } catch {
      return null;
    }
  };
  const ours = nameIn(join(dirname(import.meta.dirname), '..', '..'));
  return ours !== null && nameIn(tree) === ours;
}
