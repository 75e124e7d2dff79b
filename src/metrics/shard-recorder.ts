import { createHistogram, type Histogram } from '../base/histogram.ts';
import type { SecondSamples, ShardSamples } from './cell-samples.ts';
import type { CourseRecorder } from './course-recorder.ts';
import { outcomes, type Outcome } from './outcome.ts';
import { PressureRecorder } from './pressure-recorder.ts';
import type { ServiceRecorder } from './service-recorder.ts';
import type { WatchedTimes } from './watched-times.ts';

const secondNs = 1e9;

/** What one shard did in one cell. */
export class ShardRecorder {
  response: Histogram = createHistogram();
  readonly service: Histogram = createHistogram();
  readonly queueWait: Histogram = createHistogram();
  readonly byOperation: Float64Array;
  /** Successes by operation, also those that finished after the window, and their service times. */
  readonly servedByOperation: Float64Array;
  readonly serviceNsByOperation: Float64Array;
  /** Sent shard queries of operations intended within the window. */
  writesSent = 0;
  readsSent = 0;
  /** Successes that finished within the window. */
  writesInWindow = 0;
  readsInWindow = 0;
  errors = 0;
  timeouts = 0;
  /** Of the time-outs, those that never got a connection. */
  expired = 0;
  dropped = 0;
  // Samples of the pool, taken at a fixed period.
  poolSamples = 0;
  poolFullSamples = 0;
  maxQueued = 0;
  readonly pressure: PressureRecorder;

  private readonly kinds: readonly ('read' | 'write')[];
  private readonly windowNs: number;
  private readonly serviceOfAll: ServiceRecorder;
  private readonly keepsSeries: boolean;
  private readonly course: CourseRecorder;
  /** Seconds that have ended; grows while the cell runs. */
  readonly closed: SecondSamples[] = [];
  private readonly current = createHistogram();
  /**
   * Successes that were sent in the very moment in which they were intended, as most are in virtual
   * time: their response and service times are one, and `finish` gives them to both.
   */
  private direct = createHistogram();
  private second = 0;
  private writes = 0;
  private reads = 0;
  private secondErrors = 0;
  private queued = 0;
  private ended = 0;
  private waitedNs = 0;
  private droppedBefore = 0;
  /** null where nobody looks for checkpoints. */
  private checkpoints: number | null = null;
  private walBytes: number | null = null;
  private shard = 0;
  /** null where no limit asks for times. */
  private watched: WatchedTimes | null = null;

  constructor(
    kinds: readonly ('read' | 'write')[],
    windowNs: number,
    serviceOfAll: ServiceRecorder,
    course: CourseRecorder,
    keepsSeries = true,
  ) {
    this.kinds = kinds;
    this.windowNs = windowNs;
    this.serviceOfAll = serviceOfAll;
    this.keepsSeries = keepsSeries;
    this.course = course;
    this.pressure = new PressureRecorder(windowNs);
    this.byOperation = new Float64Array(kinds.length);
    this.servedByOperation = new Float64Array(kinds.length);
    this.serviceNsByOperation = new Float64Array(kinds.length);
  }

  /** Has times of this shard kept, which has this index. */
  watch(shard: number, watched: WatchedTimes): void {
    this.shard = shard;
    this.watched = watched;
  }

  sent(operation: number): void {
    if (this.kinds[operation] === 'write') this.writesSent += 1;
    else this.readsSent += 1;
  }

  /**
   * One shard query that has ended; `acquiredNs` is NaN when it never got a connection. It is sent
   * in the same instant in which it gets one, so acquired and sent are one time.
   */
  query(
    operation: number,
    intendedNs: number,
    dispatchedNs: number,
    acquiredNs: number,
    finishedNs: number,
    outcome: Outcome,
  ): void {
    this.turnTo(finishedNs);
    this.ended += 1;
    this.pressure.ended(finishedNs, Number.isNaN(acquiredNs));
    this.watched?.query(
      this.shard,
      operation,
      finishedNs - intendedNs,
      (Number.isNaN(acquiredNs) ? finishedNs : acquiredNs) - dispatchedNs,
      finishedNs - acquiredNs,
      outcome,
    );
    if (acquiredNs === intendedNs && outcome === outcomes.ok) {
      this.direct.record(finishedNs - intendedNs);
      this.success(operation, finishedNs - intendedNs, finishedNs - acquiredNs, finishedNs);
      return;
    }
    const waitedUntilNs = Number.isNaN(acquiredNs) ? finishedNs : acquiredNs;
    if (Number.isNaN(acquiredNs)) this.expired += 1;
    this.queueWait.record(waitedUntilNs - dispatchedNs);
    this.waitedNs += waitedUntilNs - dispatchedNs;
    if (outcome !== outcomes.ok) {
      this.failure(finishedNs, outcome);
      return;
    }
    this.response.record(finishedNs - intendedNs);
    this.service.record(finishedNs - acquiredNs);
    this.success(operation, finishedNs - intendedNs, finishedNs - acquiredNs, finishedNs);
  }

