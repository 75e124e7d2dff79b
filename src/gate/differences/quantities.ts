import type { Distribution, ResponseDistribution } from '../../result/types.ts';
import type { RepeatResult } from '../../result/repeat.ts';

/** One quantity of a repeat, by the name that documents give it. */
export interface Quantity {
  readonly metric: string;
  /** Absent: of the whole cell. */
  readonly operation?: string;
  /** Absent of the repeat: the operation was not run in it. */
  of(repeat: RepeatResult): Measured | undefined;
}

export interface Measured {
  /** In milliseconds; null where the sample is too small for it. */
  readonly value: number | null;
  /** Whether so many operations failed that a percentile falls among them. */
  readonly censored: boolean;
}

/** The family of which claims are made, named before anything is measured. */
export const primaryMetric = 'service_ms.p50';
/** What ranks by latency are of. */
export const rankMetric = 'response_ms.p50';

/** Median service time of an operation on all shards, without waiting for a connection. */
export function primaryQuantity(operation: string): Quantity {
  return ofOperation(operation, primaryMetric, ({ serviceMs }) => serviceMs.p50);
}

/** Median response time of all operations. */
export const overallP50 = overall(rankMetric, ({ p50 }) => p50);

/** Shown beside the primary family, without claims. A p99 needs 1,000 samples in each repeat. */
export function exploratoryQuantities(operations: readonly string[]): Quantity[] {
  return [
    overallP50,
    overall('response_ms.p99', ({ p99 }) => p99),
    ...operations.map((operation) =>
      ofOperation(operation, 'service_ms.p99', ({ serviceMs }) => serviceMs.p99),
    ),
  ];
}

function overall(metric: string, value: (response: ResponseDistribution) => number | null) {
  return {
    metric,
    of: ({ responseMs }: RepeatResult) => ({
      value: value(responseMs),
      censored: responseMs.censored,
    }),
  };
}

function ofOperation(
  operation: string,
  metric: string,
  value: (times: { readonly serviceMs: Distribution }) => number | null,
): Quantity {
  return {
    metric,
    operation,
    of({ operations }) {
      const times = operations.find((one) => one.operation === operation);
      return times && { value: value(times), censored: times.responseMs.censored };
    },
  };
}
