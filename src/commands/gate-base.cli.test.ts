import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  commitAll,
  onOneLine,
  edit,
  gateIn,
  gitIn,
  ownRouter,
  project,
  snapshot,
  writeIn,
} from '../study/gate/gate-fixture.ts';
import { scratch, start } from './shardlab-fixture.ts';

const own = ['--router', './my-router.ts'];
/** Too short to decide anything: what is tried here comes before the timing. */
const short = ['--max-time', '1s'];

/** Runs the gate and holds it to leaving everything as it was. */
async function untouched(folder: string, args: readonly string[], environment = {}) {
  const before = snapshot(folder);
  const ended = await gateIn(folder, args, { environment });
  expect(snapshot(folder)).toBe(before);
  expect(ended.left).toEqual([]);
  return ended;
}

describe('the base is found, and the user’s tree stays as it is', () => {
  test('a dirty tree: head is what stands there', async () => {
    const folder = project();
    writeIn(folder, { 'my-router.ts': ownRouter('// slower?'), 'new.txt': 'new' });
    const { code, stdout, document } = await untouched(folder, [
      '--base',
      'main',
      ...own,
      ...short,
    ]);
    expect([0, 6]).toContain(code);
    expect(document?.head).toMatchObject({ branch: 'main', changedFiles: 2 });
    expect(onOneLine(stdout)).toContain(
      'head is the working tree with its present files: main at ',
    );
    expect(onOneLine(stdout)).toContain('2 files changed or new');
    expect(document?.counters.differences).toEqual([]);
  });

  test('a detached head', async () => {
    const folder = project();
    writeIn(folder, { 'other.txt': 'x' });
    commitAll(folder, 'second');
    gitIn(folder, 'checkout', '--quiet', '--detach');
    const { code, stdout, document } = await untouched(folder, [
      '--base',
      'HEAD~1',
      ...own,
      ...short,
    ]);
    expect([0, 6]).toContain(code);
    expect(document?.head?.branch).toBeNull();
    expect(document?.base.commit).toBe(gitIn(folder, 'rev-parse', 'HEAD~1'));
    expect(onOneLine(stdout)).toContain('head is a detached head at ');
  });

  test('a shallow clone: how to fetch the base, which then works', async () => {
    const origin = project();
    writeIn(origin, { 'other.txt': 'x' });
    commitAll(origin, 'second');
    gitIn(origin, 'branch', 'feature');
    const folder = join(scratch(), 'clone');
    gitIn(origin, 'clone', '--quiet', '--depth=1', '--branch=feature', `file://${origin}`, folder);
    const ended = await untouched(folder, ['--base', 'origin/main', ...own, ...short]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('there is no commit "origin/main" here: this clone is shallow');
    const [, fetch = ''] = /fetch it first: git (.*) \(/.exec(ended.stderr) ?? [];
    expect(fetch).toBe('fetch --depth=1 origin main:refs/remotes/origin/main');
    gitIn(folder, ...fetch.split(' '));
    const { code } = await untouched(folder, ['--base', 'origin/main', ...own, ...short]);
    expect([0, 6]).toContain(code);
    const older = await untouched(folder, ['--base', 'HEAD~1', ...own, ...short]);
    expect(older.stderr).toContain('fetch it first: git fetch --deepen=50');
  });

  test('a project within a folder of its repository', async () => {
    const folder = project({ 'app/router.ts': ownRouter(), 'app/package.json': '{}' });
    const app = join(folder, 'app');
    const { code, document } = await gateIn(app, [
      '--base',
      'main',
      '--router',
      './router.ts',
      ...short,
    ]);
    expect([0, 6]).toContain(code);
    expect(document?.counters.problems).toEqual([]);
  });

  test('a folder, without git', async () => {
    const folder = scratch();
    writeIn(folder, { 'my-router.ts': ownRouter(), 'old/my-router.ts': ownRouter() });
    const { code, stdout } = await gateIn(folder, ['--base', './old', ...own, ...short]);
    expect([0, 6]).toContain(code);
    expect(onOneLine(stdout)).toContain('the base is the folder');
    const missing = await gateIn(folder, ['--base', './gone', ...own]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('is not a folder')]);
  });

  test('no hook of the user’s runs, nor a file watcher', async () => {
    const folder = project();
    const hooks = ['post-checkout', 'post-index-change', 'reference-transaction'];
    for (const hook of hooks) {
      const path = join(folder, '.git', 'hooks', hook);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `#!/bin/sh\ntouch '${folder}/${hook}-ran'\n`);
      chmodSync(path, 0o755);
    }
    const { code } = await untouched(folder, ['--base', 'main', ...own, ...short]);
    expect([0, 6]).toContain(code);
  });

  test('Ctrl-C removes what was made', async () => {
    const folder = project();
    const before = snapshot(folder);
    const temporary = scratch();
    const { child, shows, ended } = start(['gate', '--base', 'main', ...own], {
      cwd: folder,
      environment: { TMPDIR: temporary },
    });
    await shows('the base is main');
    process.kill(-(child.pid ?? Number.NaN), 'SIGINT');
    expect((await ended).code).toBe(130);
    expect(snapshot(folder)).toBe(before);
    expect(execFileSync('ls', [temporary], { encoding: 'utf8' })).toBe('');
  });
});

