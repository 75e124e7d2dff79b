import type { Cell, OperationResult, ShardResult, Verdict, WriteSpread } from '../result/types.ts';
import { type AlarmSettings, alarms } from './alarms.ts';
import { shardLoad } from './shard-load.ts';
import { spread } from './imbalance.ts';
import { driftsOf } from './drifting.ts';
import { littlesLaw, type LittlesLaw } from './littles-law.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { outcomes } from './outcome.ts';
import { distributionMs, responseDistributionMs } from './percentiles.ts';
import type { Recorder, Timed } from './recorder.ts';
import type { ShardRecorder } from './shard-recorder.ts';
import {
  emptyOperations,
  errorCounts,
  type OperationCounts,
  operationResults,
} from './operation-results.ts';
import { judge } from './verdict.ts';
import type { Failures } from './failing.ts';

/** What a cell's numbers follow from besides its samples. */
export interface CellFacts {
  readonly operations: readonly {
    readonly name: string;
    readonly kind: 'read' | 'write';
    readonly routing: OperationResult['routing'];
    /** Whether its transaction ends with a ROLLBACK of its own. */
    readonly rollsBack: boolean;
    /** Whether every one of its queries may touch no row. */
    readonly mayBeEmpty: boolean;
  }[];
  readonly arrivals: ArrivalProcess;
  /** `limits.errors`. */
  readonly errorFraction: number;
  readonly connectionsPerShard: number;
  /** Content of each shard before the first operation. */
  readonly contents: readonly { readonly rows: number; readonly bytes: number }[];
  readonly throttledFractions: readonly (number | null)[];
  readonly placement: Pick<WriteSpread, 'idealMaxOverMean' | 'tenantFloor' | 'band'>;
  /** null: the cell was simulated, and no load generator was in its way. */
  readonly generator: Omit<NonNullable<Cell['generator']>, 'scheduleLagMs' | 'little'> | null;
  readonly concurrency: readonly number[];
  readonly alarms: Omit<AlarmSettings, 'windowMs'>;
}

/** A cell's part of the result that follows from its samples; nothing of it is missing. */
export interface CellMetrics {
  readonly verdict: Verdict;
  readonly load: NonNullable<Cell['load']>;
  /** null: the cell was simulated. */
  readonly generator: Cell['generator'];
  /** null: of a ramp no one percentile means anything. */
  readonly overall: Cell['overall'];
  readonly shards: Cell['shards'];
  readonly operations: Cell['operations'];
  readonly errors: NonNullable<Cell['errors']>;
  readonly imbalance: NonNullable<Cell['imbalance']>;
  readonly fanOut: NonNullable<Cell['fanOut']>;
  readonly alarms: Cell['alarms'];
}

/** From the samples of one cell to its part of the result. */
export function cellMetrics(recorder: Recorder, facts: CellFacts): CellMetrics {
  const seconds = recorder.options.windowNs / 1e9;
  const shards = recorder.shards.map((shard, index) => shardResult(shard, index, seconds, facts));
  const overall = { responseMs: timed(recorder.overall) };
  const scheduleLagMs = distributionMs(recorder.scheduleLag);
  // With failures the mean over all operations is unknown, and so is what Little's law asks for.
  const little = littlesLaw(
    facts.concurrency,
    recorder.arrivals / seconds,
    overall.responseMs.mean,
  );
  const { sampled, computed, ratio } = little;
  const operations = operationResults(recorder, seconds, facts);
  const errors = errorCounts(recorder, facts);
  const failures = { operations, errors, limit: facts.errorFraction };
  const p99 = { response: overall.responseMs.p99, scheduleLag: scheduleLagMs.p99 };
  return {
    verdict: verdictOf(recorder, shards, facts, p99, little, failures),
    load: loadOf(recorder, seconds, operations),
    generator: facts.generator && {
      ...facts.generator,
      scheduleLagMs,
      little: { sampled, computed, ratio },
    },
    // Of a ramp no one percentile means anything: each second has a rate of its own.
    overall: facts.arrivals.process === 'ramp' ? null : overall,
    shards,
    operations,
    errors,
    imbalance: {
      writeQps: { ...spread(recorder.shards.map((shard) => shard.writesSent)), ...facts.placement },
      rows: spread(facts.contents.map(({ rows }) => rows)),
      bytes: spread(facts.contents.map(({ bytes }) => bytes)),
    },
    fanOut: fanOutOf(recorder),
    alarms: alarms(
      shards.map((shard, i) => shardLoad(shard, recorder.shard(i), seconds)),
      { ...facts.alarms, windowMs: seconds * 1000 },
    ),
  };
}

const timed = ({ ok, failures }: Timed) => responseDistributionMs(ok, failures);

