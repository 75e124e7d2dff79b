import type { ShardResult } from '../result/types.ts';
import type { ShardLoad, ShardSecond } from './alarms.ts';
import { samplesFor } from './percentiles.ts';
import type { ShardSeries } from './shard-series.ts';

/** What the alarms look at of one shard; a last second that the window cuts short is left out. */
export function shardLoad(
  { shard, writeQps, responseMs, pool, bytes }: ShardResult,
  { rows, tailsMs }: ShardSeries,
  windowSeconds: number,
): ShardLoad {
  const seconds: ShardSecond[] = [];
  let lastWaitMs: number | null = null;
  for (const { second, writes, queued, waitMs = null } of rows) {
    if (second + 1 > windowSeconds) break;
    // A second in which nothing ended while queries stood in line is no shorter wait.
    const stalled: boolean = waitMs === null && queued > 0;
    lastWaitMs = stalled ? lastWaitMs : waitMs;
    seconds.push({ writes, tailMs: tailsMs[second] ?? null, waitMs: lastWaitMs });
  }
  const { p99, censored, count } = responseMs;
  const amongFailures = p99 === null && censored && count >= samplesFor.p99;
  return {
    shard,
    writeQps,
    responseMsP99: amongFailures ? Infinity : p99,
    waitMs: pool.waitMs,
    bytes,
    seconds,
  };
}
