import type { Clock } from '../../base/clock.ts';
import type { RunningFleet } from '../../fleet/types.ts';
import { watchGenerator } from '../../host/generator-load.ts';
import { watchMachine } from '../../host/machine-load.ts';
import { intervalTicker } from '../../host/ticker.ts';
import { inTurns } from '../../host/turns.ts';
import { Driver } from '../../traffic/driver.ts';
import type { Outbox } from '../../traffic/outbox.ts';
import type { Pacer } from '../../traffic/ports.ts';
import { watchedPlan } from '../../traffic/watched-plan.ts';
import { alarmSettings } from '../../scenario/alarm-settings.ts';
import { cycleNsOf } from '../../metrics/course.ts';
import { cellMetrics } from '../../metrics/cell-metrics.ts';
import type { NewError } from '../../metrics/error-tally.ts';
import { Recorder } from '../../metrics/recorder.ts';
import { throttledFraction } from '../../metrics/throttling.ts';
import { walUse } from '../../metrics/wal-use.ts';
import type { ShardAddress } from '../../postgres/connection.ts';
import { createSchema, finishLoad, recreateNamespace } from '../../postgres/database.ts';
import { loadRows } from '../../postgres/load.ts';
import { countersBetween, serverCounters } from '../../postgres/server-statistics.ts';
import {
  type AskedServer,
  shardStatistics,
  statisticsBetween,
} from '../../postgres/shard-statistics.ts';
import { watchServers } from '../../postgres/server-watch.ts';
import { PostgresTarget } from '../../postgres/target.ts';
import { type ShardContent, verifyLoad } from '../../postgres/verify.ts';
import type { Cell, ShardResult } from '../../result/types.ts';
import type { Phase } from '../../workload/types.ts';
import { classify } from '../../workload/classify.ts';
import { CellLookup, lookupNotes } from './cell-lookup.ts';
import { notesOf, type Routing, routingSteps } from './cell-routing.ts';
import type { CellSpec } from './cells.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

export interface CellContext extends LoadedScenario {
  readonly fleet: RunningFleet;
  readonly pacer: Pacer;
  readonly outbox: Outbox | null;
  readonly clock: Clock;
  /** Rejects when the run cannot go on: interrupted, or a shard stopped by itself. */
  readonly broken: Promise<never>;
  /** Aborted when the user interrupts the run. */
  readonly signal: AbortSignal;
  /** Called when a cell enters its next stage. */
  readonly stage: (name: 'load' | 'warm-up' | 'measure') => void;
  /** Called with the first error of each code, operation and shard of a phase. */
  readonly sawError: NewError;
}

const database = 'shardlab';
/** A cell's part of the result, and what findings need beside it. */
export interface MeasuredCell {
  readonly cell: Partial<Cell>;
  readonly topKeyShare: number | null;
}

interface PreparedShards {
  readonly addresses: readonly ShardAddress[];
  readonly contents: readonly ShardContent[];
  /** What could not be done as it is on shards of our own. */
  readonly notes: readonly string[];
}

/** Measures one cell from an empty database to its part of the result. */
export async function measureCell(spec: CellSpec, context: CellContext): Promise<MeasuredCell> {
  const { workload } = context;
  const routing = await inTurns(routingSteps(spec, context), () => context.signal.throwIfAborted());
  context.stage('load');
  const prepared = await Promise.race([prepareShards(spec, routing, context), context.broken]);
  const lookup = await Promise.race([openLookup(routing, prepared, context), context.broken]);
  const target = new PostgresTarget(workload, prepared.addresses, {
    connectionsPerShard: context.scenario.limits.connectionsPerShard,
    statementTimeoutMs: context.scenario.limits.shardTimeoutMs,
    ...(context.outbox && { outbox: context.outbox }),
  });
  try {
    const before = await shardStatistics(prepared.addresses);
    await target.warmUp();
    const driven = await drive(spec, routing, { target, lookup }, prepared, context);
    // Its sessions report what they did when they end.
    await target.close();
    const servers = await statisticsBetween(
      prepared.addresses,
      before,
      context.fleet.memoryBytes ?? null,
    );
    const shards = withServers(driven.cell.shards ?? [], servers, driven.writesBefore);
    const wal = walUse(shards, context.scenario.durationMs, context.scenario.wal);
    const measured = { ...driven.cell, shards, ...(wal && { wal }) };
    const found = await lookup?.result();
    const notes = [...prepared.notes, ...notesOf(spec, routing, context)];
    const cell =
      found === undefined
        ? { ...measured, notes }
        : {
            ...measured,
            lookup: found,
            notes: [...notes, ...lookupNotes(found, context.outbox !== null)],
          };
    return { cell, topKeyShare: routing.topKeyShare };
  } finally {
    await target.close();
    await lookup?.close();
  }
}

function withServers(
  shards: readonly ShardResult[],
  servers: readonly AskedServer[],
  writesBefore: readonly number[],
): ShardResult[] {
  return shards.map((shard, index) => {
    const server = servers[index];
    if (server === undefined) return shard;
    return { ...shard, server: { ...server, writesBefore: writesBefore[index] ?? 0 } };
  });
}

