import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  machineSecond,
  parseMachineTicks,
  parseProcessTicks,
  watchMachine,
} from './machine-load.ts';

const stat = 'cpu  100 10 50 800 20 5 5 10 30 0\ncpu0 50 5 25 400 10 2 2 5 15 0\nintr 1\n';

test('/proc/stat: busy is what is neither idle, nor waiting, nor stolen', () => {
  expect(parseMachineTicks(stat)).toEqual({ total: 1000, busy: 170, steal: 10 });
  expect(parseMachineTicks('intr 1')).toBeNull();
});

test('/proc/<pid>/stat: user and system time, whatever the name', () => {
  const line = '12 (a) b (c)) S 1 12 12 0 -1 4194560 1 2 3 4 70 30 5 6 20 0 1 0 99 1 1';
  expect(parseProcessTicks(line)).toBe(100);
});

test('what is busy and not ours is foreign', () => {
  const before = { total: 1000, busy: 170, steal: 10 };
  const after = { total: 1200, busy: 290, steal: 30 };
  expect(machineSecond(3, [before, after], 40)).toEqual({
    second: 3,
    stealFraction: 0.1,
    foreignFraction: 0.4,
  });
  expect(machineSecond(3, [before, after], null).foreignFraction).toBeNull();
  // Counters of the kernel and of processes are read one after the other.
  expect(machineSecond(3, [before, after], 500).foreignFraction).toBe(0);
  expect(machineSecond(0, [before, before], 0).stealFraction).toBeNull();
});

test.skipIf(process.platform !== 'linux')('a second of this machine', async () => {
  const stop = await watchMachine([process.ppid]);
  await sleep(1300);
  const [first, ...more] = stop();
  expect(more.length).toBeLessThanOrEqual(1);
  for (const fraction of [first?.stealFraction, first?.foreignFraction]) {
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThanOrEqual(1);
  }
});
