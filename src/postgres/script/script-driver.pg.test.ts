import { describe, expect, test } from 'vitest';
import { systemClock } from '../../host/system-clock.ts';
import { intervalTicker } from '../../host/ticker.ts';
import { outcomes } from '../../metrics/outcome.ts';
import { Recorder } from '../../metrics/recorder.ts';
import type { Operation, Scenario } from '../../scenario/types.ts';
import { startPacer } from '../../study/run/pacer.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { Driver } from '../../traffic/driver.ts';
import { measurePhase } from '../../workload/phases.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { hand } from './hand-operations-fixture.ts';
import { handLayout, handPlan, HandTrace, operationOf } from './hand-trace-fixture.ts';
import { ids, idleInTransaction, on, openOn, startedShards } from './script-shards-fixture.ts';

startedShards();

interface Drive extends Partial<Pick<Scenario, 'loop' | 'arrivals' | 'durationMs'>> {
  readonly names: readonly (keyof typeof hand)[];
  readonly connections: number;
  readonly timeoutMs?: number;
  readonly expect?: readonly string[];
}

/** One phase on both shards, as a cell runs it. */
async function drive({ names, connections, timeoutMs = 20_000, expect: codes, ...changes }: Drive) {
  const list = names.map((name) => hand[name]);
  const operations = names.map(
    (name): Operation => ({
      ...operationOf(name, hand[name]),
      // So that each arrival has a number of its own, as where there are tables.
      statements: [{ sql: '', text: '', parameters: [], binds: [], insert: true }],
    }),
  );
  const scenario = tinyScenario({ operations, durationMs: 1500, ...changes });
  const workload = buildWorkload(scenario, null);
  const tables = { layout: handLayout(list), trace: () => new HandTrace(list) };
  const { pacer, outbox, close } = startPacer({ scenario, workload });
  const target = await openOn(workload, tables, {
    connectionsPerShard: connections,
    statementTimeoutMs: timeoutMs,
    ...(outbox && { outbox }),
  });
  const limits = {
    operationTimeoutNs: timeoutMs * 1e6,
    shardTimeoutNs: timeoutMs * 1e6,
    connectionsPerShard: connections,
    queuePerShard: 200,
  };
  const plan = handPlan(new HandTrace(list));
  const ports = { target, pacer, clock: systemClock(), ticker: intervalTicker };
  const recorder = new Recorder({
    shardCount: 2,
    kinds: operations.map(({ kind }) => kind),
    windowNs: scenario.durationMs * 1e6,
    ...(codes && { expected: operations.map(() => codes) }),
  });
  await new Driver(plan, limits, ports).run(measurePhase(workload, workload.rows.count), recorder);
  await close();
  return recorder;
}

/** What both shards have of the inserts of operations on both. */
async function inserted(): Promise<[unknown[], unknown[]]> {
  const loaded = new Set<unknown>([1, 2]);
  const of = async (shard: number) => (await ids(shard)).filter((id) => !loaded.has(id));
  return [await of(0), await of(1)];
}

describe.each([
  ['the closed loop', { loop: { kind: 'closed', clients: 12 } }],
  ['the open loop', { arrivals: { process: 'poisson', ratePerSecond: 250 } }],
] as const)('in %s', (_, how) => {
  test('operations on both shards never wait for each other in a circle', async () => {
    const names = ['bothOnce', 'lookOne', 'look', 'lookAtOnce'] as const;
    const recorder = await drive({ names, connections: 1, ...how });
    expect(recorder.errors.samples()).toEqual([]);
    expect([...recorder.outcomes]).toEqual([recorder.arrivals, 0, 0, 0]);
    expect(Math.min(...recorder.arrivalsByOperation)).toBeGreaterThan(20);
    const [first, second] = await inserted();
    expect(first).toHaveLength(recorder.arrivalsByOperation[0] ?? 0);
    expect(second).toEqual(first);
    expect(await idleInTransaction()).toEqual([]);
  });
});

test('overloaded, with time-outs in queues, all arrivals end and nothing is left', async () => {
  const recorder = await drive({
    names: ['bothSlow', 'lookOne', 'lookAtOnce'],
    connections: 2,
    timeoutMs: 200,
    arrivals: { process: 'poisson', ratePerSecond: 400 },
  });
  const [ok = 0, failed, timedOut = 0] = recorder.outcomes;
  expect(Math.min(ok, timedOut)).toBeGreaterThan(10);
  expect(failed).toBe(0);
  expect(recorder.shards.some(({ expired }) => expired > 0)).toBe(true);
  expect(await idleInTransaction()).toEqual([]);
  const [first, second] = await inserted();
  expect(second).toEqual(first);
  const locks = `select 1 from pg_locks where relation = 'notes'::regclass`;
  expect([await on(0, locks), await on(1, locks)]).toEqual([[], []]);
});

test('an error that the scenario expects ends the transaction and is a success', async () => {
  const recorder = await drive({
    names: ['clashAlways', 'lookOne'],
    connections: 2,
    loop: { kind: 'closed', clients: 4 },
    durationMs: 500,
    expect: ['23505'],
  });
  const [clashes = 0] = recorder.arrivalsByOperation;
  expect(clashes).toBeGreaterThan(10);
  expect(recorder.expectedByOperation[0]).toBe(clashes);
  expect(recorder.outcomes[outcomes.ok]).toBe(recorder.arrivals);
  expect(recorder.errors.samples()).toEqual([]);
  expect(await inserted()).toEqual([[], []]);
  expect(await idleInTransaction()).toEqual([]);
});
