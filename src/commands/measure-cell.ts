import type { Clock } from '../base/clock.ts';
import type { RunningFleet } from '../fleet/types.ts';
import { watchGenerator } from '../host/generator-load.ts';
import { intervalTicker } from '../host/ticker.ts';
import { Driver } from '../load/driver.ts';
import type { Outbox } from '../load/outbox.ts';
import type { Pacer } from '../load/ports.ts';
import { type RoutePlan, routePlan, shardOfRow, singlePlan } from '../load/route-plan.ts';
import { strategySplit } from '../load/strategy-split.ts';
import { cellMetrics, type CellFacts } from '../metrics/cell-metrics.ts';
import { Recorder } from '../metrics/recorder.ts';
import { throttledFraction } from '../metrics/throttling.ts';
import { largestShare, writePlacement } from '../placement/write-placement.ts';
import type { ShardAddress } from '../postgres/connection.ts';
import { watchCheckpoints } from '../postgres/checkpoint-watch.ts';
import { createSchema, finishLoad, recreateNamespace } from '../postgres/database.ts';
import { loadRows } from '../postgres/load.ts';
import { countersBetween, serverCounters } from '../postgres/server-statistics.ts';
import { PostgresTarget } from '../postgres/target.ts';
import { type ShardContent, verifyLoad } from '../postgres/verify.ts';
import type { Cell } from '../result/types.ts';
import { buildRouter } from '../router/build-router.ts';
import type { Router } from '../router/contract.ts';
import { overlayNotes } from '../router/overlay-notes.ts';
import type { Phase } from '../workload/types.ts';
import { canCrossShards, classify } from '../workload/classify.ts';
import { keyColumn } from '../workload/key-column.ts';
import { knownKeys, writesByKey } from '../workload/key-usage.ts';
import type { CellSpec } from './cells.ts';
import type { LoadedScenario } from './load-scenario.ts';

export interface CellContext extends LoadedScenario {
  readonly fleet: RunningFleet;
  readonly pacer: Pacer;
  readonly outbox: Outbox | null;
  readonly clock: Clock;
  /** Rejects when the run cannot go on: interrupted, or a shard stopped by itself. */
  readonly broken: Promise<never>;
  /** Called when a cell enters its next stage. */
  readonly stage: (name: 'load' | 'warm-up' | 'measure') => void;
}

const database = 'shardlab';
const noPlacement: CellFacts['placement'] = {
  idealMaxOverMean: 1,
  tenantFloor: 1,
  band: null,
};

/** A cell's part of the result, and what findings need beside it. */
export interface MeasuredCell {
  readonly cell: Partial<Cell>;
  readonly topKeyShare: number | null;
}

/** How a cell routes: everything that follows from its strategy. */
interface Routing {
  readonly plan: RoutePlan;
  readonly shardOf: (tenant: number, row: number) => number;
  readonly placement: CellFacts['placement'];
  /** The second column, where values of the shard key are split by one. */
  readonly splitBy: string | null;
  /** Which keys are pinned or split. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** Share of the keyed writes that the largest value of the shard key has. */
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
  const routing = routingOf(spec, context);
  context.stage('load');
  const prepared = await Promise.race([prepareShards(spec, routing, context), context.broken]);
  const target = new PostgresTarget(workload, prepared.addresses, {
    connectionsPerShard: context.scenario.limits.connectionsPerShard,
    statementTimeoutMs: context.scenario.limits.shardTimeoutMs,
    ...(context.outbox && { outbox: context.outbox }),
  });
  try {
    await target.warmUp();
    const measured = await drive(spec, routing, target, prepared, context);
    const notes = [...prepared.notes, ...notesOf(spec, routing, context)];
    const cell = { ...measured, notes };
    return { cell, topKeyShare: routing.topKeyShare };
  } finally {
    await target.close();
  }
}

