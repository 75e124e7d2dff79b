import { describe, expect, test } from 'vitest';
import { routePlan, shardOfRow } from '../traffic/route-plan.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { calibrate } from './calibration.ts';
import { simulateCell } from './simulated-cell.ts';
import { measurePhase } from '../workload/phases.ts';

const base = tinyScenario();
/** What stands for reality: 70 % busy on the hotter shard, a tail that is not log-normal. */
const reality: Simulation = {
  ...base.simulation,
  servers: 1,
  service: { kind: 'exponential', meanMs: 0.9 },
  operations: { count: { kind: 'lognormal', meanMs: 2, sigma: 0.5 } },
};

async function world(router: string, simulation: Simulation, ratePerSecond: number) {
  const scenario = tinyScenario({
    durationMs: 60_000,
    arrivals: { process: 'poisson', ratePerSecond },
    simulation,
  });
  const workload = buildWorkload(scenario, null);
  const known = knownKeys(workload, 'tenant_id');
  const topology = { shardCount: 2, weights: [1, 1] };
  const spec = { router, parameter: null, hash: null, salt: '' };
  const built = buildRouter(spec, topology, 'text', known);
  const routing = {
    keyName: 'tenant_id',
    splitBy: null,
    plan: routePlan(workload, built, 'tenant_id'),
    shardOf: shardOfRow(workload, built, 'tenant_id'),
    placement: { idealMaxOverMean: null, tenantFloor: null, band: null },
  };
  const pause = async (): Promise<void> => undefined;
  const load = { scenario, workload, phase: measurePhase(workload, workload.rows.count), pause };
  const cell = await simulateCell(routing, load);
  return { routing, load, cell };
}

describe('a calibrated simulation', () => {
  test('reproduces the cell, finds the queue behind it, and predicts another one', async () => {
    const { routing, load, cell } = await world('mod', reality, 700);
    const found = await calibrate({ cell, routing, load });
    expect(found.simulation.servers).toBe(1);
    expect(found.distance).toBeLessThan(0.06);
    for (const what of ['all operations p50', 'all operations p99', 'add p50', 'count p50']) {
      const pair = found.compared.find((each) => each.what === what);
      expect((pair?.simulatedMs ?? 0) / (pair?.measuredMs ?? 1), what).toBeCloseTo(1, 1);
    }
    // Another router at a third of the load: queues are shorter, and the model must know.
    const truth = (await world('directory', reality, 230)).cell.overall?.responseMs;
    const guess = (await world('directory', found.simulation, 230)).cell.overall?.responseMs;
    expect((guess?.p50 ?? 0) / (truth?.p50 ?? 1)).toBeGreaterThan(0.85);
    expect((guess?.p50 ?? 0) / (truth?.p50 ?? 1)).toBeLessThan(1.15);
    expect((guess?.p99 ?? 0) / (truth?.p99 ?? 1)).toBeGreaterThan(0.7);
    expect((guess?.p99 ?? 0) / (truth?.p99 ?? 1)).toBeLessThan(1.3);
  });

  test('known cores are as many servers, unless one queue is plain to see', async () => {
    const onTwoCores = { ...reality, cores: 2 };
    // Hardly ever two queries at once: one server or two would do.
    const idle = await world('mod', { ...onTwoCores, servers: 2 }, 20);
    expect((await calibrate(idle)).simulation.servers).toBe(2);
    const queued = await world('mod', onTwoCores, 700);
    expect((await calibrate(queued)).simulation.servers).toBe(1);
  });
});
