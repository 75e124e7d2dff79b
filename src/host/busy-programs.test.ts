import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { present } from '../base/assert.ts';
import { usedMost, watchPrograms } from './busy-programs.ts';
import { parseProcess, processTable } from './process-table.ts';

const entry = (pid: number, parent: number, ticks: number, name = `p${pid}`) => ({
  pid,
  parent,
  name,
  ticks,
  startTick: 1000 + pid,
});
const init = entry(1, 0, 50, 'init');

describe('what used most between two looks', () => {
  test('by its ticks, of one core; what used little, or before, is left out', () => {
    const before = [init, entry(10, 1, 9000, 'idle'), entry(11, 1, 100, 'hog')];
    const after = [init, entry(10, 1, 9004, 'idle'), entry(11, 1, 298, 'hog')];
    expect(usedMost({ before, after, own: [], seconds: 2 })).toEqual([
      { name: 'hog', pid: 11, cpuFraction: 0.99 },
    ]);
    expect(usedMost({ before, after, own: [], seconds: 0 })).toEqual([]);
  });

  test('the three busiest, of which one began meanwhile', () => {
    const used = [30, 40, 10, 20];
    const before = [init, ...used.slice(1).map((_, i) => entry(21 + i, 1, 500))];
    const after = [
      init,
      entry(20, 1, 30),
      ...used.slice(1).map((ticks, i) => entry(21 + i, 1, 500 + ticks)),
    ];
    const named = usedMost({ before, after, own: [], seconds: 1 });
    expect(named.map(({ pid }) => pid)).toEqual([21, 20, 23]);
  });

  test('ours are left out with all that they have started', () => {
    const shard = entry(30, 1, 0, 'postgres');
    const backend = entry(31, 30, 0, 'postgres');
    const own = entry(32, 1, 0, 'node');
    const shell = entry(33, 32, 0, 'sh');
    const before = [init, shard, backend, own, shell];
    // The shell has ended, and what it began hangs on init now.
    const orphan = entry(34, 33, 0, 'orphan');
    const busy = (all: typeof before) => all.map((one) => ({ ...one, ticks: one.ticks + 90 }));
    const after = [init, ...busy([shard, backend, own]), { ...orphan, parent: 1, ticks: 90 }];
    expect(usedMost({ before: [...before, orphan], after, own: [30, 32], seconds: 1 })).toEqual([]);
  });

  test('children that ended count for who waited for them, but not what they had before', () => {
    const make = entry(40, 1, 0, 'make');
    const before = [init, make, entry(41, 40, 700, 'sh'), entry(42, 41, 800, 'cc1')];
    // Both have ended: make has all of their 1500 ticks, and 80 of the window.
    const after = [init, { ...make, ticks: 1580 }];
    expect(usedMost({ before, after, own: [], seconds: 1 })).toEqual([
      { name: 'make', pid: 40, cpuFraction: 0.8 },
    ]);
  });

  test('a number that is used again is another process', () => {
    const before = [init, entry(50, 1, 400, 'old')];
    const after = [init, { ...entry(50, 1, 60, 'new'), startTick: 9999 }];
    expect(usedMost({ before, after, own: [], seconds: 1 })).toEqual([
      { name: 'new', pid: 50, cpuFraction: 0.6 },
    ]);
  });
});

test('/proc/<pid>/stat: a name may hold anything, children that ended count', () => {
  const line = '12 (a) b (c)) S 1 12 12 0 -1 4194560 1 2 3 4 70 30 5 6 20 0 1 0 99 1 1';
  const read = { pid: 12, parent: 1, name: 'a) b (c)', ticks: 111, startTick: 99 };
  expect(parseProcess(line)).toEqual(read);
  for (const text of [
    '',
    'x',
    '12 (a',
    '12 (a) S 1',
    'x (a) S 1 12 12 0 -1 4 1 2 3 4 7 3 5 6 2 0 1 0 9',
  ])
    expect(parseProcess(text)).toBeNull();
});

/** A program that is not ours: whoever began it has ended. */
function strangerThatRuns(ms: number): number {
  const script = `const end = Date.now() + ${ms}; while (Date.now() < end);`;
  const begin = '"$0" -e "$1" >/dev/null 2>&1 & echo $!';
  const { stdout } = spawnSync('sh', ['-c', begin, process.execPath, script], { encoding: 'utf8' });
  return Number(stdout);
}

test.skipIf(process.platform !== 'linux')('a busy stranger of this machine is named', async () => {
  const pid = strangerThatRuns(20_000);
  onTestFinished(() => void process.kill(pid));
  // Other programs of this machine may be busier.
  const { parent } = processTable().find((one) => one.pid === pid) ?? { parent: 0 };
  const others = processTable().flatMap((one) => ([pid, parent].includes(one.pid) ? [] : one.pid));
  const look = watchPrograms(others);
  const lookAsOurs = watchPrograms([...others, pid]);
  const found = await vi.waitFor(
    () =>
      present(
        look().find((one) => one.pid === pid),
        'the stranger',
      ),
    { timeout: 10_000, interval: 500 },
  );
  expect(found.name).toBe(basename(process.execPath));
  expect(found.cpuFraction).toBeLessThan(1.6);
  expect(lookAsOurs().map((one) => one.pid)).not.toContain(pid);
});

test.skipIf(process.platform !== 'linux')('the table has this process and its parent', () => {
  const own = processTable().find(({ pid }) => pid === process.pid);
  expect(own?.parent).toBe(process.ppid);
});