function routingOf(spec: CellSpec, { scenario, workload, plan }: CellContext): Routing {
  const { strategy } = spec;
  if (strategy === null) {
    return {
      plan: singlePlan(workload.operations),
      shardOf: () => 0,
      splitBy: null,
      notes: [],
      placement: noPlacement,
      warnings: [],
      topKeyShare: null,
    };
  }
  const topology = { shardCount: spec.shardCount, weights: scenario.topology.weights };
  const known = knownKeys(workload, strategy.key);
  const { type } = keyColumn(workload, strategy.key);
  const router: Router = buildRouter(strategy, topology, type, known);
  const split = strategySplit(workload, strategy, known);
  const writes = writesByKey(workload, plan, strategy.key, split);
  const column = scenario.schema.columns.find(({ name }) => name === strategy.key);
  const of = column?.generator.kind === 'tenant' ? 'load' : 'rows';
  return {
    plan: routePlan(workload, router, strategy.key, split),
    shardOf: shardOfRow(workload, router, strategy.key, split),
    splitBy: split?.by ?? null,
    notes: overlayNotes(strategy, known, router, of),
    placement: writePlacement(strategy, topology, known, writes),
    warnings: router.warnings ?? [],
    topKeyShare: largestShare(writes.counts),
  };
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
  target: PostgresTarget,
  { addresses, contents }: PreparedShards,
  context: CellContext,
): Promise<Partial<Cell>> {
  const { scenario, workload, pacer, clock, broken, fleet } = context;
  const { limits } = scenario;
  const driver = new Driver(
    routing.plan,
    {
      operationTimeoutNs: limits.operationTimeoutMs * 1e6,
      shardTimeoutNs: limits.shardTimeoutMs * 1e6,
      connectionsPerShard: limits.connectionsPerShard,
      queuePerShard: limits.queuePerShard,
    },
    { target, pacer, clock, ticker: intervalTicker },
  );
  const recorderOf = (windowMs: number): Recorder =>
    new Recorder({
      shardCount: spec.shardCount,
      kinds: workload.operations.map(({ kind }) => kind),
      windowNs: windowMs * 1e6,
    });
  const runPhase = async (phase: Phase, recorder: Recorder): Promise<void> => {
    try {
      await Promise.race([driver.run(phase, recorder), broken]);
    } catch (error) {
      driver.stop();
      throw error;
    }
  };
  if (scenario.warmupMs > 0) {
    context.stage('warm-up');
    await runPhase('warmup', recorderOf(scenario.warmupMs));
  }
  context.stage('measure');
  const before = await serverCounters(addresses);
  const throttledBefore = await fleet.throttling();
  const recorder = recorderOf(scenario.durationMs);
  const stopCheckpoints = await watchCheckpoints(addresses, (shard, count) =>
    driver.sawCheckpoints(shard, count),
  );
  const stopWatching = watchGenerator();
  try {
    await runPhase('measure', recorder);
  } finally {
    await stopCheckpoints();
  }
  const generator = stopWatching();
  const throttledAfter = await fleet.throttling();
  const after = await serverCounters(addresses);
  const metrics = cellMetrics(recorder, {
    operations: workload.operations.map((operation) => ({
      name: operation.name,
      kind: operation.kind,
      routing: classify(operation, spec.strategy?.key ?? null, routing.splitBy),
    })),
    connectionsPerShard: limits.connectionsPerShard,
    contents,
    throttledFractions: contents.map((_, shard) =>
      throttledFraction(throttledBefore[shard] ?? null, throttledAfter[shard] ?? null),
    ),
    placement: routing.placement,
    generator,
    concurrency: pacer.concurrency(),
  });
  return { ...metrics, server: countersBetween(before, after) };
}

function notesOf(spec: CellSpec, { warnings, notes: own, splitBy }: Routing, { workload }: CellContext): string[] {
  const notes = [...warnings, ...own];
  const key = spec.strategy?.key;
  if (key === undefined || spec.shardCount === 1) return notes;
  for (const operation of workload.operations) {
    if (!canCrossShards(operation, key, splitBy)) continue;
    const unbound = canCrossShards(operation, key) ? key : `${splitBy}, by which keys are split`;
    notes.push(
      `${operation.name} can write on several shards at once: it does not bind one value of ` +
        `${unbound}. Such a write is not atomic; it counts on every shard it touches.`,
    );
  }
  return notes;
}
