import { present } from '../base/assert.ts';
import type { ErrorCount, OperationResult } from '../result/types.ts';
import { distributionMs, responseDistributionMs } from './percentiles.ts';
import type { EmptyOperation } from './empty.ts';
import type { Recorder } from './recorder.ts';
import type { ServiceRecorder } from './service-recorder.ts';

interface OperationFacts {
  readonly operations: readonly {
    readonly name: string;
    readonly kind: 'read' | 'write';
    readonly routing: OperationResult['routing'];
    readonly rollsBack: boolean;
    /** Whether every one of its queries may touch no row. */
    readonly mayBeEmpty: boolean;
  }[];
}

/** An operation of a new run, which knows all its counts. */
export interface OperationCounts extends OperationResult {
  readonly ok: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly dropped: number;
  readonly expected: number;
}

/** Each operation over the whole window, in the scenario's order. */
export function operationResults(
  recorder: Recorder,
  seconds: number,
  { operations }: OperationFacts,
): OperationCounts[] {
  return operations.map(({ name, kind, routing, rollsBack }, i) => {
    const at = (counts: Float64Array): number => counts[i] ?? 0;
    const arrivals = at(recorder.arrivalsByOperation);
    const errors = at(recorder.errorsByOperation);
    const failed = at(recorder.failedByOperation);
    const timedOut = at(recorder.timedOutByOperation);
    const ok = arrivals - errors;
    const { ok: successes, failures } = recorder.byOperation[i] ?? recorder.overall;
    return {
      operation: name,
      kind,
      routing,
      arrivals,
      qps: at(recorder.finishedInWindowByOperation) / seconds,
      errors,
      ok,
      failed,
      timedOut,
      dropped: errors - failed - timedOut,
      expected: rollsBack ? ok : at(recorder.expectedByOperation),
      ...rowsOf(recorder, i),
      responseMs: responseDistributionMs(successes, failures),
      ...serviceOf(recorder.service, i),
    };
  });
}

function rowsOf(recorder: Recorder, operation: number) {
  if (recorder.answersByOperation[operation] === 0) return {};
  return {
    rowsReturned: recorder.returnedByOperation[operation] ?? 0,
    rowsAffected: recorder.affectedByOperation[operation] ?? 0,
  };
}

/** Operations of which no successful query returned or changed a row, though none says it may. */
export function emptyOperations(
  recorder: Recorder,
  { operations }: OperationFacts,
): EmptyOperation[] {
  return operations.flatMap(({ name, kind, mayBeEmpty }, i) => {
    const queries = recorder.answersByOperation[i] ?? 0;
    const rows = (recorder.returnedByOperation[i] ?? 0) + (recorder.affectedByOperation[i] ?? 0);
    return queries === 0 || rows > 0 || mayBeEmpty ? [] : [{ operation: name, kind, queries }];
  });
}

/** Service times of one operation on all shards. */
function serviceOf(service: ServiceRecorder, operation: number) {
  const histogram = present(service.byOperation[operation], 'operation');
  return {
    serviceMs: {
      ...distributionMs(histogram),
      meanInterval: service.meanIntervalMs(operation),
    },
    histograms: { serviceNs: histogram.encode() },
  };
}

/** Errors by code, operation and shard, the most frequent first. */
export function errorCounts(recorder: Recorder, { operations }: OperationFacts): ErrorCount[] {
  return recorder.errors.all
    .map(({ code, message, operation, shard, count, firstNs, lastNs }) => ({
      code,
      message,
      operation: operations[operation]?.name ?? '',
      shard,
      count,
      firstMs: Math.max(0, firstNs / 1e6),
      lastMs: Math.max(0, lastNs / 1e6),
    }))
    .toSorted((a, b) => b.count - a.count || byPlace(a, b));
}

/** The same order whatever came first. */
function byPlace(a: ErrorCount, b: ErrorCount): number {
  const place = ({ code, operation, shard }: ErrorCount): string =>
    `${code} ${operation} ${String(shard ?? -1).padStart(5)}`;
  return place(a) < place(b) ? -1 : 1;
}
