import { expect, test } from 'vitest';
import type { BusyProgram } from '../result/busy-program.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import { worded } from '../wording/worded.ts';
import { machineReasons } from './machine-reason.ts';

const seconds = (foreign: readonly (number | null)[], steal = 0) =>
  foreign.map((foreignFraction, second) => ({ second, foreignFraction, stealFraction: steal }));

const inWords = (window: readonly MachineSecond[], busiest: readonly BusyProgram[] = []) =>
  machineReasons(window, busiest).map((reason) => worded(reason).text);

test('two hogs from the middle of the window are named, with the worst second', () => {
  expect(inWords(seconds([0, 0.02, 0.01, 0.9, 0.88, 0.92]))).toEqual([
    "Other programs used 1 % of the processors' time in the first third of the window " +
      'and 90 % in the last, most of it in second 5 (92 %).',
  ]);
});

test('the programs are named where they are known, and where they explain something', () => {
  const busiest = [
    { name: 'node', pid: 123, cpuFraction: 0.98 },
    { name: 'cc1', pid: 7, cpuFraction: 0.2 },
  ];
  const [text = ''] = inWords(seconds([0.5, 0.5, 0.5]), busiest);
  expect(text).toMatch(
    / The busiest of them: node \(pid 123\) 98 % of a core, cc1 \(pid 7\) 20 % of a core\.$/,
  );
  expect(inWords(seconds([0.01, 0.01, 0.01]), busiest)).toEqual([]);
});

test('steal is named from 2 % on', () => {
  expect(inWords(seconds([0, 0, 0], 0.03))).toEqual([
    "The hypervisor took 3 % of the processors' time (steal) in the first third of the " +
      'window and 3 % in the last, most of it in second 0 (3 %).',
  ]);
  expect(inWords(seconds([0, 0, 0], 0.019))).toEqual([]);
});

test('a quiet machine, or one that does not tell, explains nothing', () => {
  expect(inWords(seconds([0.05, 0.09, 0.01]))).toEqual([]);
  expect(inWords(seconds([null, null]))).toEqual([]);
  expect(inWords([])).toEqual([]);
});
