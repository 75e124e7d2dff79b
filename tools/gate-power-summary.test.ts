import { expect, test } from 'vitest';
import { type PowerCondition, type PowerRun, powerRows } from './gate-power-summary.ts';

const run = (condition: PowerCondition, status: PowerRun['status'], ratio = 1): PowerRun => ({
  condition,
  run: 0,
  status,
  ratio: status === 'missing' ? null : ratio,
  low: null,
  high: null,
  controlRatio: 1,
  noise: null,
  pairs: 9,
  looks: 1,
  elapsedMs: 1000,
  startedAt: '2026-11-21T00:00:00.000Z',
  loadAverage: 0,
});
const runs = (condition: PowerCondition, counts: Partial<Record<PowerRun['status'], number>>) =>
  Object.entries(counts).flatMap(([status, count]) =>
    Array.from({ length: count }, () => run(condition, status as PowerRun['status'])),
  );
const reached = (condition: PowerCondition, counts: Parameters<typeof runs>[1]) =>
  powerRows(runs(condition, counts)).map((row) => row.reached);

test('the same code: at most 1 in 100 regressed, at least 90 pass', () => {
  expect(reached('same', { pass: 90, regressed: 1, undecided: 9 })).toEqual([true]);
  expect(reached('same', { pass: 98, regressed: 2 })).toEqual([false]);
  expect(reached('same', { pass: 89, undecided: 11 })).toEqual([false]);
});

test('with a busy core 75 pass', () => {
  expect(reached('same, busy core', { pass: 75, undecided: 25 })).toEqual([true]);
  expect(reached('same, busy core', { pass: 74, undecided: 26 })).toEqual([false]);
});

test('10 % slower: 95 regressed; 5 % slower: none passes', () => {
  expect(reached('10 % slower', { regressed: 95, undecided: 5 })).toEqual([true]);
  expect(reached('10 % slower', { regressed: 94, undecided: 6 })).toEqual([false]);
  expect(reached('5 % slower', { regressed: 40, undecided: 60 })).toEqual([true]);
  expect(reached('5 % slower', { pass: 1, undecided: 99 })).toEqual([false]);
});

test('a gate without evidence is counted, and reaches nothing', () => {
  const [row] = powerRows(runs('same', { pass: 99, missing: 1 }));
  expect(row).toMatchObject({ runs: 100, pass: 99, missing: 1, reached: false, medianRatio: 1 });
});

test('conditions in their order, those without runs left out', () => {
  const rows = powerRows([...runs('5 % slower', { pass: 1 }), ...runs('same', { pass: 1 })]);
  expect(rows.map(({ condition }) => condition)).toEqual(['same', '5 % slower']);
});
