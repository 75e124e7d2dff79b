import { routePlan, shardOfRow, singlePlan } from '../traffic/route-plan.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { Observation } from './fit-kinds.ts';
import { simulateCell } from './simulated-cell.ts';
import { measurePhase } from '../workload/phases.ts';

const base = tinyScenario();

/** What stands for reality: 4 % of the operations read all rows of every shard. */
export const scanning: Simulation = {
  ...base.simulation,
  servers: 2,
  cores: 2,
  service: { kind: 'lognormal', meanMs: 0.4, sigma: 0.5 },
  operations: {
    count: { kind: 'lognormal', meanMs: 20, sigma: 0.3, scan: { share: 0.97, rows: 1000 } },
  },
};

/** A cell as it would be measured on so many shards (1: `single`) with so many rows. */
export async function rowWorld(
  shardCount: number,
  rows = 1000,
  simulation: Simulation = scanning,
): Promise<Observation> {
  const weights = Array.from({ length: shardCount }, () => 1);
  const weightOf: Readonly<Record<string, number>> = { add: 56, recent: 40, count: 4 };
  const scenario = tinyScenario({
    durationMs: 30_000,
    arrivals: { process: 'poisson', ratePerSecond: 400 },
    tenants: { distribution: 'uniform', count: 400, idType: 'text' },
    data: { totalBytes: 512 * rows, rowBytes: 512 },
    topology: { shards: shardCount, weights, urls: [], quota: null },
    limits: { ...base.limits, connectionsPerShard: 8 },
    operations: base.operations.map((one) =>
      Object.assign({}, one, { weight: weightOf[one.name] ?? 1 }),
    ),
    simulation,
  });
  const workload = buildWorkload(scenario, null);
  const placement = { idealMaxOverMean: null, tenantFloor: null, band: null };
  const pause = async (): Promise<void> => undefined;
  const load = { scenario, workload, phase: measurePhase(workload, workload.rows.count), pause };
  const routing = { ...routesOn(shardCount, workload), splitBy: null, placement };
  const cell = await simulateCell(routing, load);
  return { routing, load, cell };
}

function routesOn(shardCount: number, workload: ReturnType<typeof buildWorkload>) {
  if (shardCount === 1) {
    return { keyName: null, plan: singlePlan(workload.operations), shardOf: () => 0 };
  }
  const weights = Array.from({ length: shardCount }, () => 1);
  const spec = { router: 'jump', parameter: null, hash: 'xxh64', salt: '' };
  const known = knownKeys(workload, 'tenant_id');
  const router = buildRouter(spec, { shardCount, weights }, 'text', known);
  return {
    keyName: 'tenant_id',
    plan: routePlan(workload, router, 'tenant_id'),
    shardOf: shardOfRow(workload, router, 'tenant_id'),
  };
}
