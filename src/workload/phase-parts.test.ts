import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArrivalProcess } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { visitArrivals } from './arrivals.ts';
import { measurePhase, partsOf, runsForMs, warmupAgain, warmupPhase } from './phases.ts';
import type { Phase, Workload } from './types.ts';
import { buildWorkload } from './workload.ts';

const arrivalsOf = (workload: Workload, phase: Phase): number[][] => {
  const fromNs = (phase.part?.fromMs ?? 0) * 1e6;
  const all: number[][] = [];
  visitArrivals(workload, phase, (at, ...rest) => all.push([at + fromNs, ...rest]));
  return all;
};

const processes: ArrivalProcess[] = [
  { process: 'poisson', ratePerSecond: 700 },
  { process: 'constant', ratePerSecond: 640 },
  { process: 'ramp', fromPerSecond: 100, toPerSecond: 900 },
  { process: 'burst', onPerSecond: 900, offPerSecond: 100, onMs: 500, offMs: 500 },
];

test('the parts of a phase have its arrivals, each once, with the numbers of their rows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...processes), fc.integer({ min: 1, max: 9 }), (arrivals, n) => {
      const workload = buildWorkload(tinyScenario({ arrivals, durationMs: n * 1000 }), null);
      const phase = measurePhase(workload, 5000);
      const parts = partsOf(phase, n);
      expect(parts.map(runsForMs)).toEqual(parts.map(() => 1000));
      expect(parts.flatMap((part) => arrivalsOf(workload, part))).toEqual(
        arrivalsOf(workload, phase),
      );
    }),
    { numRuns: 30 },
  );
});

test('a warm-up between parts is short, and draws arrivals of its own', () => {
  const workload = { ...buildWorkload(tinyScenario({}), null), warmupMs: 3000 };
  const again = [1, 2].map((part) => warmupAgain(workload, part, 9000));
  expect(again.map(({ durationMs }) => durationMs)).toEqual([1000, 1000]);
  const [first, second] = again.map((phase) => arrivalsOf(workload, phase));
  expect(first).not.toEqual(second);
  expect(first).not.toEqual(arrivalsOf(workload, warmupPhase(workload)).slice(0, first?.length));
  expect(warmupAgain({ ...workload, warmupMs: 200 }, 1, 9000).durationMs).toBe(200);
});
