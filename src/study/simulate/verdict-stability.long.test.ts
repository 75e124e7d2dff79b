import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { knownFacts } from '../../traffic/known-facts.ts';
import { routePlan, shardOfRow, singlePlan } from '../../traffic/route-plan.ts';
import type { CellMetrics } from '../../metrics/cell-metrics.ts';
import { buildRouter } from '../../router/build-router.ts';
import { topologyOf } from '../../scenario/shard-counts.ts';
import { phaseMetrics, simulateKnown } from '../../simulate/extrapolation.ts';
import type { SimulatedRouting } from '../../simulate/simulated-cell.ts';
import { keyColumn } from '../../workload/key-column.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { type CellSpec, cellSpecs } from '../cells/cell-specs.ts';
import { type LoadedScenario, loadScenario, routerSpec } from '../scenario/load-scenario.ts';
import { repository, scratch } from '../../commands/shardlab-fixture.ts';
import { measurePhase } from '../../workload/phases.ts';

type SimulatedCell = Pick<CellMetrics, 'verdict' | 'shards' | 'load'>;

/**
 * Routes of a cell without its band over salts, which no verdict asks for and which takes longest.
 */
function routesOf({ strategy, shardCount }: CellSpec, loaded: LoadedScenario): SimulatedRouting {
  const { workload, scenario } = loaded;
  const placement = { idealMaxOverMean: null, tenantFloor: null, band: null };
  if (strategy === null) {
    const plan = singlePlan(workload.operations);
    return { keyName: null, splitBy: null, plan, shardOf: () => 0, placement };
  }
  const { key } = strategy;
  const topology = topologyOf(scenario.topology, shardCount);
  const known = knownKeys(workload, key);
  const spec = routerSpec(strategy, loaded);
  const router = buildRouter(spec, topology, keyColumn(workload, key).type, known);
  return {
    keyName: key,
    splitBy: null,
    plan: routePlan(workload, router, key),
    shardOf: shardOfRow(workload, router, key),
    placement,
  };
}

/** Cells of a simulation by the names of their strategies. */
async function cellsOf(loaded: LoadedScenario): Promise<Map<string, SimulatedCell>> {
  const cells = new Map<string, SimulatedCell>();
  const { scenario, workload, plan } = loaded;
  const phase = measurePhase(workload, plan.measure.firstNewRow);
  const load = { scenario, workload, phase, pause: async () => {} };
  for (const spec of cellSpecs(scenario)) {
    const routes = routesOf(spec, loaded);
    const record = await simulateKnown(routes, load);
    cells.set(spec.name, phaseMetrics(record, knownFacts(load, routes)));
  }
  return cells;
}

interface Drawn {
  readonly rate: number;
  readonly seconds: number;
  readonly shards: number;
  readonly serviceMs: number;
  readonly law: 'exponential' | 'constant';
  readonly arrivals: 'poisson' | 'constant';
  readonly connections: number;
  readonly queue: number;
  readonly zipf: number;
  readonly seed: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  rate: fc.integer({ min: 100, max: 1200 }),
  seconds: fc.integer({ min: 4, max: 12 }),
  shards: fc.integer({ min: 1, max: 4 }),
  serviceMs: fc.integer({ min: 2, max: 30 }).map((tenths) => tenths / 10),
  law: fc.constantFrom('exponential', 'constant'),
  arrivals: fc.constantFrom('poisson', 'constant'),
  connections: fc.integer({ min: 1, max: 8 }),
  queue: fc.integer({ min: 0, max: 20 }),
  zipf: fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  seed: fc.integer({ min: 0, max: 1000 }),
});

const routers = ['jump', 'mod', 'directory'];

const strategyOf = (router: string): string => `{ key: tenant_id, router: ${router} }`;

