import { createHistogram } from '../base/histogram.ts';
import type { SeriesRow } from '../result/types.ts';
import type { SecondSamples } from './cell-samples.ts';
import { samplesFor, tailMs } from './percentiles.ts';

/** One shard second by second. */
export interface ShardSeries {
  readonly rows: readonly SeriesRow[];
  /** For each row, what 1 in 100 of its queries exceeded (alarms only). */
  readonly tailsMs: readonly (number | null)[];
}

export function shardSeries(seconds: readonly SecondSamples[]): ShardSeries {
  // One for all seconds: there may be thousands of them.
  const response = createHistogram();
  const rows: SeriesRow[] = [];
  const tailsMs: (number | null)[] = [];
  for (const [second, samples] of seconds.entries()) {
    response.reset();
    response.add(samples.response);
    const { writes, reads, errors, dropped, queued, ended, waitedNs } = samples;
    const { checkpoints, walBytes } = samples;
    const ms = (percentile: number): number => response.percentileNs(percentile) / 1e6;
    rows.push({
      second,
      writes,
      reads,
      errors,
      responseMsP50: response.count >= samplesFor.p50 ? ms(50) : null,
      responseMsP99: response.count >= samplesFor.p99 ? ms(99) : null,
      queued,
      waitMs: ended === 0 ? null : waitedNs / ended / 1e6,
      ...(checkpoints === null ? {} : { checkpoints }),
      ...(walBytes === null ? {} : { walBytes }),
    });
    tailsMs.push(tailMs(response, errors + dropped));
  }
  return { rows, tailsMs };
}
