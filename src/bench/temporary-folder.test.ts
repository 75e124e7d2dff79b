import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

/** Larger than any process number of Linux or macOS. */
const nobody = 2 ** 30;

test('a removed folder is gone, and so is what a killed process left an hour ago', async () => {
  const of = (pid: number, name: string): string => {
    const path = join(tmpdir(), `shardlab-gate-base-${pid}-${name}`);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const [old, recent, live] = [of(nobody, 'old'), of(nobody, 'recent'), of(process.pid, 'live')];
  const twoHoursAgo = Date.now() / 1000 - 7200;
  for (const path of [old, live]) utimesSync(path, twoHoursAgo, twoHoursAgo);
  try {
    const folder = await temporaryFolder('cache');
    writeFileSync(join(folder.path, 'some'), 'thing');
    expect([old, recent, live].map(existsSync)).toEqual([false, true, true]);
    folder.remove();
    expect(existsSync(folder.path)).toBe(false);
  } finally {
    for (const path of [old, recent, live]) rmSync(path, { recursive: true, force: true });
  }
});