async function openLookup(
  { lookup }: Routing,
  { addresses }: PreparedShards,
  context: CellContext,
): Promise<CellLookup | null> {
  const [first] = context.fleet.shards;
  if (lookup === null || first === undefined) return null;
  const { maintenanceDatabase, ...server } = first;
  const maintenance = { ...server, database: maintenanceDatabase };
  return CellLookup.open({
    ...lookup,
    loaded: context,
    clock: context.clock,
    maintenance,
    addresses,
  });
}

async function prepareShards(
  spec: CellSpec,
  { shardOf }: Routing,
  { fleet, scenario, workload }: CellContext,
): Promise<PreparedShards> {
  const { schema } = scenario;
  const addresses = await Promise.all(
    fleet.shards.slice(0, spec.shardCount).map(({ maintenanceDatabase, ...server }) => {
      return recreateNamespace({ ...server, database: maintenanceDatabase }, database);
    }),
  );
  await createSchema(addresses, schema);
  const sent = await loadRows(addresses, workload, schema.table, shardOf);
  const notes = await finishLoad(addresses, schema);
  const contents = await verifyLoad(addresses, workload, schema.table, sent, shardOf);
  return { addresses, contents, notes };
}

async function drive(
  spec: CellSpec,
  routing: Routing,
  { target, lookup }: { readonly target: PostgresTarget; readonly lookup: CellLookup | null },
  { addresses, contents }: PreparedShards,
  context: CellContext,
): Promise<{ readonly cell: Partial<Cell>; readonly writesBefore: readonly number[] }> {
  const { scenario, workload, pacer, clock, broken, fleet } = context;
  const { limits } = scenario;
  const { plan, failed } = watchedPlan(lookup?.routes ?? routing.plan);
  const driver = new Driver(
    plan,
    {
      operationTimeoutNs: limits.operationTimeoutMs * 1e6,
      shardTimeoutNs: limits.shardTimeoutMs * 1e6,
      connectionsPerShard: limits.connectionsPerShard,
      queuePerShard: limits.queuePerShard,
    },
    { target: lookup?.over(target) ?? target, pacer, clock, ticker: intervalTicker },
  );
  const recorderOf = (windowMs: number): Recorder =>
    new Recorder({
      shardCount: spec.shardCount,
      kinds: workload.operations.map(({ kind }) => kind),
      windowNs: windowMs * 1e6,
      expected: workload.operations.map(({ expect }) => expect?.errors ?? []),
      onNewError: context.sawError,
      cycleNs: cycleNsOf(scenario.arrivals),
    });
  const runPhase = async (phase: Phase, recorder: Recorder): Promise<void> => {
    lookup?.enter(phase);
    try {
      await Promise.race([driver.run(phase, recorder), broken, failed]);
    } catch (error) {
      driver.stop();
      throw error;
    }
  };
  const warmup = recorderOf(Math.max(1, scenario.warmupMs));
  if (scenario.warmupMs > 0) {
    context.stage('warm-up');
    await runPhase('warmup', warmup);
  }
  context.stage('measure');
  const before = await serverCounters(addresses);
  const throttledBefore = await fleet.throttling();
  const recorder = recorderOf(scenario.durationMs);
  const stopServers = await watchServers(addresses, (shard, { checkpoints, walBytes }) =>
    driver.sawServer(shard, checkpoints, walBytes),
  );
  const stopMachine = await watchMachine(await mainProcesses(fleet));
  const stopWatching = watchGenerator();
  try {
    await runPhase('measure', recorder);
  } finally {
    await stopServers();
    stopMachine();
  }
  const generator = { ...stopWatching(), machine: [...stopMachine()] };
  const throttledAfter = await fleet.throttling();
  const after = await serverCounters(addresses);
  const metrics = cellMetrics(recorder, {
    operations: workload.operations.map((operation) => ({
      name: operation.name,
      kind: operation.kind,
      routing: classify(operation, spec.strategy?.key ?? null, routing.splitBy),
      rollsBack: operation.rollsBack === true,
      mayBeEmpty: operation.expect?.empty === true,
    })),
    errorFraction: limits.errorFraction,
    arrivals: scenario.arrivals,
    connectionsPerShard: limits.connectionsPerShard,
    contents,
    throttledFractions: contents.map((_, shard) =>
      throttledFraction(throttledBefore[shard] ?? null, throttledAfter[shard] ?? null),
    ),
    placement: routing.placement,
    generator,
    concurrency: pacer.concurrency(),
    alarms: alarmSettings(scenario),
  });
  return {
    cell: { ...metrics, server: countersBetween(before, after) },
    writesBefore: warmup.shards.map(({ writesSent }) => writesSent),
  };
}

/** null where shards are elsewhere, all or in part: what is foreign cannot be told then. */
async function mainProcesses(fleet: RunningFleet): Promise<readonly number[] | null> {
  const processes = (await fleet.processes?.()) ?? [];
  return processes.length === fleet.shards.length ? processes : null;
}
