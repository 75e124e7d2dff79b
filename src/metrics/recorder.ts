import { createHistogram, type Histogram } from '../base/histogram.ts';
import { present } from '../base/assert.ts';
import type { CellSamples, FanOutSamples, OperationSamples } from './cell-samples.ts';
import { CourseRecorder } from './course-recorder.ts';
import { courseShape } from './course.ts';
import { ErrorTally, type NewError } from './error-tally.ts';
import { outcomes, type Outcome } from './outcome.ts';
import { ServiceRecorder } from './service-recorder.ts';
import { ShardRecorder } from './shard-recorder.ts';
import { ClassRecorder, type TenantClasses } from './tenant-classes.ts';
import { type Timed, timed, timedSamples } from './timed.ts';
import { type WatchedKind, WatchedTimes } from './watched-times.ts';

export interface RecorderOptions {
  readonly shardCount: number;
  /** Kind of each operation, by index. */
  readonly kinds: readonly ('read' | 'write')[];
  readonly windowNs: number;
  /** Whether each shard has a row for every second; absent: it has. */
  readonly series?: boolean;
  /** SQLSTATEs of each operation that count as success; absent: none. */
  readonly expected?: readonly (readonly string[])[];
  readonly onNewError?: NewError;
  /** Length of a cycle of the arrivals, which is not to be cut; absent: they have none. */
  readonly cycleNs?: number | null;
  /** Absent or null: tenants are not told apart. */
  readonly tenantClasses?: TenantClasses | null;
  /** Times that limits ask for; absent: none. */
  readonly watched?: readonly WatchedKind[];
}

/**
 * Turns the samples of one cell into counters and histograms. Flat in memory: nothing grows with
 * the number of operations. All times are nanoseconds since the start of the measured window.
 */
export class Recorder {
  readonly options: RecorderOptions;
  readonly shards: readonly ShardRecorder[];
  readonly service: ServiceRecorder;
  readonly overall: Timed = timed();
  readonly singleShard: Timed = timed();
  readonly scatter: Timed = timed();
  readonly tenantClasses: ClassRecorder | null;
  readonly byOperation: readonly Timed[];
  readonly arrivalsByOperation: Float64Array;
  readonly finishedInWindowByOperation: Float64Array;
  readonly errorsByOperation: Float64Array;
  readonly failedByOperation: Float64Array;
  readonly timedOutByOperation: Float64Array;
  /** Of the successes, those with an error that the scenario expects. */
  readonly expectedByOperation: Float64Array;
  /** Answers whose rows were counted, and these rows. */
  readonly answersByOperation: Float64Array;
  readonly returnedByOperation: Float64Array;
  readonly affectedByOperation: Float64Array;
  /** Arrivals that were not run: in no other number. */
  readonly skippedByOperation: Float64Array;
  /** Operations whose writes and locking reads reached two shards or more. */
  readonly crossShardByOperation: Float64Array;
  readonly scheduleLag: Histogram = createHistogram();
  /** Operations by outcome, indexed by Outcome. */
  readonly outcomes = new Float64Array(4);
  readonly errors: ErrorTally;
  readonly course: CourseRecorder;
  /** null where no limit asks for times. */
  readonly watched: WatchedTimes | null;
  okInWindow = 0;
  shardQueries = 0;
  operationsTouchingOne = 0;
  operationsTouchingSome = 0;
  operationsTouchingAll = 0;
  /** Shards that operations across shards touched, one after another added up. */
  crossShardTouched = 0;
  slowestServiceNsTotal = 0;
  scatterServiceNsTotal = 0;
  scatterShardQueries = 0;
  scattersTimed = 0;

  constructor(options: RecorderOptions) {
    this.options = options;
    const { shardCount, kinds, windowNs, series, cycleNs = null, watched = [] } = options;
    this.watched = watched.length === 0 ? null : new WatchedTimes(watched, kinds);
    const { tenantClasses = null } = options;
    this.tenantClasses = tenantClasses && new ClassRecorder(tenantClasses);
    this.course = new CourseRecorder(courseShape(windowNs, cycleNs));
    this.service = new ServiceRecorder(kinds.length, windowNs);
    this.shards = Array.from({ length: shardCount }, (_, shard) => {
      const times = this.watched;
      const own = new ShardRecorder(kinds, windowNs, this.service, this.course, series);
      if (times !== null) own.watch(shard, times);
      return own;
    });
    this.byOperation = kinds.map(timed);
    this.arrivalsByOperation = new Float64Array(kinds.length);
    this.finishedInWindowByOperation = new Float64Array(kinds.length);
    this.errorsByOperation = new Float64Array(kinds.length);
    this.failedByOperation = new Float64Array(kinds.length);
    this.timedOutByOperation = new Float64Array(kinds.length);
    this.expectedByOperation = new Float64Array(kinds.length);
    this.answersByOperation = new Float64Array(kinds.length);
    this.returnedByOperation = new Float64Array(kinds.length);
    this.affectedByOperation = new Float64Array(kinds.length);
    this.skippedByOperation = new Float64Array(kinds.length);
    this.crossShardByOperation = new Float64Array(kinds.length);
    this.errors = new ErrorTally(options.onNewError);
  }

  shard(index: number): ShardRecorder {
    return present(this.shards[index], 'shard');
  }

  /** Closes the per-second series; nothing is recorded afterwards. */
  finish(): void {
    for (const shard of this.shards) shard.finish();
  }

