import { type BrokenLimit, isKept } from '../gate/thresholds/judged-thresholds.ts';
import {
  type MeasuredValue,
  type Times,
  valueOfErrors,
  valueOfTimes,
} from '../gate/thresholds/measured-value.ts';
import type { WatchedKind, WatchedTimes } from '../metrics/watched-times.ts';
import type { Threshold } from '../base/thresholds/threshold-types.ts';

/** Names of the operations, by index. */
type Operations = readonly { readonly name: string }[];

/** Times that must be kept for these limits, each once; of shards that the cell has. */
export function watchedKinds(
  thresholds: readonly Threshold[],
  operations: Operations,
  shardCount: number,
): WatchedKind[] {
  const kinds = new Map<string, WatchedKind>();
  for (const threshold of thresholds) {
    const kind = watchedKind(threshold, operations);
    if (kind === null || (kind.shard ?? 0) >= shardCount) continue;
    kinds.set(JSON.stringify(kind), kind);
  }
  return [...kinds.values()];
}

/** null: the limit is not about times. */
function watchedKind({ metric, tags }: Threshold, operations: Operations): WatchedKind | null {
  const { operation, kind = null, shard = null } = tags;
  // Failures have no times: they are counted beside those of the successes.
  const timed = metric === 'errors' ? 'response_ms' : metric;
  const found = timedMetrics.find((each) => each === timed);
  if (found === undefined) return null;
  const index =
    operation === undefined ? null : operations.findIndex(({ name }) => name === operation);
  return { metric: found, operation: index, kind, shard };
}

const timedMetrics = ['response_ms', 'service_ms', 'queue_wait_ms', 'schedule_lag_ms'] as const;

/**
 * The first limit with `abortOnFail` that what was measured so far breaks. What is not known yet
 * may still come; what falls among failures has come.
 */
export function brokenLimit(
  thresholds: readonly Threshold[],
  operations: Operations,
  watched: WatchedTimes,
  atMs: number,
): BrokenLimit | null {
  for (const threshold of thresholds) {
    if (!threshold.abortOnFail || atMs < threshold.delayAbortEvalMs) continue;
    const kind = JSON.stringify(watchedKind(threshold, operations));
    const found = watched.all.find(({ of }) => JSON.stringify(of) === kind);
    if (found === undefined) continue;
    const { ok, failures } = found;
    const measured = valueNow(threshold, {
      count: ok.count,
      failures,
      meanMs: ok.meanNs / 1e6,
      maxMs: ok.maxNs / 1e6,
      percentileMs: (percentile) => ok.percentileNs(percentile) / 1e6,
    });
    const { unknown } = measured;
    if (unknown === 'limit-no-samples' || unknown === 'limit-too-few-samples') continue;
    if (!isKept(threshold, measured)) return { threshold, measured, atMs };
  }
  return null;
}

const valueNow = ({ metric, aggregate }: Threshold, times: Times): MeasuredValue =>
  metric === 'errors' ? valueOfErrors(times, aggregate) : valueOfTimes(times, aggregate);
