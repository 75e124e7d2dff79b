import { createHistogram, decodeHistogram, type Histogram } from '../base/histogram.ts';
import type { RowDependence, ServiceTime } from '../scenario/simulation-types.ts';
import type { ObservedCell } from './observed-cell.ts';

/** What a measured cell says of its service times. */
export interface MeasuredService {
  /** Of its shard queries together, without those that have a shape of their own. */
  readonly all: Histogram;
  /** By name: operations that take so much longer or shorter that they have their own. */
  readonly byOperation: ReadonlyMap<string, Histogram>;
  /** By name, for a beginning: what all these times, or its own, are multiplied by. */
  readonly factors: Readonly<Record<string, number>>;
}

/** So few times have no shape. */
const shapeMin = 20;
/** An operation whose median is so many times that of all is another thing, such as a scan. */
const otherThing = 3;

/**
 * The service times of each operation. The shape is that of all together, and the response times
 * say how operations differ; of one that goes to several shards the mean is that of the slowest,
 * which the penalty for the slowest is taken off again. A shape of its own for each would have in
 * it what each waited behind the others, and then no queue could be told from a slow server; but a
 * scan beside look-ups is no tail of theirs.
 */
export function measuredService(cell: ObservedCell): MeasuredService {
  const { all, byOperation } = shapesOf(cell);
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
  const factorOf = (operation: string, index: number): number =>
    byOperation.has(operation) ? 1 : (means[index] ?? average) / average;
  return {
    all,
    byOperation,
    factors: Object.fromEntries(
      cell.operations.map(({ operation }, i) => [operation, factorOf(operation, i)]),
    ),
  };
}

function shapesOf({
  shards,
  operations,
}: ObservedCell): Pick<MeasuredService, 'all' | 'byOperation'> {
  const all = createHistogram();
  for (const { histograms } of shards) all.merge(decodeHistogram(histograms.serviceNs));
  const medianNs = all.percentileNs(50);
  const byOperation = new Map<string, Histogram>();
  const rest = createHistogram();
  for (const { operation, histograms } of operations) {
    // A result of an earlier version: nobody knows which of the times are whose.
    if (histograms === undefined) return { all, byOperation: new Map() };
    const own = decodeHistogram(histograms.serviceNs);
    const times = Math.abs(Math.log(own.percentileNs(50) / medianNs));
    if (own.count >= shapeMin && times > Math.log(otherThing)) byOperation.set(operation, own);
    else rest.merge(own);
  }
  return rest.count === 0 ? { all, byOperation } : { all: rest, byOperation };
}

/** How the measured times are bent into those of a model. */
export interface Bend {
  /** Median of each operation / median of what gives it its shape, by name. */
  readonly factors: Readonly<Record<string, number>>;
  /**
   * Multiplies the logarithm of time / median: below 1 the tail is shorter than the measured one.
   */
  readonly width: number;
}

/** The service times of each operation under a bend of the measured ones. */
export function bentService(
  { all, byOperation }: MeasuredService,
  { factors, width }: Bend,
  kinds: Readonly<Record<string, RowDependence>> = {},
): Record<string, ServiceTime> {
  const common = bentShape(all, width);
  return Object.fromEntries(
    Object.entries(factors).map(([name, factor]) => {
      const own = byOperation.get(name);
      const base64 = own === undefined ? common : bentShape(own, width);
      const scan = kinds[name];
      const time: ServiceTime = { kind: 'histogram', base64, factor };
      return [name, scan === undefined ? time : { ...time, scan }];
    }),
  );
}

function bentShape(shape: Histogram, width: number): string {
  const medianNs = shape.percentileNs(50);
  const bent = createHistogram();
  shape.eachBucket((low, high, count) => {
    const relative = Math.max(1, (low + high) / 2) / medianNs;
    bent.recordMany(medianNs * relative ** width, count);
  });
  return bent.encode();
}
