import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
import {
  cellOf,
  launcher,
  makeScratch,
  repository,
  resultIn,
  shardlab,
  tinyScenario,
} from './shardlab-fixture.ts';

const readme = readPage('README.md').text;
const ownRouters = readPage('docs/own-routers.md').text;

/** Run by whoever runs this test: they install, test and measure the checkout itself. */
const notRun = ['npm ci && npm start', 'npm ci && npm test'];

/** A run of several cells takes minutes: two seconds of one cell show that the command works. */
function shortened(command: string): string {
  const runs = command.includes('shardlab run ') && !/--(dry-run|help)\b/.test(command);
  if (!runs) return command;
  const shorter = command.replace(/ --duration \S+/, '').replaceAll(/ --strategy \S+/g, '');
  return shorter.replace(/(shardlab run \S+)/, '$1 --duration 2s --strategy tenant_id/jump');
}

/** As a checkout, except that what the commands write does not end up in this one. */
const folder = makeScratch();
const bin = join(folder, 'node_modules', '.bin');
mkdirSync(bin, { recursive: true });
symlinkSync(launcher, join(bin, 'shardlab'));
symlinkSync(process.execPath, join(bin, 'node'));
symlinkSync(join(repository, 'scenarios'), join(folder, 'scenarios'));
writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');

/** The router of a user's own, as it is shown. */
const [ownRouter = ''] = blocksOf(ownRouters, 'ts');
writeFileSync(join(folder, 'my-router.ts'), ownRouter);
// The gate compares with a commit.
writeIn(folder, { '.gitignore': '*\n!my-router.ts\n!package.json\n' });
gitIn(folder, 'init', '--quiet', '--initial-branch=main');
commitAll(folder, 'a router');

afterAll(() => rmSync(folder, { recursive: true }));

test('the commands that are not run here are those of the install', () => {
  const all = documentationPages().flatMap(({ text }) => commandsOf(text));
  expect(all.filter((command) => !command.includes('npx shardlab'))).toEqual(notRun);
});

test('npm prints no warnings of engines in a checkout, and why there are some is said', () => {
  const options = { cwd: repository, encoding: 'utf8' } as const;
  const { stdout } = spawnSync('npm', ['config', 'get', 'loglevel'], options);
  expect(stdout.trim()).toBe('error');
  expect(readme).toContain(
    'npm has a warning (`EBADENGINE`) for each package that asks for a newer',
  );
});

/**
 * What stands on several pages is run on the first of them; what needs a database of the reader's
 * own is run in profile.cli.test.ts.
 */
const seen = new Set(notRun);
const pages = documentationPages().map(({ path, text }) => ({
  path,
  commands: commandsOf(text).filter((command) => {
    const isNew = !seen.has(command) && !needsShop(command);
    seen.add(command);
    return isNew;
  }),
}));

describe.each(pages.filter(({ commands }) => commands.length > 0))('$path', ({ commands }) => {
  test.each(commands)('%s', (command) => {
    const { HOME = '', PATH = '' } = process.env;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', shortened(command)], {
      cwd: folder,
      env: { PATH: `${bin}${delimiter}${PATH}`, HOME, TMPDIR: folder },
      encoding: 'utf8',
    });
    // Two seconds may be too few for a p99, which the exit code of a run then says.
    const unsure = command.includes('shardlab gate ') ? [0, 6] : [0];
    const allowed = shortened(command) === command ? unsure : [0, 5];
    expect(allowed, stderr).toContain(status);
    const written = command.includes(' > ') ? readFileSync(join(folder, 'result.json')) : stdout;
    // init says on stderr what it wrote.
    expect(written.length > 0 || command.includes(' init ')).toBe(true);
  });
});

describe('its example of a router', () => {
  test('is short, and holds what it promises', async () => {
    expect(ownRouter.trim().split('\n').length).toBeLessThanOrEqual(20);
    const { code, stdout, stderr } = await shardlab(['router', 'check', './my-router.ts'], {
      cwd: folder,
    });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/, 0 fail, \d+ do not apply\.$/m);
  });

  test('routes keys as it says', async () => {
    const options = ['--router', './my-router.ts', '--shards', '4'];
    const routed = await shardlab(['route', ...options], { cwd: folder, input: 'acme\nglobex\n' });
    expect(routed.stdout).toMatch(/^acme\t0\nglobex\t[0-3]\n$/);
  });

  test('is a strategy in the line that shows it', async () => {
    const [, line = ''] = /`- (\{[^`]*my-router\.ts \})`/.exec(ownRouters) ?? [];
    writeFileSync(join(folder, 'own.yaml'), tinyScenario({ strategies: `[${line}]` }));
    const options = ['own.yaml', '--out', 'own'];
    const { code, stderr } = await shardlab(['run', ...options], { cwd: folder });
    expect([0, 5], stderr).toContain(code);
    const cell = cellOf(resultIn(join(folder, 'own')), 'tenant_id/my-router.ts');
    expect(cell.status).toBe('ok');
    expect(cell.router).toBe('./my-router.ts');
    // It hashes, so other salts are other placements of it.
    expect(cell.imbalance?.writeQps.band?.salts).toBeGreaterThan(100);
  });
});