async function loadDrawn(
  one: Drawn,
  changes: { readonly routers?: readonly string[]; readonly times?: number } = {},
): Promise<LoadedScenario> {
  const path = join(scratch(), 'x.yaml');
  writeFileSync(
    path,
    `name: x
seed: ${one.seed}
rate: ${one.rate}/s
arrivals: ${one.arrivals}
duration: ${one.seconds * (changes.times ?? 1)}s
tenants: { zipf: ${one.zipf}, count: 60 }
data: { total: 256kB }
baseline: false
topology: { shards: ${one.shards} }
limits: { connections: ${one.connections}, queue: ${one.queue} }
simulation: { service: { ${one.law}: ${one.serviceMs}ms } }
strategies: [${(changes.routers ?? routers).map(strategyOf).join(', ')}]
`,
  );
  return loadScenario(path, {});
}

/**
 * How busy the server of the fullest shard is; near 1 no window is long enough to be stationary.
 */
function utilisation({ shards, load: found }: SimulatedCell, { serviceMs }: Drawn): number {
  const seconds = found.arrivals / found.offeredQps;
  const offered = shards.map((shard) => {
    const { writesSent, readsSent } = shard;
    return (writesSent + readsSent) / seconds;
  });
  const dropped = found.dropped / seconds;
  return ((Math.max(...offered) + dropped) * serviceMs) / 1000;
}

const isStationary = (busy: number): boolean => busy < 0.85 || busy > 1.2;

test('removing or renaming a strategy, or doubling the window, changes no verdict', async () => {
  const scenarios = fc.sample(drawn, { numRuns: 60, seed: 20_261_129 });
  let compared = 0;
  const changed: string[] = [];
  for (const one of scenarios) {
    const before = await cellsOf(await loadDrawn(one));
    const kept = ['directory', 'jump'];
    // A second strategy with the same router gives both of them longer names.
    const renamed = ['jump, salt: ""', 'jump, hash: murmur3-128', 'directory'];
    const variants = [
      { what: 'removed', cells: await cellsOf(await loadDrawn(one, { routers: kept })) },
      { what: 'renamed', cells: await cellsOf(await loadDrawn(one, { routers: renamed })) },
      { what: 'doubled', cells: await cellsOf(await loadDrawn(one, { times: 2 })) },
    ];
    for (const [name, cell] of before) {
      if (!isStationary(utilisation(cell, one))) continue;
      for (const { what, cells } of variants) {
        const after = cells.get(name) ?? cells.get(`${name}@xxh64`);
        if (after === undefined) continue;
        const statuses = [cell, after].map(({ verdict }) => verdict.status);
        if (statuses.includes('TOO-FEW-SAMPLES')) continue;
        compared += 1;
        if (statuses[0] === statuses[1]) continue;
        changed.push(`${what} ${name}: ${statuses.join(' -> ')} of ${JSON.stringify(one)}`);
      }
    }
  }
  expect(compared).toBeGreaterThan(200);
  expect(changed.slice(0, Math.max(0, changed.length - compared / 50))).toEqual([]);
}, 240_000);

test("quickstart's verdicts are the same with five other salts and three seeds", async () => {
  const path = join(repository, 'scenarios', 'quickstart.yaml');
  const columns = new Set<string>();
  const draws = [
    ...['', 'a', 'b', 'c', 'd', 'e'].map((salt) => ['42', salt]),
    ['7', ''],
    ['1', 'f'],
  ];
  for (const [seed = '', salt = ''] of draws) {
    const loaded = await loadScenario(path, { seed });
    const strategies = loaded.scenario.strategies.map((strategy) =>
      strategy.hash === null ? strategy : { ...strategy, salt },
    );
    const cells = await cellsOf({ ...loaded, scenario: { ...loaded.scenario, strategies } });
    columns.add([...cells].map(([name, { verdict }]) => `${name} ${verdict.status}`).join('\n'));
  }
  expect([...columns]).toHaveLength(1);
  expect([...columns][0]).toMatch(/^(?:\S+ VALID\n){6}\S+ VALID$/);
}, 600_000);
