import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import {
  cellOf,
  launcher,
  makeScratch,
  repository,
  resultIn,
  shardlab,
  tinyScenario,
} from './shardlab-fixture.ts';

const text = readFileSync(join(repository, 'README.md'), 'utf8');

/** The commands of the fenced sh blocks, in their order: they build on each other. */
const commands = [...text.matchAll(/^ *```sh\n([\s\S]*?)^ *```$/gm)].flatMap((match) =>
  (match[1] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
);

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
const [, ownRouter = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(text) ?? [];
writeFileSync(join(folder, 'my-router.ts'), ownRouter);
// The gate compares with a commit.
writeIn(folder, { '.gitignore': '*\n!my-router.ts\n!package.json\n' });
gitIn(folder, 'init', '--quiet', '--initial-branch=main');
commitAll(folder, 'a router');

afterAll(() => rmSync(folder, { recursive: true }));

test('the commands that are not run here are those of the install', () => {
  expect(commands.filter((command) => command.startsWith('npm '))).toEqual(notRun);
});

test('npm prints no warnings of engines in a checkout, and why there are some is said', () => {
  const options = { cwd: repository, encoding: 'utf8' } as const;
  const { stdout } = spawnSync('npm', ['config', 'get', 'loglevel'], options);
  expect(stdout.trim()).toBe('error');
  expect(text).toContain('(`EBADENGINE`) for each package that asks for a newer Node');
});

describe('every command works as it is written', () => {
  const others = commands.filter((command) => !notRun.includes(command));

  test.each(others.filter((command) => command.includes('shardlab')))('%s', (command) => {
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

  test.each(others.filter((command) => !command.includes('shardlab')))('%s', (command) => {
    const { status, stderr } = spawnSync('sh', ['-c', command], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
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
    const [, line = ''] = /`- (\{[^`]*my-router\.ts \})`/.exec(text) ?? [];
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

describe('what it says agrees with the program', () => {
  test('scripts, files and folders that it names are there', async () => {
    const { existsSync } = await import('node:fs');
    const named = [...text.matchAll(/`((?:src|scenarios|LICENSE)[\w./-]*)`/g)].map(
      ([, p]) => p ?? '',
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
      expect(Object.keys(scripts)).toContain(script);
    }
  });

  test('it names every shipped scenario', () => {
    const shipped = readdirSync(join(repository, 'scenarios')).filter((name) =>
      name.endsWith('.yaml'),
    );
    for (const name of shipped) expect(text).toContain(`\`${name.replace('.yaml', '')}\``);
  });

  test('its example of a scenario is one', async () => {
    const { parseScenario } = await import('../scenario/parse.ts');
    const { scenarioVocabulary } = await import('../study/scenario/vocabulary.ts');
    const [, yaml = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(text) ?? [];
    const scenario = parseScenario(yaml, 'README.md', scenarioVocabulary());
    expect(scenario.strategies.map(({ name }) => name)).toEqual([
      'tenant_id/jump',
      'tenant_id/ring:150',
    ]);
  });

  test('it names every verdict, exit code, router and key hash', async () => {
    const { verdictStatuses } = await import('../result/types.ts');
    const { keyHashNames } = await import('../base/hash/key-hash.ts');
    const { routerUsage } = await import('../router/registry.ts');
    const list = text.replaceAll(/\s+/g, ' ');
    for (const status of verdictStatuses) expect(list).toContain(`| ${status} |`);
    for (const hash of keyHashNames) expect(list).toContain(`\`${hash}\``);
    for (const router of routerUsage().split(', ')) expect(list).toContain(`\`${router}\``);
  });
});
