import { describe, expect, test } from 'vitest';
import type { DriverLimits } from '../traffic/ports.ts';
import { type RoutePlan, routePlan, shardOfRow } from '../traffic/route-plan.ts';
import { Recorder } from '../metrics/recorder.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Scenario } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { simulateDrivenLoop } from './driven-loop.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { shardServers } from './shard-servers.ts';
import { tenantRoutes } from './tenant-routes.ts';
import { measurePhase } from '../workload/phases.ts';

interface Case {
  readonly scenario: Scenario;
  readonly limits?: Partial<DriverLimits>;
  readonly quotaCpu?: number;
  /** Operations that the cell cannot run. */
  readonly skips?: readonly number[];
  /** What the case is about has happened. */
  readonly happened?: (recorder: Recorder) => number;
}

const limits: DriverLimits = {
  operationTimeoutNs: 5e9,
  shardTimeoutNs: 5e9,
  connectionsPerShard: 4,
  queuePerShard: 100,
};

function prepare({ scenario, limits: changes, quotaCpu, skips }: Case) {
  const workload = buildWorkload(scenario, null);
  const { shards, weights } = scenario.topology;
  const known = knownKeys(workload, 'tenant_id');
  const spec = { router: 'jump', parameter: null, hash: null, salt: '' };
  const router = buildRouter(spec, { shardCount: shards, weights }, 'text', known);
  const windowNs = scenario.durationMs * 1e6;
  const all = { ...limits, ...changes };
  return () => ({
    workload,
    phase: measurePhase(workload, workload.rows.count),
    plan: without(skips, routePlan(workload, router, 'tenant_id')),
    tenantRoutes:
      skips === undefined
        ? tenantRoutes(workload, 'tenant_id', false, shardOfRow(workload, router, 'tenant_id'))
        : null,
    shards: shardServers(shards, {
      simulation: scenario.simulation,
      operations: workload.operations,
      seed: scenario.seed,
      quotaCpu: quotaCpu ?? null,
      statementTimeoutNs: all.shardTimeoutNs,
      windowNs,
    }),
    limits: all,
    recorder: new Recorder({
      shardCount: shards,
      kinds: workload.operations.map(({ kind }) => kind),
      windowNs,
      // Whoever is in which class: all of them have tenants on all shards.
      tenantClasses: {
        classOf: Uint8Array.from({ length: workload.tenants.count }, (_, tenant) => tenant % 4),
        largestOn: [0],
      },
    }),
  });
}

/** As the plan, but some operations have no shard, and all others count as crossing shards. */
function without(skips: readonly number[] | undefined, plan: RoutePlan): RoutePlan {
  if (skips === undefined) return plan;
  let crossShard = false;
  return {
    shardCount: plan.shardCount,
    get crossShard() {
      return crossShard;
    },
    route(operation, ...rest) {
      crossShard = !skips.includes(operation);
      return crossShard ? plan.route(operation, ...rest) : 0;
    },
  };
}

/** Everything that was recorded. */
const recorded = (recorder: Recorder): unknown => ({
  ...recorder.samples([]),
  expired: recorder.shards.map((shard) => shard.expired),
});

const simulation = tinyScenario().simulation;
const lognormal = { kind: 'lognormal', meanMs: 2, sigma: 1 } as const;

const cases: Record<string, Case> = {
  'light load': { scenario: tinyScenario() },
  'several servers, log-normal, network, a slow shard': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 1500 },
      topology: { shards: 3, weights: [1, 1, 1], urls: [], quota: null },
      simulation: {
        ...simulation,
        servers: 3,
        networkMs: 0.25,
        service: lognormal,
        slow: [{ shard: 1, factor: 1.5 }],
      },
    }),
  },
  'seconds and stops that all shards share': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 800 },
      topology: { shards: 3, weights: [1, 1, 1], urls: [], quota: null },
      simulation: {
        ...simulation,
        servers: 2,
        service: lognormal,
        stalls: { sigma: 0.3, stops: { everyMs: 150, lastsMs: 40 } },
      },
    }),
  },
  'more servers than connections': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 3000 },
      simulation: { ...simulation, servers: 9, service: lognormal },
    }),
  },
  'a CPU quota': {
    scenario: tinyScenario({ simulation: { ...simulation, servers: 2 } }),
    quotaCpu: 0.2,
  },
  'overload with full queues and expiry in them': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 4000 },
      simulation: { ...simulation, servers: 2, service: lognormal },
    }),
    limits: { operationTimeoutNs: 60e6, shardTimeoutNs: 35e6, queuePerShard: 60 },
    happened: ({ shards, outcomes }) =>
      Math.min(shards[0]?.expired ?? 0, shards[0]?.dropped ?? 0, outcomes[2] ?? 0),
  },
  'time-outs that drain before the queue is full': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 2500 },
      simulation: { ...simulation, service: { kind: 'exponential', meanMs: 1 } },
    }),
    limits: { operationTimeoutNs: 40e6, shardTimeoutNs: 70e6, queuePerShard: 1000 },
    happened: ({ shards }) => shards[0]?.expired ?? 0,
  },
  'statements cancelled on the shard': {
    scenario: tinyScenario({
      simulation: { ...simulation, service: { kind: 'lognormal', meanMs: 4, sigma: 1.5 } },
    }),
    limits: { shardTimeoutNs: 21e6 },
    happened: ({ outcomes, shards }) => Math.min(outcomes[1] ?? 0, shards[0]?.errors ?? 0),
  },
  'operations of one shard only, taken shard by shard': {
    scenario: tinyScenario({
      arrivals: { process: 'poisson', ratePerSecond: 9000 },
      operations: tinyScenario().operations.slice(0, 2),
      topology: { shards: 5, weights: [1, 1, 1, 1, 1], urls: [], quota: null },
    }),
    happened: ({ shards }) => Math.min(...shards.map(({ writesSent }) => writesSent)),
  },
  'operations that the cell cannot run, others across shards': {
    scenario: tinyScenario(),
    skips: [1],
    happened: ({ skippedByOperation: skipped, crossShardByOperation: crossed }) =>
      Math.min(skipped[1] ?? 0, crossed[2] ?? 0),
  },
  bursts: {
    scenario: tinyScenario({
      arrivals: { process: 'burst', onPerSecond: 5000, offPerSecond: 50, onMs: 80, offMs: 300 },
    }),
  },
};

describe('without events as by the driver, sample for sample', () => {
  test.each(Object.keys(cases))('%s', async (name) => {
    const scenario = cases[name];
    if (scenario === undefined) throw new Error(name);
    const make = prepare(scenario);
    const fast = make();
    const driven = make();
    const means = await simulateOpenLoop(fast);
    const drivenMeans = await simulateDrivenLoop({ ...driven, clients: null });
    expect(recorded(fast.recorder)).toEqual(recorded(driven.recorder));
    expect(fast.shards.map((shard) => shard.throttledFraction)).toEqual(
      driven.shards.map((shard) => shard.throttledFraction),
    );
    expect(means.length).toBe(2);
    for (const [second, mean] of means.entries()) {
      expect(mean / (drivenMeans[second] ?? 0)).toBeCloseTo(1, 9);
    }
    expect(fast.recorder.arrivals).toBeGreaterThan(500);
    expect(scenario.happened?.(fast.recorder) ?? 1).toBeGreaterThan(0);
  });
});
