import { beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { capacityExitCode } from './capacity-result.ts';
import { drawnTiny, simulatedSearch } from './simulated-search-fixture.ts';
import { strategyResult } from './strategy-result.ts';

let held: CapacityStep;
beforeAll(async () => {
  const { document } = await simulatedSearch({ asked: { maxSteps: '5' } });
  const steps = document.strategies.flatMap((each) => each.steps);
  held = present(
    steps.find(({ outcome }) => outcome === 'held'),
    'window that held',
  );
});

const busiest = [{ name: 'cc1', pid: 7, cpuFraction: 0.98 }];
const generator = {
  cpuFraction: 0.1,
  eventLoopUtilization: 0.1,
  scheduleLagMsP99: 0.1,
  busiest,
};

const taken = (rateQps: number, outcome: CapacityStep['outcome'] = 'broken'): CapacityStep => ({
  ...held,
  rateQps,
  outcome,
  isClear: false,
  machineTaken: true,
  generator,
  objectives: held.objectives.map((each) => ({ ...each, ok: false })),
});

function resultOf(steps: readonly CapacityStep[], status: 'found' | 'not-met') {
  const { loaded, choices } = drawnTiny({});
  const spec = present(cellSpecs(loaded.scenario)[0], 'strategy');
  const result = strategyResult({ spec, steps, status, error: null }, choices, '/strategies/0');
  const { signal } = new AbortController();
  return { ...result, exitCode: capacityExitCode({ strategies: [result] }, null, signal) };
}

test('an edge that only other programs made is not confirmed, and they are named', () => {
  const steps = [held, taken(2 * held.rateQps), taken(2 * held.rateQps)];
  const { status, sustainedQps, limitedBy, exitCode } = resultOf(steps, 'found');
  expect([status, sustainedQps, limitedBy?.kind, exitCode]).toEqual([
    'unfinished',
    held.rateQps,
    'machine',
    exitCodes.invalid,
  ]);
  expect(limitedBy?.reason.text).toContain('cc1 (pid 7) 98 % of a core');
});

test('nor is it known that no rate holds the objective', () => {
  const { status, notes, exitCode } = resultOf([taken(58), taken(58)], 'not-met');
  expect([status, exitCode]).toEqual(['unfinished', exitCodes.invalid]);
  expect(notes.map(({ code }) => code)).toEqual([]);
  const own = { ...taken(58), machineTaken: false };
  const without = resultOf([own, own], 'not-met');
  expect([without.status, without.exitCode]).toEqual(['not-met', exitCodes.failed]);
  expect(without.notes.map(({ code }) => code)).toEqual(['capacity-not-met']);
});

test('windows that were measured again say who spoilt them', () => {
  const broken = { ...taken(2 * held.rateQps), machineTaken: false };
  const { status, notes } = resultOf([held, taken(58, 'spoilt'), broken, broken], 'found');
  expect(status).toBe('found');
  const [note] = notes;
  expect(note?.code).toBe('capacity-spoilt');
  expect(note?.text).toContain('not counted. The busiest of them: cc1 (pid 7) 98 % of a core.');
});
