import { expect, test } from 'vitest';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { RunResult, VerdictStatus } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { LimitBroken } from './limit-broken.ts';
import { exitCodeOf } from './run-outcome.ts';

const sample = sampleResult();
const cell = sample.cells.find(({ status }) => status === 'ok');

function result(status: VerdictStatus, kept: readonly boolean[]): RunResult {
  if (cell === undefined) throw new Error('the sample has a cell');
  const thresholds = kept.map((ok) => ({ ok })) as NonNullable<RunResult['thresholds']>;
  return { ...sample, cells: [{ ...cell, verdict: { status, reasons: [] } }], thresholds };
}

const on = new AbortController().signal;
const broken = new LimitBroken('a limit is broken', null);
const disk = new UserError('no disk', { exitCode: exitCodes.unusable });

test.each([
  ['every limit kept', result('VALID', [true, true]), null, 0],
  ['one limit broken', result('VALID', [true, false]), null, 4],
  ['numbers that are not valid go before limits', result('SATURATED', [false]), null, 5],
  ['a limit that ended the run', result('VALID', [false]), broken, 4],
  ['a limit that ended it after such numbers', result('NOISY', [false]), broken, 5],
  ['a machine that cannot', result('VALID', [false]), disk, 3],
] as const)('%s', (_, of, problem, code) => {
  expect(exitCodeOf(of, problem, on)).toBe(code);
});

test('an interruption goes before all', () => {
  const off = AbortSignal.abort('SIGINT');
  expect(exitCodeOf(result('SATURATED', [false]), broken, off)).toBe(130);
});