  private success(
    operation: number,
    responseNs: number,
    serviceNs: number,
    finishedNs: number,
  ): void {
    this.serviceOfAll.record(operation, serviceNs, finishedNs);
    this.servedByOperation[operation] = (this.servedByOperation[operation] ?? 0) + 1;
    this.serviceNsByOperation[operation] = (this.serviceNsByOperation[operation] ?? 0) + serviceNs;
    if (finishedNs >= this.windowNs) return;
    this.byOperation[operation] = (this.byOperation[operation] ?? 0) + 1;
    if (this.keepsSeries) this.current.record(responseNs);
    if (this.kinds[operation] === 'write') {
      this.writesInWindow += 1;
      this.writes += 1;
    } else {
      this.readsInWindow += 1;
      this.reads += 1;
    }
  }

  private failure(finishedNs: number, outcome: Outcome): void {
    if (outcome === outcomes.timedOut) this.timeouts += 1;
    else this.errors += 1;
    if (finishedNs < this.windowNs) this.secondErrors += 1;
  }

  /** What the shard's server did since the last look; nothing says that somebody looks. */
  sawServer(nowNs: number, checkpoints: number, walBytes: number | null): void {
    this.turnTo(nowNs);
    this.checkpoints = (this.checkpoints ?? 0) + checkpoints;
    if (walBytes !== null) this.walBytes = (this.walBytes ?? 0) + walBytes;
  }

  /**
   * A query has joined those that wait for a connection; seen every time, for a rush is over soon.
   */
  joinedQueue(nowNs: number, queued: number): void {
    if (nowNs < this.windowNs && queued > this.maxQueued) this.maxQueued = queued;
  }

  /** A look at the pool at a fixed period, also the clock of the series. */
  samplePool(nowNs: number, full: boolean, queued: number): void {
    this.turnTo(nowNs);
    if (nowNs >= this.windowNs) return;
    this.queued = queued;
    this.poolSamples += 1;
    if (full) this.poolFullSamples += 1;
    this.pressure.looked(nowNs, full, queued);
    this.course.looked(nowNs, queued);
  }

  /** A query for which there was neither a connection nor a place in the queue. */
  drop(nowNs: number, operation: number): void {
    this.turnTo(nowNs);
    this.watched?.dropped(this.shard, operation);
    this.dropped += 1;
    this.pressure.dropped(nowNs);
  }

  /** Closes the seconds that have passed; called with the end of the window when the cell ends. */
  turnTo(nowNs: number): void {
    if (!this.keepsSeries) return;
    const second = Math.floor(Math.min(nowNs, this.windowNs) / secondNs);
    while (this.second < second) this.closeSecond();
  }

  /** Closes the series; a last partial second gets a row of its own. */
  finish(): void {
    const { direct } = this;
    this.service.merge(direct);
    this.queueWait.recordMany(0, direct.count);
    // The larger one takes in the smaller: a third copy would be the most that a shard keeps.
    direct.merge(this.response);
    this.response = direct;
    this.direct = createHistogram();
    this.turnTo(this.windowNs);
    if (this.keepsSeries && this.second * secondNs < this.windowNs) this.closeSecond();
  }

  /** All that was recorded, once the recorder has finished. */
  samples(): ShardSamples {
    return {
      response: this.response.counts(),
      service: this.service.counts(),
      queueWait: this.queueWait.counts(),
      inWindowByOperation: this.byOperation,
      servedByOperation: this.servedByOperation,
      serviceNsByOperation: this.serviceNsByOperation,
      writesSent: this.writesSent,
      readsSent: this.readsSent,
      writesInWindow: this.writesInWindow,
      readsInWindow: this.readsInWindow,
      errors: this.errors,
      timeouts: this.timeouts,
      dropped: this.dropped,
      poolLooks: this.poolSamples,
      poolFullLooks: this.poolFullSamples,
      maxQueued: this.maxQueued,
      pressure: this.pressure.samples(),
      seconds: this.closed,
    };
  }

  private closeSecond(): void {
    this.closed.push({
      writes: this.writes,
      reads: this.reads,
      errors: this.secondErrors,
      dropped: this.dropped - this.droppedBefore,
      response: this.current.counts(),
      queued: this.queued,
      ended: this.ended,
      waitedNs: this.waitedNs,
      checkpoints: this.checkpoints,
      walBytes: this.walBytes,
    });
    if (this.checkpoints !== null) this.checkpoints = 0;
    if (this.walBytes !== null) this.walBytes = 0;
    this.current.reset();
    this.droppedBefore = this.dropped;
    this.ended = 0;
    this.waitedNs = 0;
    this.second += 1;
    this.writes = 0;
    this.reads = 0;
    this.secondErrors = 0;
  }
}
