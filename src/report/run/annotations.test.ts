import { expect, test } from 'vitest';
import type { Cell, RunResult } from '../../result/types.ts';
import { limitOf, validSample } from './limit-fixture.ts';
import { runAnnotations } from './annotations.ts';

const file = 'scenarios/shop.yaml';
const { cells } = validSample;
const [a, b] = cells as [Cell, Cell];
const told = (result: RunResult) =>
  runAnnotations(result, file).map(({ level, title }) => `${level} ${title}`);

test('a run that passes has nothing to say', () => {
  expect(told({ ...validSample, thresholds: [limitOf(a, 12)] })).toEqual([]);
  expect(told(validSample)).toEqual([]);
});

test('each limit that is broken, with the cell, the value and the file', () => {
  const thresholds = [limitOf(a, 12), limitOf(a, 83.21), limitOf(b, null)];
  expect(runAnnotations({ ...validSample, thresholds }, file)).toEqual([
    {
      level: 'error',
      title: `limit broken: ${a.strategy}`,
      text:
        'response_ms{operation:place_order,kind:write}: p(99)<50: ' +
        'p(99) is 83.2 ms; the limit is < 50 ms.',
      file,
    },
    expect.objectContaining({ title: `limit broken: ${b.strategy}`, level: 'error' }),
  ]);
});

test('numbers that are not valid are the error, and limits on them warnings', () => {
  const reasons = [
    { code: 'x', severity: 'error' as const, numbers: {}, place: '', text: 'Late.' },
  ];
  const noisy = { ...a, verdict: { status: 'NOISY' as const, reasons } };
  const result = { ...validSample, cells: [noisy, b], thresholds: [limitOf(a, 83)] };
  expect(told(result)).toEqual([
    `error ${a.strategy}: NOISY`,
    `warning limit broken: ${a.strategy}`,
  ]);
  expect(runAnnotations(result, file)[0]?.text).toBe('Late.');
});

test('a cell that a limit has ended is told once', () => {
  const ended = { ...a, status: 'failed' as const, verdict: null, error: 'the limit is broken' };
  const thresholds = [{ ...limitOf(a, 83), endedAtMs: 2000 }];
  expect(told({ ...validSample, cells: [ended], thresholds })).toEqual([
    `error limit broken: ${a.strategy}`,
  ]);
  expect(told({ ...validSample, cells: [ended] })).toEqual([`error ${a.strategy}: FAILED`]);
});

test('what took the machine is a warning, what was measured again a notice', () => {
  if (a.generator === null) throw new Error('the sample has a generator');
  const busy = {
    ...a,
    verdict: { status: 'GENERATOR-BOUND' as const, reasons: [] },
    generator: {
      ...a.generator,
      machine: [{ second: 0, foreignFraction: 0.5, stealFraction: 0 }],
      busiest: [{ name: 'node', pid: 123, cpuFraction: 0.98 }],
    },
  };
  expect(told({ ...validSample, cells: [busy, b], spoilt: [busy] })).toEqual([
    `error ${a.strategy}: GENERATOR-BOUND`,
    'warning the machine was busy',
    'notice measured again',
  ]);
});