function loadOf(
  recorder: Recorder,
  seconds: number,
  operations: readonly OperationCounts[],
): NonNullable<Cell['load']> {
  const count = (outcome: number): number => recorder.outcomes[outcome] ?? 0;
  const errors = [...recorder.errorsByCode].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    offeredQps: recorder.arrivals / seconds,
    acceptedQps: recorder.okInWindow / seconds,
    arrivals: recorder.arrivals,
    ok: count(outcomes.ok),
    expected: operations.reduce((sum, { expected }) => sum + expected, 0),
    failed: count(outcomes.failed),
    timedOut: count(outcomes.timedOut),
    dropped: count(outcomes.dropped),
    errorsByCode: Object.fromEntries(errors.map(([code, { count: n }]) => [code, n])),
    errorMessages: Object.fromEntries(errors.map(([code, { message }]) => [code, message])),
  };
}

function shardResult(
  recorder: ShardRecorder,
  shard: number,
  seconds: number,
  facts: CellFacts,
): ShardResult {
  const queueWaitMs = distributionMs(recorder.queueWait);
  return {
    shard,
    writeQps: recorder.writesInWindow / seconds,
    readQps: recorder.readsInWindow / seconds,
    writesSent: recorder.writesSent,
    readsSent: recorder.readsSent,
    responseMs: responseDistributionMs(
      recorder.response,
      recorder.errors + recorder.timeouts + recorder.dropped,
    ),
    serviceMs: distributionMs(recorder.service),
    queueWaitMs,
    errors: recorder.errors,
    timeouts: recorder.timeouts,
    rows: facts.contents[shard]?.rows ?? 0,
    bytes: facts.contents[shard]?.bytes ?? 0,
    throttledFraction: facts.throttledFractions[shard] ?? null,
    pool: {
      max: facts.connectionsPerShard,
      waitMs: queueWaitMs.mean,
      fullFraction: fullFraction(recorder),
      maxQueued: recorder.maxQueued,
    },
    byOperation: facts.operations.map(({ name }, i) => ({
      operation: name,
      qps: (recorder.byOperation[i] ?? 0) / seconds,
      serviceMs: meanServiceMs(recorder, i),
    })),
    histograms: { responseNs: recorder.response.encode(), serviceNs: recorder.service.encode() },
    series: recorder.series,
  };
}

function meanServiceMs(recorder: ShardRecorder, operation: number) {
  const count = recorder.servedByOperation[operation] ?? 0;
  const totalNs = recorder.serviceNsByOperation[operation] ?? 0;
  return { mean: count === 0 ? null : totalNs / count / 1e6, count };
}

const fullFraction = ({ poolSamples, poolFullSamples }: ShardRecorder): number =>
  poolSamples === 0 ? 0 : poolFullSamples / poolSamples;

function fanOutOf(recorder: Recorder): NonNullable<Cell['fanOut']> {
  const { arrivals, scattersTimed, scatterShardQueries } = recorder;
  const share = (count: number): number => (arrivals === 0 ? 0 : count / arrivals);
  const meanSlowest = recorder.slowestServiceNsTotal / scattersTimed;
  const meanService = recorder.scatterServiceNsTotal / scatterShardQueries;
  return {
    singleShardFraction: share(recorder.operationsTouchingOne),
    multiShardFraction: share(recorder.operationsTouchingSome),
    scatterFraction: share(recorder.operationsTouchingAll),
    shardQueriesPerOperation: share(recorder.shardQueries),
    singleShardMs: timed(recorder.singleShard),
    scatterMs: timed(recorder.scatter),
    stragglerPenalty: scattersTimed === 0 ? null : meanSlowest / meanService,
    crossShardWrites: recorder.crossShardWrites,
  };
}

function verdictOf(
  recorder: Recorder,
  shards: readonly ShardResult[],
  facts: CellFacts,
  p99: { readonly response: number | null; readonly scheduleLag: number | null },
  little: LittlesLaw,
  failures: Failures,
): Verdict {
  return judge({
    shards: recorder.shards.map(({ pressure }, shard) => pressure.whole(shard)),
    lastThird: recorder.shards.map(({ pressure }, shard) => pressure.lastThird(shard)),
    throttledFractions: shards.map(({ throttledFraction }) => throttledFraction),
    drifts: driftsOf(recorder.course),
    machine: facts.generator?.machine ?? [],
    arrivals: facts.arrivals,
    responseMsP99: p99.response,
    scheduleLagMsP99: p99.scheduleLag,
    eventLoopUtilization: facts.generator?.eventLoopUtilization ?? null,
    little,
    operations: recorder.arrivals,
    failures: recorder.overall.failures,
    failing: failures,
    empty: emptyOperations(recorder, facts),
    repeats: 1,
  });
}
