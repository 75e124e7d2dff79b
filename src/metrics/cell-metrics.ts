import { present } from '../base/assert.ts';
import { histogramOf } from '../base/histogram.ts';
import type { HistogramCounts } from '../base/histogram-counts.ts';
import type { Unworded } from '../result/finding.ts';
import type { NotRunnable } from '../result/table-result.ts';
import type { TenantClassResult } from '../result/tenant-class.ts';
import type { WatchedTimesResult } from '../result/threshold-result.ts';
import type { Cell, ShardResult, WriteSpread } from '../result/types.ts';
import { type AlarmSettings, alarms } from './alarms.ts';
import { arrivalsOf, type CellSamples, type ShardSamples } from './cell-samples.ts';
import { Course } from './course.ts';
import { errorsByCode } from './error-tally.ts';
import { fanOutResults } from './fan-out-results.ts';
import type { AlarmFacts } from './judge-sustained.ts';
import { mergeSamples } from './merge-samples.ts';
import { shardLoad } from './shard-load.ts';
import { pressureOfLastThird, pressureOfWindow } from './shard-pressure.ts';
import { shardSeries, type ShardSeries } from './shard-series.ts';
import { spread } from './imbalance.ts';
import { driftsOf } from './drifting.ts';
import { littlesLaw, type LittlesLaw } from './littles-law.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { notRunnableOf, partOfWorkload, skippedOf } from './not-runnable.ts';
import { outcomes } from './outcome.ts';
import type { Disagreement } from './repeats-disagree.ts';
import { tenantClassResults } from './tenant-classes.ts';
import { distributionMs, responseDistributionMs, timedMs } from './percentiles.ts';
import {
  emptyOperations,
  errorCounts,
  type KnownOperation,
  type OperationCounts,
  operationResults,
} from './operation-results.ts';
import { watchedResults } from './watched-results.ts';
import { judge, type Judgement } from './verdict.ts';
import type { Failures } from './failing.ts';

/** What a cell's numbers follow from besides its samples. */
export interface CellFacts {
  readonly operations: readonly KnownOperation[];
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
  readonly alarms: Omit<AlarmSettings, 'windowMs'>;
  /** Parts in which the window was measured; absent: in one. */
  readonly repeats?: number;
  /** How far these are from each other; absent or null where they agree. */
  readonly disagreement?: Disagreement | null;
}

/**
 * A cell's part of the result that follows from its samples; nothing of it is missing. What was
 * found are facts: they get their sentences where the document is made.
 */
export interface CellMetrics {
  readonly verdict: Judgement;
  readonly load: NonNullable<Cell['load']>;
  /** null: the cell was simulated. */
  readonly generator: Cell['generator'];
  /** null: of a ramp no one percentile means anything. */
  readonly overall: Cell['overall'];
  readonly shards: Cell['shards'];
  readonly operations: readonly OperationCounts[];
  readonly errors: NonNullable<Cell['errors']>;
  readonly imbalance: NonNullable<Cell['imbalance']>;
  readonly fanOut: NonNullable<Cell['fanOut']>;
  /** Absent where no tenant is larger than another. */
  readonly tenantClasses?: TenantClassResult[];
  /** Absent where the strategy can run the whole workload. */
  readonly notRunnable?: Unworded<NotRunnable>;
  readonly alarms: readonly AlarmFacts[];
  /** Absent where no limit asks for times. */
  readonly watched?: WatchedTimesResult[];
}

/**
 * From what the generators of one cell have left, each its samples, to the cell's part of the
 * result.
 */
export function cellMetrics(
  parts: readonly [CellSamples, ...CellSamples[]],
  facts: CellFacts,
): CellMetrics {
  const samples = parts.reduce(mergeSamples);
  const seconds = samples.windowNs / 1e9;
  const series = samples.shards.map((shard) => shardSeries(shard.seconds));
  const shards = samples.shards.map((shard, index) =>
    shardResult(shard, { shard: index, seconds, series: present(series[index], 'series') }, facts),
  );
  const overall = { responseMs: timedMs(samples.overall) };
  const scheduleLagMs = distribution(samples.scheduleLag);
  // With failures the mean over all operations is unknown, and so is what Little's law asks for.
  const little = littlesLaw(
    samples.concurrency,
    arrivalsOf(samples) / seconds,
    overall.responseMs.mean,
  );
  const { sampled, computed, ratio } = little;
  const operations = operationResults(samples, seconds, facts);
  const errors = errorCounts(samples, facts);
  const failures = { operations, errors, limit: facts.errorFraction };
  const notRunnable = notRunnableOf(samples, facts);
  const p99 = { response: overall.responseMs.p99, scheduleLag: scheduleLagMs.p99 };
  const isRamp = facts.arrivals.process === 'ramp';
  const { status, reasons } = verdictOf(samples, shards, facts, p99, little, failures);
  return {
    verdict: { status, reasons: [...reasons, ...partOfWorkload(notRunnable, operations.length)] },
    load: loadOf(samples, seconds, operations),
    generator: facts.generator && {
      ...facts.generator,
      scheduleLagMs,
      little: { sampled, computed, ratio },
    },
    // Of a ramp no one percentile means anything: each second has a rate of its own.
    overall: isRamp ? null : overall,
    shards,
    operations,
    errors,
    imbalance: {
      writeQps: { ...spread(samples.shards.map((shard) => shard.writesSent)), ...facts.placement },
      rows: spread(facts.contents.map(({ rows }) => rows)),
      bytes: spread(facts.contents.map(({ bytes }) => bytes)),
    },
    fanOut: fanOutResults(samples, facts),
    ...(samples.tenantClasses &&
      !isRamp && { tenantClasses: tenantClassResults(samples.tenantClasses) }),
    ...(notRunnable && { notRunnable }),
    ...(samples.watched && { watched: watchedResults(samples.watched, facts.operations) }),
    alarms: alarms(
      shards.map((shard, i) => shardLoad(shard, present(series[i], 'series'), seconds)),
      { ...facts.alarms, windowMs: seconds * 1000 },
    ),
  };
}

