import type { Cell, RunResult, ShardResult } from '../result/types.ts';
import { sampleResult } from './sample-result.ts';

/** The sample with this many strategies on this many shards each: what a page must still hold. */
export function largeResult(strategies: number, shards: number): RunResult {
  const result = sampleResult();
  const routed = result.cells.filter(({ router }) => router !== null);
  const cells = Array.from({ length: strategies }, (_, index) => {
    const cell = routed[index % routed.length];
    return cell === undefined ? [] : [widened(cell, `tenant_id/ring:${index + 1}`, shards)];
  }).flat();
  return {
    ...result,
    cells,
    window: { ...result.window, cellOrder: cells.map(({ strategy }) => strategy) },
  };
}

function widened(cell: Cell, strategy: string, shardCount: number): Cell {
  const shards = Array.from({ length: shardCount }, (_, shard): ShardResult[] => {
    const one = cell.shards[shard % cell.shards.length];
    return one === undefined ? [] : [{ ...one, shard }];
  }).flat();
  const work = cell.work && {
    ...cell.work,
    shards: shards.map(({ shard, writeQps, readQps }) => {
      return { shard, queriesPerSecond: writeQps + readQps, workPerSecond: writeQps + readQps };
    }),
  };
  return { ...cell, strategy, router: strategy.split('/')[1] ?? null, shardCount, shards, work };
}
