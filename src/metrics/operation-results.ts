import { present } from '../base/assert.ts';
import { histogramOf } from '../base/histogram.ts';
import type { Unworded } from '../result/finding.ts';
import type { Fate } from '../result/table-result.ts';
import type { ErrorCount, OperationResult } from '../result/types.ts';
import { distributionMs, responseDistributionMs } from './percentiles.ts';
import type { CellSamples, OperationSamples, ServiceSamples } from './cell-samples.ts';
import type { EmptyOperation } from './empty.ts';
import type { OperationFate } from './operation-fates.ts';
import { meanIntervalMs } from './service-interval.ts';

/** An operation as the scenario and the strategy have it, before it has run. */
export interface KnownOperation extends Partial<OperationFate> {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly routing: OperationResult['routing'];
  /** Whether its transaction ends with a ROLLBACK of its own. */
  readonly rollsBack: boolean;
  /** Whether every one of its queries may touch no row. */
  readonly mayBeEmpty: boolean;
}

interface OperationFacts {
  readonly operations: readonly KnownOperation[];
}

/** Where there is one table, routing says it all. */
const fateOfRouting = {
  'single-shard': 'single',
  'multi-shard': 'multi',
  'scatter-gather': 'scatter',
} as const satisfies Record<OperationResult['routing'], Fate>;

/** An operation of a new run, which knows all its counts. */
export interface OperationCounts extends Unworded<OperationResult> {
  readonly ok: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly dropped: number;
  readonly expected: number;
}

/** Each operation over the whole window, in the scenario's order. */
export function operationResults(
  samples: CellSamples,
  seconds: number,
  { operations }: OperationFacts,
): OperationCounts[] {
  return operations.map(({ name, kind, routing, rollsBack, fate, reason, instead }, i) => {
    const own = present(samples.operations[i], 'operation');
    const { arrivals, errors, failed, timedOut, response } = own;
    const ok = arrivals - errors;
    return {
      operation: name,
      kind,
      routing,
      fate: fate ?? fateOfRouting[routing],
      ...(reason && { reason }),
      ...(instead && { instead }),
      arrivals,
      ...(own.skipped > 0 && { skipped: own.skipped }),
      crossShardFraction: arrivals === 0 ? 0 : own.crossShard / arrivals,
      qps: own.finishedInWindow / seconds,
      errors,
      ok,
      failed,
      timedOut,
      dropped: errors - failed - timedOut,
      expected: rollsBack ? ok : own.expected,
      ...rowsOf(own),
      responseMs: responseDistributionMs(histogramOf(response.ok), response.failures),
      ...serviceOf(own.service),
    };
  });
}

function rowsOf({ answers, returned, affected }: OperationSamples) {
  return answers === 0 ? {} : { rowsReturned: returned, rowsAffected: affected };
}

/** Operations of which no successful query returned or changed a row, though none says it may. */
export function emptyOperations(
  samples: CellSamples,
  { operations }: OperationFacts,
): EmptyOperation[] {
  return operations.flatMap(({ name, kind, mayBeEmpty }, index) => {
    const { answers, returned, affected } = present(samples.operations[index], 'operation');
    const rows = returned + affected;
    return answers === 0 || rows > 0 || mayBeEmpty
      ? []
      : [{ operation: name, index, kind, queries: answers }];
  });
}

/** Service times of one operation on all shards. */
function serviceOf(service: ServiceSamples) {
  const times = histogramOf(service.times);
  return {
    serviceMs: { ...distributionMs(times), meanInterval: meanIntervalMs(service) },
    histograms: { serviceNs: times.encode() },
  };
}

/** Errors by code, operation and shard, the most frequent first. */
export function errorCounts(samples: CellSamples, { operations }: OperationFacts): ErrorCount[] {
  return samples.errors
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
