import { describe, expect, test } from 'vitest';
import { allSteps } from '../../base/steps.ts';
import { knownFacts } from '../../traffic/known-facts.ts';
import { phaseMetrics, simulateKnown } from '../../simulate/extrapolation.ts';
import { measurePhase } from '../../workload/phases.ts';
import type { CellPhase } from '../cells/cell-phases.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { cellRunnerContract } from '../cells/cell-runner.suite.ts';
import type { CellSpec } from '../cells/cell-specs.ts';
import { eachCell } from '../cells/each-cell.ts';
import { loadedTiny } from '../cells/fake-cell-runner-fixture.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import { SimulatedCellRunner } from './simulated-cell-runner.ts';

const loaded = loadedTiny(['a']);
const { workload, plan, scenario } = loaded;
const keys = new PlacedKeys(loaded);
const [strategy = null] = scenario.strategies;
const single: CellSpec = { name: 'single', strategy: null, shardCount: 1 };
const on = (shardCount: number): CellSpec => ({ name: 'a', strategy, shardCount });

function phaseOn(spec: CellSpec, measured = false): CellPhase {
  const routing = allSteps(routingSteps(spec, loaded, keys));
  const phase = measurePhase(workload, plan.measure.firstNewRow);
  return { phase, title: `${spec.shardCount} shards`, routing, measured };
}

const runner = (): SimulatedCellRunner => new SimulatedCellRunner(loaded, () => undefined);
const total = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0);

/** Measured arrivals that write, each on one shard. */
const writes = plan.byOperation[0] ?? 0;

describe('the contract of runners, in virtual time', () => {
  cellRunnerContract((given) => new SimulatedCellRunner(given, () => undefined));
});

describe('a simulated cell of several phases', () => {
  test('each has its own routes and all of its arrivals, on more shards and on fewer', async () => {
    const phases = [phaseOn(single), phaseOn(on(2)), phaseOn(on(4)), phaseOn(on(2), true)];
    const own = runner();
    const counts: number[][] = [];
    const { cells } = await eachCell({
      loaded,
      order: [on(2)],
      plan: async (spec) => ({ spec, routing: phaseOn(single).routing, phases }),
      runner: () => ({
        prepare: (cell) => own.prepare(cell),
        run: async (phase) => {
          const record = await own.run(phase);
          counts.push(record.samples.shards.map(({ writesSent }) => writesSent));
          return record;
        },
        facts: () => own.facts(),
        close: () => own.close(),
      }),
      accept: () => undefined,
      signal: new AbortController().signal,
      now: () => new Date(0),
      entered: () => undefined,
      finished: async () => undefined,
    });
    expect(counts.map(({ length }) => length)).toEqual([1, 2, 4, 2]);
    expect(counts.map(total)).toEqual([writes, writes, writes, writes]);
    expect(counts[3]).toEqual(counts[1]);
    expect(counts[2]).not.toEqual(counts[1]);
    const [outcome] = cells.map((cell) => cell.outcome);
    expect(outcome).toMatchObject({
      status: 'ok',
      load: { arrivals: plan.measure.arrivals },
      shards: { length: 2 },
      operations: [{ routing: 'single-shard' }, { routing: 'single-shard' }, {}],
    });
  });

  test('the first is simulated as if alone; later ones draw other service times', async () => {
    const phase = phaseOn(on(2));
    const load = { scenario, workload, phase: phase.phase, pause: async () => undefined };
    const facts = knownFacts(load, phase.routing);
    const own = runner();
    const [first, second] = [await own.run(phase), await own.run(phase)];
    const alone = await simulateKnown(phase.routing, load);
    expect(phaseMetrics(first, facts)).toEqual(phaseMetrics(alone, facts));
    const again = phaseMetrics(second, facts);
    expect(again.load.arrivals).toBe(plan.measure.arrivals);
    expect(again.overall?.responseMs).not.toEqual(phaseMetrics(first, facts).overall?.responseMs);
  });
});

test('what the report throws ends the phase', async () => {
  const many = loadedTiny(['a']);
  const endless = { ...many, workload: { ...many.workload, durationMs: 600_000 } };
  const phase = { ...phaseOn(single), phase: measurePhase(endless.workload, 0) };
  const shares: number[] = [];
  const stopped = new SimulatedCellRunner(endless, (share) => {
    shares.push(share);
    throw new Error('interrupted');
  });
  await expect(stopped.run(phase)).rejects.toThrow('interrupted');
  expect(shares).toHaveLength(1);
  // 100,000 of about 300,000 arrivals.
  expect(shares[0]).toBeCloseTo(1 / 3, 1);
});