const distribution = (counted: HistogramCounts) => distributionMs(histogramOf(counted));

function loadOf(
  samples: CellSamples,
  seconds: number,
  operations: readonly OperationCounts[],
): NonNullable<Cell['load']> {
  const count = (outcome: number): number => samples.outcomes[outcome] ?? 0;
  const arrivals = arrivalsOf(samples);
  const skipped = skippedOf(samples);
  const errors = [...errorsByCode(samples.errors)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    offeredQps: arrivals / seconds,
    acceptedQps: samples.okInWindow / seconds,
    arrivals,
    ok: count(outcomes.ok),
    expected: operations.reduce((sum, { expected }) => sum + expected, 0),
    failed: count(outcomes.failed),
    timedOut: count(outcomes.timedOut),
    dropped: count(outcomes.dropped),
    ...(skipped > 0 && { skipped }),
    errorsByCode: Object.fromEntries(errors.map(([code, { count: n }]) => [code, n])),
    errorMessages: Object.fromEntries(errors.map(([code, { message }]) => [code, message])),
  };
}

interface ShardOfCell {
  readonly shard: number;
  readonly series: ShardSeries;
  /** Length of the window. */
  readonly seconds: number;
}

function shardResult(
  samples: ShardSamples,
  { shard, series, seconds }: ShardOfCell,
  facts: CellFacts,
): ShardResult {
  const queueWaitMs = distribution(samples.queueWait);
  const response = histogramOf(samples.response);
  const service = histogramOf(samples.service);
  return {
    shard,
    writeQps: samples.writesInWindow / seconds,
    readQps: samples.readsInWindow / seconds,
    writesSent: samples.writesSent,
    readsSent: samples.readsSent,
    responseMs: responseDistributionMs(
      response,
      samples.errors + samples.timeouts + samples.dropped,
    ),
    serviceMs: distributionMs(service),
    queueWaitMs,
    errors: samples.errors,
    timeouts: samples.timeouts,
    rows: facts.contents[shard]?.rows ?? 0,
    bytes: facts.contents[shard]?.bytes ?? 0,
    throttledFraction: facts.throttledFractions[shard] ?? null,
    pool: {
      max: facts.connectionsPerShard,
      waitMs: queueWaitMs.mean,
      fullFraction: fullFraction(samples),
      maxQueued: samples.maxQueued,
    },
    byOperation: facts.operations.map(({ name }, i) => ({
      operation: name,
      qps: (samples.inWindowByOperation[i] ?? 0) / seconds,
      serviceMs: meanServiceMs(samples, i),
    })),
    histograms: { responseNs: response.encode(), serviceNs: service.encode() },
    series: [...series.rows],
  };
}

function meanServiceMs(samples: ShardSamples, operation: number) {
  const count = samples.servedByOperation[operation] ?? 0;
  const totalNs = samples.serviceNsByOperation[operation] ?? 0;
  return { mean: count === 0 ? null : totalNs / count / 1e6, count };
}

const fullFraction = ({ poolLooks, poolFullLooks }: ShardSamples): number =>
  poolLooks === 0 ? 0 : poolFullLooks / poolLooks;

function verdictOf(
  samples: CellSamples,
  shards: readonly ShardResult[],
  facts: CellFacts,
  p99: { readonly response: number | null; readonly scheduleLag: number | null },
  little: LittlesLaw,
  failures: Failures,
): Judgement {
  const { generators } = samples;
  const pressed = samples.shards.map(({ pressure }, shard) => ({ shard, pressure, generators }));
  return judge({
    shards: pressed.map(pressureOfWindow),
    lastThird: pressed.map(pressureOfLastThird),
    throttledFractions: shards.map(({ throttledFraction }) => throttledFraction),
    drifts: driftsOf(new Course(samples.course, shards.length, generators)),
    machine: facts.generator?.machine ?? [],
    busiest: facts.generator?.busiest ?? [],
    arrivals: facts.arrivals,
    responseMsP99: p99.response,
    scheduleLagMsP99: p99.scheduleLag,
    eventLoopUtilization: facts.generator?.eventLoopUtilization ?? null,
    little,
    operations: arrivalsOf(samples),
    failures: samples.overall.failures,
    failing: failures,
    empty: emptyOperations(samples, facts),
    repeats: facts.repeats ?? 1,
    disagreement: facts.disagreement ?? null,
  });
}