describe('a base that cannot be', () => {
  test('a ref that is not there', async () => {
    const { code, stderr } = await untouched(project(), ['--base', 'mian', ...own]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no commit "mian" in .*\nhint: did you mean main\?/);
  });

  test('a ref that is an option', async () => {
    const { code, stderr } = await untouched(project(), ['--base=--help', ...own]);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no commit "--help"');
  });

  test('no repository', async () => {
    const folder = scratch();
    writeIn(folder, { 'my-router.ts': ownRouter() });
    const { code, stderr } = await untouched(folder, ['--base', 'main', ...own]);
    expect(code).toBe(2);
    expect(stderr).toContain('is not in a git repository, so it has no refs');
  });

  test('a bare clone has no head', async () => {
    const folder = join(scratch(), 'bare.git');
    gitIn(dirname(folder), 'clone', '--quiet', '--bare', project(), folder);
    const { code, stderr } = await untouched(folder, ['--base', 'main', ...own]);
    expect(code).toBe(2);
    expect(stderr).toContain('has no working tree: it is a bare clone');
  });

  test('git is not installed', async () => {
    const bin = scratch();
    symlinkSync(process.execPath, join(bin, 'node'));
    const { code, stderr } = await untouched(project(), ['--base', 'main', ...own], { PATH: bin });
    expect(code).toBe(3);
    expect(stderr).toContain('git is not installed');
  });

  test('it is without that router, or the router does not load', async () => {
    const folder = project({ 'broken.ts': 'export default {' });
    writeIn(folder, { 'broken.ts': ownRouter(), 'later.ts': ownRouter() });
    const routers = ['--router', './broken.ts', '--router', './later.ts'];
    const { code, stdout, document } = await untouched(folder, ['--base', 'main', ...routers]);
    expect(code).toBe(4);
    expect(document?.timing).toBeNull();
    expect(document?.verdict.status).toBe('missing');
    expect(onOneLine(stdout)).toMatch(
      new RegExp(
        String.raw`FAILED: \.\/broken\.ts: in the base: it cannot be loaded: SyntaxError: .* ` +
          String.raw`\.\/later\.ts: in the base: it does not exist`,
      ),
    );
  });

  test('head is without it', async () => {
    const { code, document } = await untouched(project(), [
      '--base',
      'main',
      '--router',
      './no.ts',
    ]);
    expect(code).toBe(4);
    expect(document?.counters.problems[0]?.text).toContain('in head: it does not exist');
  });
});

describe('packages of the base', () => {
  const lock = (packages: object): string =>
    JSON.stringify({ name: 'x', lockfileVersion: 3, requires: true, packages });

  test('are installed where it locks others, if there are any to be had', async () => {
    const folder = project({
      'package.json': '{ "name": "x", "type": "module" }',
      'package-lock.json': lock({ '': { name: 'x' } }),
    });
    edit(folder, 'package-lock.json', '"requires":true', '"requires":false');
    const { code, stdout } = await untouched(folder, ['--base', 'main', ...own, ...short]);
    expect([0, 6], stdout).toContain(code);
    expect(onOneLine(stdout)).toContain("npm ci installed the base's packages");
  });

  test("of a lock that is not npm's are those of head, which it says", async () => {
    const folder = project({ 'yarn.lock': '# one\n' });
    writeIn(folder, { 'yarn.lock': '# two\n' });
    const { code, stdout } = await untouched(folder, ['--base', 'main', ...own, ...short]);
    expect([0, 6], stdout).toContain(code);
    expect(onOneLine(stdout)).toContain(
      'yarn.lock of the base differs from that of head, and the gate installs packages ' +
        "only from npm's lock files",
    );
  });

  test('a partial clone fetches what it lacks to a folder of ours', async () => {
    const origin = project();
    gitIn(origin, 'config', 'uploadpack.allowFilter', 'true');
    writeIn(origin, { 'my-router.ts': `${ownRouter()}// two\n` });
    commitAll(origin, 'second');
    const folder = join(scratch(), 'clone');
    const url = `file://${origin}`;
    gitIn(origin, 'clone', '--quiet', '--filter=blob:none', url, folder);
    const { code, stdout } = await untouched(folder, ['--base', 'main~1', ...own, ...short]);
    expect([0, 6], stdout).toContain(code);
  });

  test('that cannot be installed are a failure that says so', async () => {
    const gone = { dependencies: { gone: 'file:gone.tgz' } };
    const folder = project({
      'package.json': JSON.stringify({ name: 'x', type: 'module', ...gone }),
      'package-lock.json': lock({
        '': { name: 'x', ...gone },
        'node_modules/gone': { version: '1.0.0', resolved: 'file:gone.tgz' },
      }),
    });
    edit(folder, 'package-lock.json', '"requires":true', '"requires":false');
    const { code, stderr } = await untouched(folder, ['--base', 'main', ...own, ...short]);
    expect(code).toBe(4);
    expect(stderr).toMatch(
      /main locks different packages from head \(package-lock.json\), and npm ci .* failed/,
    );
  });
});
