import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routePlan, shardOfRow } from '../traffic/route-plan.ts';
import type { VerdictStatus } from '../result/types.ts';
import { buildRouter } from '../router/build-router.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { simulateCell } from './simulated-cell.ts';
import { measurePhase } from '../workload/phases.ts';

const cases = 100;

/** A cell that is far from full, so that its window makes no difference. */
const calm = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  shards: fc.integer({ min: 2, max: 5 }),
  ratePerSecond: fc.integer({ min: 200, max: 600 }),
  /** Of one server, under all operations together. */
  used: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
  sigma: fc.double({ min: 0.1, max: 1, noNaN: true }),
});

type Calm = typeof calm extends fc.Arbitrary<infer T> ? T : never;

async function verdictOf(given: Calm, durationMs: number): Promise<VerdictStatus> {
  const { seed, shards, ratePerSecond, used, sigma } = given;
  const weights = Array.from({ length: shards }, () => 1);
  const base = tinyScenario();
  const scenario = tinyScenario({
    seed,
    durationMs,
    arrivals: { process: 'poisson', ratePerSecond },
    topology: { ...base.topology, shards, weights },
    tenants: { distribution: 'uniform', count: 100, idType: 'text' },
    simulation: {
      ...base.simulation,
      service: { kind: 'lognormal', meanMs: (1000 * used) / ratePerSecond, sigma },
    },
  });
  const workload = buildWorkload(scenario, null);
  const known = knownKeys(workload, 'tenant_id');
  const spec = { router: 'jump', parameter: null, hash: 'xxh64', salt: '' };
  const router = buildRouter(spec, { shardCount: shards, weights }, 'text', known);
  const routing = {
    keyName: 'tenant_id',
    splitBy: null,
    plan: routePlan(workload, router, 'tenant_id'),
    shardOf: shardOfRow(workload, router, 'tenant_id'),
    placement: { idealMaxOverMean: null, tenantFloor: null, band: null },
  };
  const pause = async (): Promise<void> => undefined;
  const load = { scenario, workload, phase: measurePhase(workload, workload.rows.count), pause };
  const { verdict } = await simulateCell(routing, load);
  return verdict.status;
}

test('a window twice as long changes no verdict of a stationary cell, but by chance', async () => {
  const changed: string[] = [];
  const enough: string[] = [];
  for (const given of fc.sample(calm, { numRuns: cases, seed: 13 })) {
    const [once, twice] = [await verdictOf(given, 6000), await verdictOf(given, 12_000)];
    if (once === 'TOO-FEW-SAMPLES' || twice === 'TOO-FEW-SAMPLES') continue;
    enough.push(twice);
    if (once !== twice) changed.push(`${once} ${twice} ${JSON.stringify(given)}`);
  }
  expect(enough.length).toBeGreaterThan(cases * 0.8);
  expect(changed.length, changed.join('\n')).toBeLessThanOrEqual(cases * 0.02);
}, 120_000);
