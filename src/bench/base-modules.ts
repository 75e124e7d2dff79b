import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import { type Fact, fact, type Severity } from '../result/finding.ts';

interface Side {
  /** The folder that is compared. */
  readonly folder: string;
  /** Where its working tree begins: the same folder or one above it. */
  readonly top: string;
}

const npmLocks = ['package-lock.json', 'npm-shrinkwrap.json'];
const lockFiles = [...npmLocks, 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/**
 * Gives the base the packages that it needs: head's own, where both lock the same versions; else
 * those that `npm ci` installs. Notes say what was done where it is not the plain case.
 *
 * @throws UserError (exit code 4) where the base locks other packages that cannot be installed
 */
export async function bringModules(
  base: Side & { readonly name: string },
  head: Side,
  signal?: AbortSignal,
): Promise<readonly Fact[]> {
  const notes: Fact[] = [];
  for (const level of levels(head)) {
    const [from, to] = [join(head.top, level), join(base.top, level)];
    if (!existsSync(to)) continue;
    const other = await differentLock(from, to);
    const isNpms = other !== null && npmLocks.includes(other);
    if (other !== null && !isNpms) {
      notes.push(lockFact('base-uses-packages-of-head', join(level, other), 'warning'));
    }
    // npm would look for a package.json above, in folders that are none of ours.
    if (other === null || !isNpms || !existsSync(join(to, 'package.json'))) {
      const modules = join(from, 'node_modules');
      const target = join(to, 'node_modules');
      if (existsSync(modules) && !existsSync(target)) await symlink(modules, target, 'junction');
      continue;
    }
    await install(
      to,
      `${base.name} locks different packages from head (${join(level, other)})`,
      signal,
    );
    notes.push(lockFact('base-packages-installed', join(level, other), 'info'));
  }
  return notes;
}

function lockFact(code: string, lockFile: string, severity: Severity): Fact {
  return fact(code, { severity, names: { lockFile }, place: '/base' });
}

/** The folder and all above it up to the top, as paths from the top. */
function levels({ folder, top }: Side): string[] {
  const found: string[] = [];
  for (let at = relative(top, folder); ; at = dirname(at)) {
    const level = at === '.' ? '' : at;
    found.push(level);
    if (level === '') return found;
  }
}

/** The first lock file that is not the same on both sides; null where all are. */
async function differentLock(head: string, base: string): Promise<string | null> {
  for (const name of lockFiles) {
    const [ours, theirs] = await Promise.all([textOf(join(head, name)), textOf(join(base, name))]);
    // Where the base has none of this name, head's packages are the best there is.
    if (theirs !== null && ours !== theirs) return name;
  }
  return null;
}

const textOf = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

const installMsMax = 300_000;

async function install(folder: string, why: string, signal?: AbortSignal): Promise<void> {
  // Scripts of packages are not needed to load a router, and nobody has looked at the base's.
  const args = [
    'ci',
    '--prefix',
    '.',
    '--ignore-scripts',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
  ];
  // npm would leave a cache of its code among the temporary files.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const failure = await new Promise<string | null>((resolve) => {
    execFile(
      'npm',
      args,
      { cwd: folder, env, timeout: installMsMax, ...(signal && { signal }) },
      (error, stdout, stderr) =>
        resolve(error === null ? null : lastLines(stderr) || lastLines(stdout) || error.message),
    );
  });
  if (failure === null) return;
  throw new UserError(`${why}, and npm ${args.join(' ')} failed there:\n${failure}`, {
    exitCode: exitCodes.failed,
    hint:
      'name a base that locks the same packages, or a folder in which they are installed: ' +
      '--base ./base',
  });
}

/** What npm says of the error itself, without where its log is. */
const lastLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => /^npm (ERR!|error) /.test(line) && !line.includes('complete log'))
    .slice(0, 4)
    .map((line) => `  ${line}`)
    .join('\n');
