import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { leftIn, resultIn, scratch, shardlab, start, tinyScenario } from './shardlab-fixture.ts';

/**
 * Mounts a file system of so many megabytes in memory; only root may, and not in every container.
 */
function mountTmpfs(folder: string, mb: number): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${mb}m,mode=1777`, 'tmpfs', folder];
    execFileSync('mount', options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const unmount = (folder: string): void => {
  execFileSync('umount', ['--lazy', folder]);
};

const mountable = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = join('/tmp', `cli-probe-${process.pid}`);
  const mounted = mountTmpfs(folder, 1);
  if (mounted) unmount(folder);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
})();

/** A small file system of its own, gone with the test. */
function smallDisk(mb: number): string {
  const folder = join(scratch(), 'disk');
  expect(mountTmpfs(folder, mb)).toBe(true);
  chmodSync(folder, 0o1777);
  onTestFinished(() => unmount(folder));
  return folder;
}

/** Writes until there is no room left. */
function fill(folder: string): void {
  const block = Buffer.alloc(2 ** 20);
  for (let i = 0; ; i++) {
    try {
      writeFileSync(join(folder, `fill-${i}`), block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return;
      throw error;
    }
  }
}

const oneShard = (changes: Readonly<Record<string, string>>): string =>
  tinyScenario({
    topology: '{ shards: 1 }',
    strategies: '[{ key: tenant_id, router: jump }]',
    baseline: 'false',
    ...changes,
  });

describe.skipIf(!mountable)('a full disk (needs root, to mount a small one)', () => {
  test('too small for the shards: 3 before anything is written', async () => {
    const disk = smallDisk(100);
    const cwd = scratch();
    writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario());
    const environment = { TMPDIR: disk };
    const { code, stdout, stderr } = await shardlab(['run', 'tiny.yaml'], { cwd, environment });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/error: .* has 1\d\d MB free, 2 shards with this data need about/);
    expect(stderr).toMatch(/hint: free some space, .*TMPDIR/);
    expect(readdirSync(cwd)).toEqual(['tiny.yaml']);
    expect(readdirSync(disk)).toEqual([]);
  });

  test('too small for the result: 3 before anything is measured', async () => {
    const disk = smallDisk(2);
    const cwd = scratch();
    writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario());
    const out = join(disk, 'out');
    const { code, stderr } = await shardlab(['run', 'tiny.yaml', '--out', out], { cwd });
    expect(code).toBe(3);
    expect(stderr).toBe(
      `error: cannot write ${out}: the disk is full\nhint: choose another place with --out\n`,
    );
    expect(readdirSync(disk)).toEqual([]);
  });

  test('full in the middle of a cell: the cell failed, 3', async () => {
    const disk = smallDisk(300);
    const cwd = scratch();
    writeFileSync(join(cwd, 'tiny.yaml'), oneShard({ duration: '4s', rate: '1500/s' }));
    const environment = { TMPDIR: disk };
    const started = start(['run', 'tiny.yaml', '--out', 'out'], { cwd, environment });
    await started.shows('(1 of 1): measure');
    fill(disk);
    const { code, stderr } = await started.ended;
    expect(code).toBe(3);
    expect(stderr).toMatch(/error: .*No space left on device/);
    const [cell] = resultIn(join(cwd, 'out')).cells;
    expect(cell).toMatchObject({ status: 'failed', verdict: null });
    expect(cell?.error).toContain('No space left on device');
    expect(leftIn(disk)).toEqual([]);
  });

  test('full when the result is written: 3, and no half of a file', async () => {
    const disk = smallDisk(32);
    const cwd = scratch();
    writeFileSync(join(cwd, 'tiny.yaml'), oneShard({}));
    const out = join(disk, 'out');
    const started = start(['run', 'tiny.yaml', '--out', out], { cwd });
    await started.shows('(1 of 1): measure');
    fill(disk);
    const { code, stderr } = await started.ended;
    expect(code).toBe(3);
    expect(stderr).toContain(`error: cannot write ${join(out, 'result.json')}: the disk is full`);
    expect(readdirSync(out)).toEqual([]);
  });
});
