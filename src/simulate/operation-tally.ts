import { createHistogram, type Histogram } from '../base/histogram.ts';
import { present } from '../base/assert.ts';
import { outcomes } from '../metrics/outcome.ts';
import { tenantClassNames } from '../result/tenant-class.ts';
import type { Recorder } from '../metrics/recorder.ts';

/** Operations that touched one shard, some, or all. */
const reaches = 3;

/**
 * Successful operations, each recorded once, by operation, by how many shards it touched and by
 * class of tenant. A recorder keeps them five times (all, by operation, by reach, by class, and how
 * late they were dispatched): given to it at the end, they cost a fifth.
 */
export class OperationTally {
  private readonly recorder: Recorder;
  private readonly responses: readonly Histogram[];
  private readonly shardQueries: Float64Array;
  private readonly inWindow: Float64Array;
  /** Classes of tenants; 1 where they are not told apart. */
  private readonly classes: number;
  private readonly shardCount: number;
  private readonly windowNs: number;

  constructor(recorder: Recorder) {
    const { kinds, shardCount, windowNs } = recorder.options;
    this.recorder = recorder;
    this.classes = recorder.tenantClasses === null ? 1 : tenantClassNames.length;
    const length = this.classes * reaches * kinds.length;
    this.responses = Array.from({ length }, createHistogram);
    this.shardQueries = new Float64Array(this.responses.length);
    this.inWindow = new Float64Array(kinds.length);
    this.shardCount = shardCount;
    this.windowNs = windowNs;
  }

  succeeded(
    operation: number,
    tenant: number,
    fanOut: number,
    intendedNs: number,
    finishedNs: number,
  ): void {
    const reach = fanOut === 1 ? 0 : fanOut === this.shardCount ? 2 : 1;
    const tenantClass = this.recorder.tenantClasses?.of(tenant) ?? 0;
    const place = (operation * reaches + reach) * this.classes + tenantClass;
    present(this.responses[place], 'operation').record(finishedNs - intendedNs);
    this.recorder.course.succeeded(intendedNs, finishedNs);
    this.recorder.watched?.operation(operation, finishedNs - intendedNs, 0, outcomes.ok);
    this.shardQueries[place] = (this.shardQueries[place] ?? 0) + fanOut;
    if (finishedNs < this.windowNs) this.inWindow[operation] = (this.inWindow[operation] ?? 0) + 1;
  }

  /** Gives everything to the recorder, as if it had seen each operation by itself. */
  pour(): void {
    const { recorder, responses } = this;
    for (const [place, responsesNs] of responses.entries()) {
      const of = Math.floor(place / this.classes);
      const reach = of % reaches;
      recorder.shardQueries += this.shardQueries[place] ?? 0;
      const own = recorder.tenantClasses?.timed(place % this.classes, reach === 0 ? 1 : reaches);
      own?.ok.merge(responsesNs);
      this.pourReach(Math.floor(of / reaches), reach, responsesNs);
    }
    for (const [operation, count] of this.inWindow.entries()) {
      recorder.okInWindow += count;
      add(recorder.finishedInWindowByOperation, operation, count);
    }
  }

  private pourReach(operation: number, reach: number, responsesNs: Histogram): void {
    const { recorder } = this;
    const { count } = responsesNs;
    add(recorder.outcomes, outcomes.ok, count);
    add(recorder.arrivalsByOperation, operation, count);
    // Dispatched when they were intended, every one.
    recorder.scheduleLag.recordMany(0, count);
    recorder.overall.ok.merge(responsesNs);
    present(recorder.byOperation[operation], 'operation').ok.merge(responsesNs);
    if (reach === 0) {
      recorder.operationsTouchingOne += count;
      recorder.singleShard.ok.merge(responsesNs);
      return;
    }
    if (reach === 1) recorder.operationsTouchingSome += count;
    else {
      recorder.operationsTouchingAll += count;
      recorder.scatter.ok.merge(responsesNs);
    }
  }
}

function add(counts: Float64Array, place: number, count: number): void {
  counts[place] = (counts[place] ?? 0) + count;
}
