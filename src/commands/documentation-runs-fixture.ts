import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import {
  blocksOf,
  commandsOf,
  documentationPages,
  needsShop,
  readPage,
} from './documentation-fixture.ts';
import { bareEnvironment, launcher, makeScratch, repository } from './shardlab-fixture.ts';

/** Run by whoever runs the tests: they install, test and measure the checkout itself. */
export const notRun = ['npm ci && npm start', 'npm ci && npm test'];

/** The router of a user's own, as it is shown. */
export const [shownRouter = ''] = blocksOf(readPage('docs/own-routers.md').text, 'ts');

/** SQL of an application, sound and with a mistake. */
export const [shownQueries = '', shownMistake = ''] = blocksOf(
  readPage('docs/checking-queries.md').text,
  'sql',
);

interface PageCommands {
  readonly path: string;
  readonly commands: readonly string[];
}

/**
 * The pages in two halves, which run at once: the README with all pages that have one of its
 * commands, and the others. What stands on several pages of a half is run on the first of them;
 * what needs a database of the reader's own is run in profile.cli.test.ts.
 */
export function commandsOfPages(half: 'with the README' | 'others'): readonly PageCommands[] {
  const pages = documentationPages().map(({ path, text }) => ({
    path,
    commands: commandsOf(text),
  }));
  const ofReadme = new Set(pages[0]?.commands);
  const seen = new Set(notRun);
  return pages
    .filter(({ commands }) => {
      const shares = commands.some((command) => ofReadme.has(command));
      return shares === (half === 'with the README');
    })
    .map(({ path, commands }) => ({
      path,
      commands: commands.filter((command) => {
        const isNew = !seen.has(command) && !needsShop(command);
        seen.add(command);
        return isNew;
      }),
    }))
    .filter(({ commands }) => commands.length > 0);
}

/** A run of several cells takes minutes: two seconds of one cell show that the command works. */
function shortened(command: string): string {
  if (command.includes('shardlab compare --runs ')) {
    return command.replace(/--runs \d+/, '--runs 1').replace(/ --duration \S+/, ' --duration 2s');
  }
  const runs = command.includes('shardlab run ') && !/--(dry-run|help)\b/.test(command);
  if (!runs) return command;
  const shorter = command.replace(/ --duration \S+/, '').replaceAll(/ --strategy \S+/g, '');
  return shorter.replace(/(shardlab run \S+)/, '$1 --duration 2s --strategy tenant_id/jump');
}

/** The same scenario with less to load and to warm up: the commands stay as they are shown. */
function lighten(file: string): void {
  const text = readFileSync(file, 'utf8').replaceAll(/^(data|warmup): .*\n/gm, '');
  writeFileSync(file, `${text}data: { total: 4MB }\nwarmup: 300ms\n`);
}

/** As a checkout, except that what the commands write does not end up in this one. */
function checkout(): { folder: string; bin: string } {
  const folder = makeScratch();
  const bin = join(folder, 'node_modules', '.bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(launcher, join(bin, 'shardlab'));
  symlinkSync(process.execPath, join(bin, 'node'));
  cpSync(join(repository, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  for (const name of ['quickstart', 'hot-tenant', 'geo']) {
    lighten(join(folder, 'scenarios', `${name}.yaml`));
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  writeFileSync(join(folder, 'my-router.ts'), shownRouter);
  writeIn(folder, { 'queries/orders.sql': shownQueries });
  // The gate compares with a commit.
  writeIn(folder, { '.gitignore': '*\n!my-router.ts\n!package.json\n' });
  gitIn(folder, 'init', '--quiet', '--initial-branch=main');
  commitAll(folder, 'a router');
  return { folder, bin };
}

/**
 * Runs the commands in the order in which they stand, in one folder, for they build on each other.
 * @returns the folder
 */
export function testCommands(pages: readonly PageCommands[]): string {
  const { folder, bin } = checkout();
  afterAll(() => rmSync(folder, { recursive: true }));

  describe.each(pages)('$path', ({ commands }) => {
    test.each(commands)('%s', (command) => {
      const bare = bareEnvironment();
      const { status, stdout, stderr } = spawnSync('sh', ['-c', shortened(command)], {
        cwd: folder,
        env: { ...bare, PATH: `${bin}${delimiter}${bare.PATH}`, TMPDIR: folder },
        encoding: 'utf8',
      });
      // Two seconds may be too few for a p99, which the exit code of a run then says.
      // Nor may the runs that a comparison made before.
      const judged = command.includes('shardlab compare ') ? [0, 5] : [0];
      const unsure = command.includes('shardlab gate ') ? [0, 6] : judged;
      const allowed = shortened(command) === command ? unsure : [0, 5];
      expect(allowed, stderr).toContain(status);
      const written = command.includes(' > ') ? readFileSync(join(folder, 'result.json')) : stdout;
      // init says on stderr what it wrote.
      expect(written.length > 0 || command.includes(' init ')).toBe(true);
      if (command.endsWith(' init --out my-scenario.yaml')) {
        lighten(join(folder, 'my-scenario.yaml'));
      }
    });
  });
  return folder;
}
