import { assert } from '../src/base/assert.ts';
import type { Histogram } from '../src/base/histogram.ts';
import { watchGenerator } from '../src/host/generator-load.ts';
import { systemClock } from '../src/host/system-clock.ts';
import { intervalTicker } from '../src/host/ticker.ts';
import { Driver } from '../src/traffic/driver.ts';
import type { Outbox } from '../src/traffic/outbox.ts';
import type { DriverLimits, Target } from '../src/traffic/ports.ts';
import { routePlan } from '../src/traffic/route-plan.ts';
import { Recorder } from '../src/metrics/recorder.ts';
import type { ShardAddress } from '../src/base/shard-address.ts';
import { PostgresTarget } from '../src/postgres/target.ts';
import { buildRouter } from '../src/router/build-router.ts';
import type { ArrivalProcess, Scenario } from '../src/scenario/types.ts';
import { planArrivals } from '../src/workload/arrival-plan.ts';
import { knownKeys } from '../src/workload/key-usage.ts';
import type { Workload } from '../src/workload/types.ts';
import { buildWorkload } from '../src/workload/workload.ts';
import { parseScenario } from '../src/scenario/parse.ts';
import { loadGrammar } from '../src/sql/grammar.ts';
import { sqlReader } from '../src/sql/sql-reader.ts';
import { startPacer } from '../src/study/run/pacer.ts';
import { scenarioVocabulary } from '../src/study/scenario/vocabulary.ts';
import { measurePhase, warmupPhase } from '../src/workload/phases.ts';

/** What one run of the driver on one shard showed; histograms in nanoseconds. */
export interface DriverRun {
  readonly perSecond: number;
  readonly arrivals: number;
  readonly response: Histogram;
  readonly scheduleLag: Histogram;
  readonly cpuFraction: number;
}

const connections = 8;

/** One prepared insert, as the benchmark's script for pgbench does it. */
export async function driverScenario(seconds: number, arrivals: ArrivalProcess): Promise<Scenario> {
  const text = `
name: driver-bench
seed: 1
duration: ${seconds}s
warmup: 1s
rate: 1/s
tenants: { uniform: true, count: 100 }
data: { total: 64kB }
topology: { shards: 1 }
limits: { connections: ${connections}, queue: 10000 }
baseline: false
schema:
  ddl: ["create table events (tenant_id text not null, event_id int8 primary key, note text not null)"]
  table: events
  columns: { tenant_id: tenant, event_id: id, note: { text: 100 } }
operations:
  - name: add
    kind: write
    weight: 1
    binds: [tenant_id, event_id]
    sql: insert into events values (:tenant_id, :event_id, :note)
strategies: [{ key: tenant_id, router: jump }]
`;
  const vocabulary = scenarioVocabulary(sqlReader(await loadGrammar()));
  return { ...parseScenario(text, 'driver-bench.yaml', vocabulary), arrivals };
}

const limits: DriverLimits = {
  operationTimeoutNs: 5e9,
  shardTimeoutNs: 5e9,
  connectionsPerShard: connections,
  queuePerShard: 10_000,
};

/** Runs the driver with everything on: routing, histograms, time-outs, the pacer's thread. */
export async function driveOnce(
  scenario: Scenario,
  open: (workload: Workload, outbox: Outbox | null) => Promise<Target>,
): Promise<DriverRun> {
  const workload = buildWorkload(scenario, null);
  const plan = planArrivals(workload);
  const started = startPacer({ scenario, workload });
  const { pacer, outbox, close } = started;
  const target = await open(workload, outbox);
  const topology = { shardCount: 1, weights: [1] };
  const spec = { router: 'jump', parameter: null, hash: null, salt: '' };
  const router = buildRouter(spec, topology, 'text', knownKeys(workload, 'tenant_id'));
  const driver = new Driver(routePlan(workload, router, 'tenant_id'), limits, {
    target,
    pacer,
    clock: systemClock(),
    ticker: intervalTicker,
  });
  // Its tenants are equally large; some of each class, so that all is counted that can be.
  const classOf = Uint8Array.from(workload.tenants.ids, (_, tenant) => tenant % 4);
  const tenantClasses = { classOf, largestOn: [0] };
  const recorderOf = (windowMs: number): Recorder =>
    new Recorder({ shardCount: 1, kinds: ['write'], windowNs: windowMs * 1e6, tenantClasses });
  try {
    await driver.run(warmupPhase(workload), recorderOf(scenario.warmupMs));
    const recorder = recorderOf(scenario.durationMs);
    const stopWatching = watchGenerator();
    await driver.run(measurePhase(workload, plan.measure.firstNewRow), recorder);
    const { cpuFraction } = stopWatching();
    // Answers that are errors come faster: a ratio with them in it would say nothing.
    const failures = recorder.errors.samples().map(({ code, message }) => `${code} ${message}`);
    assert(failures.length === 0, `an operation failed: ${failures.join(', ')}`);
    return {
      perSecond: recorder.okInWindow / (scenario.durationMs / 1000),
      arrivals: recorder.arrivals,
      response: recorder.overall.ok,
      scheduleLag: recorder.scheduleLag,
      cpuFraction,
    };
  } finally {
    await close();
  }
}

/** The same against a real shard, with a pool that is opened before and closed after. */
export async function driveShard(scenario: Scenario, address: ShardAddress): Promise<DriverRun> {
  let target: PostgresTarget | null = null;
  try {
    return await driveOnce(scenario, async (workload, outbox) => {
      target = new PostgresTarget(workload, [address], {
        connectionsPerShard: connections,
        statementTimeoutMs: 5000,
        ...(outbox && { outbox }),
      });
      await target.warmUp();
      return target;
    });
  } finally {
    await (target as PostgresTarget | null)?.close();
  }
}
