import { decodeHistogram } from '../../base/histogram.ts';
import type { WatchedTimesResult } from '../../result/threshold-result.ts';
import type { Cell, OperationResult, ShardResult } from '../../result/types.ts';
import { metricOf } from '../../base/thresholds/threshold-metrics.ts';
import type {
  Aggregate,
  Selector,
  Threshold,
  ThresholdTags,
} from '../../base/thresholds/threshold-types.ts';
import {
  known,
  type MeasuredValue,
  shareOf,
  type Times,
  valueOfErrors,
  valueOfTimes,
} from './measured-value.ts';

const notMeasured = known(null);

/** What a measured cell of the document says of a limit. */
export function cellValue(cell: Cell, threshold: Threshold): MeasuredValue {
  const { metric, tags, aggregate } = threshold;
  if (metricOf(metric).kind === 'times') {
    // Nothing was late in virtual time, and nothing was on time either.
    if (metric === 'schedule_lag_ms' && cell.generator === null) return notMeasured;
    const times = timesOf(cell, threshold);
    return times === null ? notMeasured : valueOfTimes(times, aggregate);
  }
  if (metric === 'errors') {
    const times = timesOf(cell, { metric: 'response_ms', tags });
    return times === null ? notMeasured : valueOfErrors(times, aggregate);
  }
  if (metricOf(metric).kind === 'shards') return ofShards(cell, threshold);
  if (metric === 'dropped') {
    const own = operationsOf(cell, tags);
    const all = sum(own.map(({ arrivals }) => arrivals));
    return shareOf(sum(own.map(({ dropped }) => dropped ?? 0)), all, aggregate.name);
  }
  if (metric === 'accepted_qps') return known(acceptedQps(cell, tags));
  const { shardQueriesPerOperation = null, scatterFraction = null } = cell.fanOut ?? {};
  return known(metric === 'fan_out' ? shardQueriesPerOperation : scatterFraction);
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

function operationsOf({ operations }: Cell, { operation, kind }: ThresholdTags): OperationResult[] {
  return operations.filter(
    (each) =>
      (operation === undefined || each.operation === operation) &&
      (kind === undefined || each.kind === kind),
  );
}

function acceptedQps(cell: Cell, tags: ThresholdTags): number | null {
  if (tags.operation === undefined && tags.kind === undefined) {
    return cell.load?.acceptedQps ?? null;
  }
  return sum(operationsOf(cell, tags).map(({ qps }) => qps));
}

function timesOf(cell: Cell, selector: Selector): Times | null {
  const found = watchedTimesOf(cell, selector);
  return found === null ? null : storedTimes(found);
}

/** The times that a limit is about, as the document has them; null where it keeps none. */
export function watchedTimesOf(cell: Cell, { metric, tags }: Selector): WatchedTimesResult | null {
  const found = cell.watched?.find(
    (each) =>
      each.metric === metric &&
      each.operation === tags.operation &&
      each.kind === tags.kind &&
      each.shard === tags.shard,
  );
  return found ?? null;
}

function storedTimes({ failures, ok, histogramNs }: WatchedTimesResult): Times {
  return {
    count: ok.count,
    failures,
    meanMs: ok.mean,
    maxMs: ok.max,
    percentileMs: (percentile) => decodeHistogram(histogramNs).percentileNs(percentile) / 1e6,
  };
}

/** One number of each shard, and what they come to together. */
function ofShards(
  { shards, operations }: Cell,
  { metric, tags, aggregate }: Threshold,
): MeasuredValue {
  const own = shards.filter(({ shard }) => tags.shard === undefined || shard === tags.shard);
  if (own.length === 0) return notMeasured;
  const { operation } = tags;
  const isWrite = metric === 'write_qps';
  const meant = operations.find((each) => each.operation === operation);
  // An operation that only reads writes nothing: that is no number to be judged.
  if (operation !== undefined && (meant?.kind === 'write') !== isWrite) return notMeasured;
  const values = own.map((shard) => {
    if (metric === 'rows') return shard.rows;
    if (metric === 'bytes') return shard.bytes;
    if (operation === undefined) return queriesOf(shard, isWrite, aggregate);
    return qpsOf(shard, operation);
  });
  return known(together(values, aggregate));
}

/**
 * Balance is of queries sent, which are counted exactly: as in the report. Rates are of those that
 * succeeded within the window.
 */
function queriesOf(shard: ShardResult, isWrite: boolean, { name }: Aggregate): number {
  if (name === 'max_over_mean') return isWrite ? shard.writesSent : shard.readsSent;
  return isWrite ? shard.writeQps : shard.readQps;
}

const qpsOf = ({ byOperation }: ShardResult, operation: string): number =>
  byOperation.find((each) => each.operation === operation)?.qps ?? 0;

function together(values: readonly number[], { name }: Aggregate): number | null {
  const mean = sum(values) / values.length;
  if (name === 'min') return Math.min(...values);
  if (name === 'max') return Math.max(...values);
  if (name === 'avg') return mean;
  if (name !== 'max_over_mean') return sum(values);
  return mean === 0 ? null : Math.max(...values) / mean;
}
