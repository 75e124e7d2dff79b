import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assert } from '../base/assert.ts';
import { parseGateDocument } from '../result/gate-document.ts';
import { commitAll, gitIn, writeIn } from '../study/gate/gate-fixture.ts';
import { blocksOf, readPage } from './documentation-fixture.ts';
import { processesIn, leftIn, makeScratch, repository, resultIn } from './shardlab-fixture.ts';

/** The package as a stranger installs it: no checkout, and the Node that stands on PATH. */
const path = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter);

const folder = makeScratch();
const project = join(folder, 'project');

function run(command: string, args: readonly string[], cwd: string, input = '') {
  const { HOME = '' } = process.env;
  const env = { PATH: path, HOME, TMPDIR: folder };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { code: status, stdout, stderr };
}

const npx = (args: readonly string[], input = '') =>
  run('npx', ['--no-install', 'shardlab', ...args], project, input);

const version = (
  JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { version: string }
).version;
const tarball = join(folder, `shardlab-${version}.tgz`);
const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)\b/;
let noRegistry = false;

beforeAll(() => {
  const binaries = join(repository, 'node_modules', '.bin');
  const packed = spawnSync('npm', ['pack', '--pack-destination', folder], {
    cwd: repository,
    env: { ...process.env, PATH: `${binaries}${delimiter}${path}` },
    encoding: 'utf8',
  });
  assert(packed.status === 0, `npm pack: ${packed.stdout}${packed.stderr}`);
  mkdirSync(project);
  // Without one npm would install into the next folder above that has it.
  writeFileSync(join(project, 'package.json'), '{ "private": true }\n');
  const install = ['install', tarball, '--no-audit', '--no-fund', '--prefer-offline'];
  const installed = run('npm', install, project);
  noRegistry = installed.code !== 0 && unreachable.test(installed.stderr);
  assert(noRegistry || installed.code === 0, `npm install: ${installed.stderr}`);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('publint finds nothing wrong with it', () => {
  const publint = join(repository, 'node_modules', '.bin', 'publint');
  const { status, stdout } = spawnSync(process.execPath, [publint, 'run', tarball, '--strict'], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toMatchObject({ status: 0 });
  expect(stdout).toContain('All good!');
});

test('it holds the program, the scenarios and their data; no source, test, bench or tool', () => {
  const { stdout } = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
  const files = stdout.trim().split('\n');
  for (const file of [
    'bin/shardlab.js',
    'dist/main.js',
    'dist/study/run/pacer.worker.js',
    'dist/router/hot-path-entry.js',
    'docs/README.md',
    'CHANGELOG.md',
    'scenarios/quickstart.yaml',
    'scenarios/data/debian-tenants.csv',
    'scenarios/scenario.schema.json',
    'README.md',
    'LICENSE',
  ]) {
    expect(files).toContain(`package/${file}`);
  }
  expect(
    files.filter((file) =>
      /\/(src|tools|testing)\/|\.(test|suite|bench)\.|-fixture\.|\.c$/.test(file),
    ),
  ).toEqual([]);
});

describe('installed into an empty folder', () => {
  test('says its version', ({ skip }) => {
    skip(noRegistry, 'the npm registry cannot be reached');
    expect(npx(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  test('routes', ({ skip }) => {
    skip(noRegistry, 'the npm registry cannot be reached');
    const options = ['--router', 'jump', '--hash', 'fnv1a-64', '--shards', '8'];
    const routed = npx(['route', ...options], 'a\nb\n');
    expect(routed).toMatchObject({ code: 0, stdout: 'a\t2\nb\t3\n' });
  });

  test('measures what a look-up costs', ({ skip }) => {
    skip(noRegistry, 'the npm registry cannot be reached');
    const options = ['--shards', '4', '--max-time', '2s', '--out', 'bench'];
    const { code, stdout, stderr } = npx(['bench', '--router', 'jump', ...options]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^jump, xxh64 \(checksum/m);
    expect(existsSync(join(project, 'bench', 'bench.json'))).toBe(true);
  });

  test('compares a router of its own with that of the last commit', ({ skip }) => {
    skip(noRegistry, 'the npm registry cannot be reached');
    const [router = ''] = blocksOf(readPage('docs/own-routers.md').text, 'ts');
    // A package.json without "type" makes CommonJS of .ts, as the page says.
    writeIn(project, { 'my-router.mts': router, '.gitignore': 'node_modules\n' });
    gitIn(project, 'init', '--quiet', '--initial-branch=main');
    commitAll(project, 'a router');
    const options = ['--base', 'HEAD', '--router', './my-router.mts', '--max-time', '4s'];
    const { code, stdout, stderr } = npx(['gate', ...options, '--json']);
    // So short a time may decide nothing, but the counters are compared in any case.
    expect([0, 6], stderr).toContain(code);
    const { counters } = parseGateDocument(stdout, 'gate');
    expect(counters).toMatchObject({ routers: ['./my-router.mts'], differences: [], problems: [] });
    expect(counters.compared).toBeGreaterThan(0);
  });

  test('measures the quickstart that it brings along', ({ skip }) => {
    skip(noRegistry, 'the npm registry cannot be reached');
    const scenario = 'node_modules/shardlab/scenarios/quickstart.yaml';
    const cell = ['--duration', '2s', '--strategy', 'tenant_id/jump', '--out', 'out'];
    const { code, stdout } = npx(['run', scenario, ...cell]);
    const { cells } = resultIn(join(project, 'out'));
    expect(cells.map(({ status, strategy }) => [strategy, status])).toEqual([
      ['tenant_id/jump', 'ok'],
    ]);
    expect(code).toBe(cells[0]?.verdict?.status === 'VALID' ? 0 : 5);
    expect(stdout).toMatch(/^tenant_id\/jump/m);
    expect(existsSync(join(project, 'out', 'report.html'))).toBe(true);
    expect(leftIn(folder)).toEqual([]);
    expect(processesIn(join(folder, 'shardlab-'))).toEqual([]);
  });
});
