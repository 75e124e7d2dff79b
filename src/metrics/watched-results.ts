import { present } from '../base/assert.ts';
import { histogramOf } from '../base/histogram.ts';
import type { WatchedTimesResult } from '../result/threshold-result.ts';
import type { WatchedSamples } from './cell-samples.ts';
import { distributionMs } from './percentiles.ts';

/** As the document has them: operations by name. */
export function watchedResults(
  watched: readonly WatchedSamples[],
  operations: readonly { readonly name: string }[],
): WatchedTimesResult[] {
  return watched.map(({ metric, operation, kind, shard, ok, failures }) => {
    const times = histogramOf(ok);
    return {
      metric,
      ...(operation !== null && { operation: present(operations[operation], 'operation').name }),
      ...(kind !== null && { kind }),
      ...(shard !== null && { shard }),
      failures,
      ok: distributionMs(times),
      histogramNs: times.encode(),
    };
  });
}
