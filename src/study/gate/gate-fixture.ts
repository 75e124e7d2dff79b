import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GateDocument, parseGateDocument } from '../../result/gate-document.ts';
import {
  type Ended,
  type Invocation,
  repository,
  scratch,
  start,
} from '../../commands/shardlab-fixture.ts';

/** Runs git in a folder, with a name and no settings of whoever runs the tests. */
export function gitIn(folder: string, ...args: readonly string[]): string {
  const { PATH = '' } = process.env;
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org'];
  return execFileSync('git', [...identity, '-c', 'protocol.file.allow=always', ...args], {
    cwd: folder,
    env: { PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

export function commitAll(folder: string, message: string): void {
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', message);
}

export function writeIn(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A router of a user's own; `more` is done at every look-up. */
export const ownRouter = (more = ''): string => `
type Options = { hashOf: (text: string) => number };
export default {
  traits: { hashes: true },
  build: ({ shardCount }: { shardCount: number }, { hashOf }: Options) => (key: string) => {
    ${more}
    return hashOf(key) % shardCount;
  },
};
`;

/** A git repository with such a router, committed once on main. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = scratch();
  writeIn(folder, {
    'package.json': '{ "private": true, "type": "module" }\n',
    'my-router.ts': ownRouter(),
    ...files,
  });
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder, 'first');
  return folder;
}

/** The sources of shardlab as they stand, in a git repository of their own, committed on main. */
export function shardlabTree(): string {
  const folder = scratch();
  const parts = ['src', 'bin', 'package.json', 'package-lock.json', 'results/baseline'];
  for (const part of parts) {
    cpSync(join(repository, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  writeIn(folder, { '.gitignore': 'node_modules\n' });
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder, 'first');
  return folder;
}

/** Replaces a part of a file that is there once. */
export function edit(folder: string, path: string, part: string, by: string): void {
  const file = join(folder, path);
  const text = readFileSync(file, 'utf8');
  if (text.split(part).length !== 2) throw new Error(`${path} has "${part}" not exactly once`);
  writeFileSync(
    file,
    text.replace(part, () => by),
  );
}

export interface Gated extends Ended {
  /** null where it ended without one. */
  readonly document: GateDocument | null;
  /** What is left in its TMPDIR. */
  readonly left: readonly string[];
}

/** Runs `shardlab gate` in a folder; a tree of shardlab runs its own. */
export async function gateIn(
  folder: string,
  args: readonly string[],
  invocation: Invocation = {},
): Promise<Gated> {
  const temporary = scratch();
  const out = scratch();
  const own = join(folder, 'bin', 'shardlab.js');
  const program = existsSync(own) ? { launcher: own } : {};
  const { environment = {}, ...rest } = invocation;
  const ended = await start(['gate', ...args, '--out', out], {
    cwd: folder,
    environment: { TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: '1', ...environment },
    ...program,
    ...rest,
  }).ended;
  const path = join(out, 'gate.json');
  const document = existsSync(path) ? parseGateDocument(readFileSync(path, 'utf8'), path) : null;
  return { ...ended, document, left: globSync('*', { cwd: temporary }) };
}

/** A digest of every file below a folder, .git included, as it is on the disk. */
export function snapshot(folder: string): string {
  const digest = createHash('sha256');
  const paths = globSync(['**/*', '.git/**/*', '.git/**/.*'], { cwd: folder }).toSorted();
  for (const path of paths) {
    const found = lstatSync(join(folder, path));
    digest.update(`${path}\0${found.mode}\0${found.mtimeMs}\0`);
    if (found.isSymbolicLink()) digest.update(readlinkSync(join(folder, path)));
    else if (found.isFile()) digest.update(readFileSync(join(folder, path)));
  }
  return `${paths.length} files, ${digest.digest('hex')}`;
}

/** What a terminal's width has folded, unfolded. */
export const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/**
 * Changes how a tree of shardlab looks texts up: `by` is said in terms of `asked` and `kind`.
 */
export function editTexts(folder: string, by: string): void {
  const path = 'src/router/kernels/route-kernel.ts';
  edit(folder, path, '    text: exports[`${code}Text`],', `    text: ${by},`);
  edit(
    folder,
    path,
    '  exports.configure(kind, ',
    '  const asked = exports[`${code}Text`];\n  exports.configure(kind, ',
  );
}
