import { createHistogram, decodeHistogram, type Histogram } from '../base/histogram.ts';
import type { Cell } from '../result/types.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';

/** What a measured cell says of its service times. */
export interface MeasuredService {
  /** Of all its shard queries together. */
  readonly all: Histogram;
  /** Mean of each operation / mean of all, by name. */
  readonly relativeMean: Readonly<Record<string, number>>;
}

/**
 * A result has the service times of each shard, all operations together, and the response times of
 * each operation. So the shape is that of all, and the response times say how operations differ; of
 * one that goes to several shards the mean is that of the slowest, which the penalty for the slowest
 * is taken off again.
 */
export function measuredService(cell: Cell): MeasuredService {
  const all = createHistogram();
  for (const { histograms } of cell.shards) all.merge(decodeHistogram(histograms.serviceNs));
  const penalty = cell.fanOut?.stragglerPenalty ?? 1;
  const means = cell.operations.map(({ responseMs, routing }) => {
    const mean = responseMs.ok.mean ?? null;
    if (mean === null) return null;
    return routing === 'single-shard' ? mean : mean / penalty;
  });
  const queries = cell.operations.map((_, i) =>
    cell.shards.reduce((sum, shard) => sum + (shard.byOperation[i]?.qps ?? 0), 0),
  );
  const known = means.map((mean, i) => (mean === null ? 0 : (queries[i] ?? 0)));
  const total = known.reduce((sum, each) => sum + each, 0);
  const average =
    means.reduce<number>((sum, mean, i) => sum + (mean ?? 0) * (known[i] ?? 0), 0) / total;
  return {
    all,
    relativeMean: Object.fromEntries(
      cell.operations.map(({ operation }, i) => [operation, (means[i] ?? average) / average]),
    ),
  };
}

/** How the measured times are bent into those of a model. */
export interface Bend {
  /** Median of each operation / median of all that was measured, by name. */
  readonly factors: Readonly<Record<string, number>>;
  /** Multiplies the logarithm of time / median: below 1 the tail is shorter than the measured one. */
  readonly width: number;
}

/** The service times of each operation under a bend of the measured ones. */
export function bentService(
  { all }: MeasuredService,
  { factors, width }: Bend,
): Record<string, ServiceTime> {
  const medianNs = all.percentileNs(50);
  const bent = createHistogram();
  all.eachBucket((low, high, count) => {
    const relative = Math.max(1, (low + high) / 2) / medianNs;
    bent.recordMany(medianNs * relative ** width, count);
  });
  const base64 = bent.encode();
  return Object.fromEntries(
    Object.entries(factors).map(([name, factor]) => {
      return [name, { kind: 'histogram', base64, factor } as const];
    }),
  );
}
