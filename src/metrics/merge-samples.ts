import { assert } from '../base/assert.ts';
import { mergeCounts } from '../base/histogram-counts.ts';
import type {
  CellSamples,
  CourseSamples,
  FanOutSamples,
  OperationSamples,
  ServiceSamples,
  TenantClassSamples,
  WatchedSamples,
} from './cell-samples.ts';
import { mergeErrors } from './merge-errors.ts';
import { mergeShard } from './merge-shard.ts';
import { mergeTimed } from './timed.ts';
import { pairs, sums } from './place-by-place.ts';

/**
 * The samples of a phase that two generators have driven together. In whatever order several are
 * merged, the result is the same. What one generator cannot know of the queues of another is said
 * at the fields of `CellSamples`.
 */
export function mergeSamples(a: CellSamples, b: CellSamples): CellSamples {
  assert(a.windowNs === b.windowNs, 'samples of one window are merged');
  return {
    windowNs: a.windowNs,
    generators: a.generators + b.generators,
    concurrency: mergeConcurrency(a.concurrency, b.concurrency),
    overall: mergeTimed(a.overall, b.overall),
    singleShard: mergeTimed(a.singleShard, b.singleShard),
    scatter: mergeTimed(a.scatter, b.scatter),
    scheduleLag: mergeCounts(a.scheduleLag, b.scheduleLag),
    outcomes: sums(a.outcomes, b.outcomes),
    okInWindow: a.okInWindow + b.okInWindow,
    fanOut: mergeFanOut(a.fanOut, b.fanOut),
    operations: pairs(a.operations, b.operations, mergeOperation),
    shards: pairs(a.shards, b.shards, mergeShard),
    errors: mergeErrors(a.errors, b.errors),
    course: mergeCourse(a.course, b.course),
    tenantClasses: mergeTenantClasses(a.tenantClasses, b.tenantClasses),
    ...(a.watched && { watched: pairs(a.watched, b.watched ?? [], mergeWatched) }),
  };
}

/** A part that only one of them has sampled says nothing of both together. */
function mergeConcurrency(a: readonly number[], b: readonly number[]): number[] {
  const parts = Math.min(a.length, b.length);
  return a.slice(0, parts).map((mean, part) => mean + (b[part] ?? 0));
}

function mergeTenantClasses(
  a: TenantClassSamples | null,
  b: TenantClassSamples | null,
): TenantClassSamples | null {
  if (a === null || b === null) {
    assert(a === b, 'samples are merged that all tell tenants apart, or none');
    return null;
  }
  const onOne = pairs(a.onOne, b.onOne, mergeTimed);
  return { ...a, onOne, onSeveral: pairs(a.onSeveral, b.onSeveral, mergeTimed) };
}

function mergeWatched(a: WatchedSamples, b: WatchedSamples): WatchedSamples {
  return { ...a, ...mergeTimed(a, b) };
}

function mergeFanOut(a: FanOutSamples, b: FanOutSamples): FanOutSamples {
  return {
    shardQueries: a.shardQueries + b.shardQueries,
    touchingOne: a.touchingOne + b.touchingOne,
    touchingSome: a.touchingSome + b.touchingSome,
    touchingAll: a.touchingAll + b.touchingAll,
    crossShardTouched: a.crossShardTouched + b.crossShardTouched,
    slowestServiceNsTotal: a.slowestServiceNsTotal + b.slowestServiceNsTotal,
    serviceNsTotal: a.serviceNsTotal + b.serviceNsTotal,
    shardsTimed: a.shardsTimed + b.shardsTimed,
    operationsTimed: a.operationsTimed + b.operationsTimed,
  };
}

function mergeOperation(a: OperationSamples, b: OperationSamples): OperationSamples {
  return {
    response: mergeTimed(a.response, b.response),
    arrivals: a.arrivals + b.arrivals,
    finishedInWindow: a.finishedInWindow + b.finishedInWindow,
    errors: a.errors + b.errors,
    failed: a.failed + b.failed,
    timedOut: a.timedOut + b.timedOut,
    expected: a.expected + b.expected,
    answers: a.answers + b.answers,
    returned: a.returned + b.returned,
    affected: a.affected + b.affected,
    skipped: a.skipped + b.skipped,
    crossShard: a.crossShard + b.crossShard,
    service: mergeService(a.service, b.service),
  };
}

function mergeService(a: ServiceSamples, b: ServiceSamples): ServiceSamples {
  return {
    times: mergeCounts(a.times, b.times),
    countByBlock: sums(a.countByBlock, b.countByBlock),
    totalNsByBlock: sums(a.totalNsByBlock, b.totalNsByBlock),
  };
}

function mergeCourse(a: CourseSamples, b: CourseSamples): CourseSamples {
  assert(a.responses.length === b.responses.length, 'courses with the same parts are merged');
  return {
    shape: a.shape,
    offered: sums(a.offered, b.offered),
    accepted: sums(a.accepted, b.accepted),
    responses: a.responses.map((count, place) => count + (b.responses[place] ?? 0)),
    looks: sums(a.looks, b.looks),
    queued: sums(a.queued, b.queued),
  };
}