  /**
   * All that was recorded, once it has finished. `concurrency` is what the pacer saw of the
   * operations under way: a mean for each second.
   */
  samples(concurrency: readonly number[]): CellSamples {
    return {
      windowNs: this.options.windowNs,
      generators: 1,
      concurrency,
      overall: timedSamples(this.overall),
      singleShard: timedSamples(this.singleShard),
      scatter: timedSamples(this.scatter),
      scheduleLag: this.scheduleLag.counts(),
      outcomes: this.outcomes,
      okInWindow: this.okInWindow,
      fanOut: this.fanOutSamples(),
      operations: this.byOperation.map((response, operation) =>
        this.operationSamples(response, operation),
      ),
      shards: this.shards.map((shard) => shard.samples()),
      errors: this.errors.samples(),
      course: this.course.samples(),
      tenantClasses: this.tenantClasses?.samples() ?? null,
      ...(this.watched && { watched: this.watched.samples() }),
    };
  }

  private fanOutSamples(): FanOutSamples {
    return {
      shardQueries: this.shardQueries,
      touchingOne: this.operationsTouchingOne,
      touchingSome: this.operationsTouchingSome,
      touchingAll: this.operationsTouchingAll,
      crossShardTouched: this.crossShardTouched,
      slowestServiceNsTotal: this.slowestServiceNsTotal,
      serviceNsTotal: this.scatterServiceNsTotal,
      shardsTimed: this.scatterShardQueries,
      operationsTimed: this.scattersTimed,
    };
  }

  private operationSamples(response: Timed, operation: number): OperationSamples {
    const at = (counts: Float64Array): number => counts[operation] ?? 0;
    return {
      response: timedSamples(response),
      arrivals: at(this.arrivalsByOperation),
      finishedInWindow: at(this.finishedInWindowByOperation),
      errors: at(this.errorsByOperation),
      failed: at(this.failedByOperation),
      timedOut: at(this.timedOutByOperation),
      expected: at(this.expectedByOperation),
      answers: at(this.answersByOperation),
      returned: at(this.returnedByOperation),
      affected: at(this.affectedByOperation),
      skipped: at(this.skippedByOperation),
      crossShard: at(this.crossShardByOperation),
      service: this.service.samples(operation),
    };
  }

  get arrivals(): number {
    return this.outcomes.reduce((sum, count) => sum + count, 0);
  }

  /** One sample: an operation that has ended, whatever its outcome. */
  operation(
    operation: number,
    tenant: number,
    fanOut: number,
    intendedNs: number,
    dispatchedNs: number,
    finishedNs: number,
    outcome: Outcome,
  ): void {
    this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
    this.arrivalsByOperation[operation] = (this.arrivalsByOperation[operation] ?? 0) + 1;
    this.scheduleLag.record(dispatchedNs - intendedNs);
    this.watched?.operation(operation, finishedNs - intendedNs, dispatchedNs - intendedNs, outcome);
    this.shardQueries += fanOut;
    const byFanOut = this.countFanOut(fanOut);
    const own = present(this.byOperation[operation], 'operation');
    if (outcome !== outcomes.ok) {
      this.overall.failures += 1;
      own.failures += 1;
      if (byFanOut !== null) byFanOut.failures += 1;
      this.tenantClasses?.failed(tenant, fanOut);
      this.countFailure(operation, outcome);
      this.course.failed(intendedNs);
      return;
    }
    const responseNs = finishedNs - intendedNs;
    this.course.succeeded(intendedNs, finishedNs);
    this.overall.ok.record(responseNs);
    own.ok.record(responseNs);
    if (byFanOut !== null) byFanOut.ok.record(responseNs);
    this.tenantClasses?.succeeded(tenant, fanOut, responseNs);
    if (finishedNs < this.options.windowNs) {
      this.okInWindow += 1;
      this.finishedInWindowByOperation[operation] =
        (this.finishedInWindowByOperation[operation] ?? 0) + 1;
    }
  }

  private countFanOut(fanOut: number): Timed | null {
    if (fanOut === 1) {
      this.operationsTouchingOne += 1;
      return this.singleShard;
    }
    if (fanOut === this.options.shardCount) {
      this.operationsTouchingAll += 1;
      return this.scatter;
    }
    this.operationsTouchingSome += 1;
    return null;
  }

  /** An arrival of an operation that the cell cannot run: it is settled, and nothing else. */
  skipped(operation: number): void {
    increment(this.skippedByOperation, operation);
  }

  /**
   * An arrival whose writes and locking reads reach two shards or more, when it is routed: whatever
   * becomes of it.
   */
  crossesShards(operation: number, fanOut: number): void {
    increment(this.crossShardByOperation, operation);
    this.crossShardTouched += fanOut;
  }

  /** Of a scatter-gather that succeeded: service times of its slowest shard and of all together. */
  scatterService(slowestNs: number, totalNs: number, shards: number): void {
    this.slowestServiceNsTotal += slowestNs;
    this.scatterServiceNsTotal += totalNs;
    this.scatterShardQueries += shards;
    this.scattersTimed += 1;
  }

  expects(operation: number, code: string): boolean {
    return this.options.expected?.[operation]?.includes(code) === true;
  }

  /** An operation that has ended well with an error that the scenario expects. */
  sawExpected(operation: number): void {
    increment(this.expectedByOperation, operation);
  }

  rows(operation: number, returned: number, affected: number): void {
    increment(this.answersByOperation, operation);
    this.returnedByOperation[operation] = (this.returnedByOperation[operation] ?? 0) + returned;
    this.affectedByOperation[operation] = (this.affectedByOperation[operation] ?? 0) + affected;
  }

  private countFailure(operation: number, outcome: Outcome): void {
    increment(this.errorsByOperation, operation);
    if (outcome === outcomes.failed) increment(this.failedByOperation, operation);
    if (outcome === outcomes.timedOut) increment(this.timedOutByOperation, operation);
  }
}

function increment(counts: Float64Array, place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}
