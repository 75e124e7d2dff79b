import { routePlan, shardOfRow } from '../traffic/route-plan.ts';
import { Recorder } from '../metrics/recorder.ts';
import { buildRouter } from '../router/build-router.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { simulateOpenLoop } from './open-loop.ts';
import { shardServers } from './shard-servers.ts';
import { tenantRoutes } from './tenant-routes.ts';
import { measurePhase } from '../workload/phases.ts';

/** Systems of queueing theory as the simulator has them, and what theory says of them. */
export interface QueueSystem {
  readonly name: string;
  readonly service: ServiceTime;
  readonly servers: number;
  /** Mean wait / mean service time at a load (0 to 1) of each server. */
  readonly wait: (load: number) => number;
}

/** Mean service time of all systems. */
const meanMs = 0.01;
const exponential: ServiceTime = { kind: 'exponential', meanMs };
export const constant: ServiceTime = { kind: 'constant', ms: meanMs };

export const queueSystems: readonly QueueSystem[] = [
  {
    name: 'M/M/1',
    service: exponential,
    servers: 1,
    wait: (load) => load / (1 - load),
  },
  {
    // Pollaczek 1930, Khinchin 1932: half of M/M/1.
    name: 'M/D/1',
    service: constant,
    servers: 1,
    wait: (load) => load / (2 * (1 - load)),
  },
  { name: 'M/M/2', service: exponential, servers: 2, wait: erlang(2) },
  { name: 'M/M/8', service: exponential, servers: 8, wait: erlang(8) },
];

/** Erlang 1917: P(wait) / (servers - offered load), of exponential service with mean 1. */
function erlang(servers: number): (load: number) => number {
  return (load) => {
    const offered = servers * load;
    // The recursion of Erlang's B, which does not overflow.
    let blocking = 1;
    for (let i = 1; i <= servers; i += 1)
      blocking = (offered * blocking) / (i + offered * blocking);
    const waits = blocking / (1 - load + load * blocking);
    return waits / (servers * (1 - load));
  };
}

const unlimited = {
  operationTimeoutNs: 1e15,
  shardTimeoutNs: 1e15,
  queuePerShard: Number.MAX_SAFE_INTEGER,
};

export interface QueueRun {
  readonly shards: number;
  /** Arrivals for each shard / what its servers can take. */
  readonly load: number;
  readonly arrivals: number;
  readonly seed: number;
  /** Whether every arrival goes to all shards instead of one. */
  readonly scatter?: boolean;
  /** Cores that all shards share: these are then the servers of the one system that there is. */
  readonly cores?: number;
}

/**
 * Simulates one of the systems on each of several shards, where waiting is for a connection alone;
 * or on all of them together, with `cores` of a machine as its servers, where it is for a core.
 */
export async function runQueue(
  { service, servers }: Pick<QueueSystem, 'service' | 'servers'>,
  { shards, load, arrivals, seed, scatter = false, cores }: QueueRun,
): Promise<Recorder> {
  const systems = scatter || cores !== undefined ? 1 : shards;
  const ratePerSecond = ((load * servers) / meanMs) * 1000 * systems;
  const { operations, simulation } = tinyScenario();
  const scenario = tinyScenario({
    seed,
    arrivals: { process: 'poisson', ratePerSecond },
    durationMs: (arrivals / ratePerSecond) * 1000,
    tenants: { distribution: 'uniform', count: 256 * shards, idType: 'int8' },
    operations: operations.filter(({ name }) => name === (scatter ? 'count' : 'recent')),
    topology: { shards, weights: Array.from({ length: shards }, () => 1), urls: [], quota: null },
  });
  const workload = buildWorkload(scenario, null);
  // Tenants of equal weight, by turns: each shard has the same load.
  const spec = { router: 'mod', parameter: null, hash: 'identity', salt: '' };
  const known = knownKeys(workload, 'tenant_id');
  const { weights } = scenario.topology;
  const router = buildRouter(spec, { shardCount: shards, weights }, 'int8', known);
  const shardOf = shardOfRow(workload, router, 'tenant_id');
  const windowNs = scenario.durationMs * 1e6;
  const recorder = new Recorder({ shardCount: shards, kinds: ['read'], windowNs });
  const atOnce = cores === undefined ? servers : 1000;
  const run = {
    workload,
    phase: measurePhase(workload, workload.rows.count),
    plan: routePlan(workload, router, 'tenant_id'),
    shards: shardServers(shards, {
      simulation: { ...simulation, service, servers: atOnce, cores: cores ?? null },
      operations: workload.operations,
      seed,
      quotaCpu: null,
      statementTimeoutNs: unlimited.shardTimeoutNs,
      windowNs,
    }),
    recorder,
  };
  if (cores === undefined) {
    const limits = { ...unlimited, connectionsPerShard: servers };
    const routes = tenantRoutes(workload, 'tenant_id', false, shardOf);
    await simulateOpenLoop({ ...run, limits, tenantRoutes: routes });
  } else {
    const limits = { ...unlimited, connectionsPerShard: atOnce };
    await simulateOpenLoop({ ...run, limits, tenantRoutes: null });
  }
  return recorder;
}

/** Mean wait of the run / the mean wait that theory gives. */
export async function waitRatio(system: QueueSystem, run: QueueRun): Promise<number> {
  const recorder = await runQueue(system, run);
  const waitedNs = recorder.shards.reduce(
    (sum, { queueWait }) => sum + queueWait.meanNs * queueWait.count,
    0,
  );
  const queries = recorder.shards.reduce((sum, { queueWait }) => sum + queueWait.count, 0);
  return waitedNs / queries / (system.wait(run.load) * meanMs * 1e6);
}

export const harmonic = (k: number): number =>
  Array.from({ length: k }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);

/** The same of a system whose servers are the cores of a machine that all shards are on. */
export async function coresWaitRatio(system: QueueSystem, run: QueueRun): Promise<number> {
  const recorder = await runQueue(system, { ...run, cores: system.servers });
  const waitedMs = recorder.overall.ok.meanNs / 1e6 - meanMs;
  return waitedMs / (system.wait(run.load) * meanMs);
}

/** Mean response of arrivals that go to all shards / the mean service time of one query. */
export async function scatterResponse(
  run: Omit<QueueRun, 'scatter'>,
  service: ServiceTime = exponential,
): Promise<number> {
  const recorder = await runQueue({ service, servers: 1 }, { ...run, scatter: true });
  return recorder.overall.ok.meanNs / (meanMs * 1e6);
}

/**
 * Mean response of two parallel M/M/1 queues with common arrivals, in mean service times: exact.
 * Flatto and Hahn 1984, "Two Parallel Queues Created by Arrivals with Two Demands I"; in this form
 * in Nelson and Tantawi 1988, "Approximate Analysis of Fork/Join Synchronization in Parallel
 * Queues".
 */
export const forkJoinOfTwo = (load: number): number => (12 - load) / 8 / (1 - load);
